import {
  type Draft,
  evaluator,
  JSON_TYPES,
  type JsonSchema,
  KEYWORDS,
  type KeywordRow,
  type Location,
  readKeywords,
  type SchemaObject,
} from '@chirograph/schema';
import type { Diagnostic } from '../diagnostics/index.ts';
import { describeFaults, type WrittenAt } from './describe.ts';

/**
 * What is wrong with the keywords of one schema object, those inside it aside. The meta-schemas of AsyncAPI do not look into schemas
 * of another format; what passes here can be compiled.
 */
export function checkSchemaShape(
  schema: SchemaObject,
  draft: Draft,
  at: Location,
  writtenAt: WrittenAt,
): Diagnostic[] {
  const wanted = draft === '2020-12' ? SHAPE_2020 : SHAPE;
  return describeFaults(EVALUATOR.faultsOf(wanted, readKeywords(schema, draft).schema, at), writtenAt);
}

const EVALUATOR = evaluator(() => undefined);

const PART: SchemaObject = { type: ['object', 'boolean'] };
const PARTS: SchemaObject = { type: 'array', items: PART };
const TEXT: SchemaObject = { type: 'string' };
const TEXTS: SchemaObject = { type: 'array', items: TEXT };
const NUMBER: SchemaObject = { type: 'number' };
const FLAG: SchemaObject = { type: 'boolean' };
const COUNT: SchemaObject = { type: 'integer', minimum: 0 };

const HOLDING: Readonly<Record<NonNullable<KeywordRow['holds']>, SchemaObject>> = {
  one: PART,
  list: PARTS,
  'one or list': { type: ['object', 'boolean', 'array'], items: PART },
  map: { type: 'object', additionalProperties: PART },
};

/** Values of keywords that hold no schemas; of one that is missing here, any will do. */
const VALUES: Readonly<Record<string, SchemaObject>> = {
  $ref: TEXT,
  dependencies: { type: 'object' },
  dependentRequired: { type: 'object', additionalProperties: TEXTS },
  enum: { type: 'array' },
  exclusiveMaximum: NUMBER,
  exclusiveMinimum: NUMBER,
  format: TEXT,
  maxContains: COUNT,
  maxItems: COUNT,
  maxLength: COUNT,
  maxProperties: COUNT,
  maximum: NUMBER,
  minContains: COUNT,
  minItems: COUNT,
  minLength: COUNT,
  minProperties: COUNT,
  minimum: NUMBER,
  multipleOf: { type: 'number', exclusiveMinimum: 0 },
  pattern: { type: 'string', format: 'regex' },
  required: TEXTS,
  type: {
    anyOf: [{ enum: [...JSON_TYPES] }, { type: 'array', items: { enum: [...JSON_TYPES] }, minItems: 1 }],
  },
  uniqueItems: FLAG,
};

const SHAPE: SchemaObject = {
  properties: Object.fromEntries(
    Object.entries<KeywordRow>(KEYWORDS).flatMap(([keyword, { holds }]): [string, JsonSchema][] => {
      const value = VALUES[keyword] ?? (holds && HOLDING[holds]);
      return value === undefined ? [] : [[keyword, value]];
    }),
  ),
};

/** Items of several kinds are `prefixItems` since then. */
const SHAPE_2020: SchemaObject = { allOf: [SHAPE, { properties: { items: PART } }] };
