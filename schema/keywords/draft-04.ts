import type { JsonObject } from '../json/json-value.ts';

const itself = { $ref: '#' };
const count = { type: 'integer', minimum: 0 };
const schemas = { type: 'array', minItems: 1, items: itself };
const names = { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string' } };
const byName = { type: 'object', additionalProperties: itself };
const simpleType = { enum: ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'] };
const schemaOrBoolean = { anyOf: [{ type: 'boolean' }, itself] };

/** What the meta-schema of draft-04 demands, in the words of draft-07: Ajv does not bring it along. */
export const DRAFT_04: JsonObject & { readonly $id: string } = {
  $id: 'http://json-schema.org/draft-04/schema#',
  // Other documents refer to these by name, that of OpenAPI 2.0 for one.
  definitions: {
    schemaArray: schemas,
    positiveInteger: count,
    positiveIntegerDefault0: count,
    simpleTypes: simpleType,
    stringArray: names,
  },
  type: 'object',
  properties: {
    id: { type: 'string' },
    $schema: { type: 'string' },
    title: { type: 'string' },
    description: { type: 'string' },
    default: {},
    multipleOf: { type: 'number', exclusiveMinimum: 0 },
    maximum: { type: 'number' },
    exclusiveMaximum: { type: 'boolean' },
    minimum: { type: 'number' },
    exclusiveMinimum: { type: 'boolean' },
    maxLength: count,
    minLength: count,
    pattern: { type: 'string', format: 'regex' },
    additionalItems: schemaOrBoolean,
    items: { anyOf: [itself, schemas] },
    maxItems: count,
    minItems: count,
    uniqueItems: { type: 'boolean' },
    maxProperties: count,
    minProperties: count,
    required: names,
    additionalProperties: schemaOrBoolean,
    definitions: byName,
    properties: byName,
    patternProperties: byName,
    dependencies: { type: 'object', additionalProperties: { anyOf: [itself, names] } },
    enum: { type: 'array', minItems: 1, uniqueItems: true },
    type: { anyOf: [simpleType, { type: 'array', minItems: 1, uniqueItems: true, items: simpleType }] },
    format: { type: 'string' },
    allOf: schemas,
    anyOf: schemas,
    oneOf: schemas,
    not: itself,
  },
  dependencies: { exclusiveMaximum: ['maximum'], exclusiveMinimum: ['minimum'] },
};
