import { Ajv, type Options } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { createAjvs } from '../ajv/fresh-ajv.ts';
import { isArray, isObject, type JsonObject, type JsonValue, member } from '../json/json-value.ts';
import { OLD_META_SCHEMAS } from '../keywords/meta-schemas.ts';
import type { Dialect, JsonSchema } from '../keywords/schema.ts';
import { holdsSubschemas, mapSubschemas } from '../keywords/subschemas-of.ts';
import { regExpOf } from '../patterns/pattern-language.ts';
import { readDocument } from './translate/document.ts';
import { isDynamic, plainSchema } from './translate/plain.ts';

/** Whether a value is an instance; undefined where Ajv throws (references in a circle, an own `valueOf`). */
export type Validate = (value: JsonValue) => boolean | undefined;

/** A schema with what Ajv needs to know about it. */
export interface Judged {
  readonly schema: JsonSchema;
  readonly dialect: Dialect;
}

/** Ajv gives these a meaning, or refuses them, though JSON Schema knows no such keyword. */
const FOREIGN = new Set(['nullable', 'id', '$async', '$schema', 'discriminator']);

/** Keywords whose value is data: Ajv looks for no `$id` there. */
const DATA = new Set(['enum', 'const']);

/**
 * Compiles a schema with Ajv, the second opinion on every witness. Returns the message where Ajv refuses the
 * schema. References are followed before Ajv sees them where it follows dynamic ones in simple cases only, or
 * takes offence at identifiers (of a meta-schema that is bundled, for instance).
 */
export function compileValidate(judged: Judged, assertFormats: boolean): Validate | string {
  const { schema, dialect } = judged;
  if (isDynamic(schema, dialect)) return compile(withoutReferences(judged), assertFormats);
  const validate = compile(judged, assertFormats);
  if (typeof validate !== 'string') return validate;
  const again = compile(withoutReferences(judged), assertFormats);
  return typeof again === 'string' ? validate : again;
}

function withoutReferences({ schema, dialect }: Judged): Judged {
  return { schema: plainSchema(readDocument('verify', schema, dialect)), dialect };
}

function compile({ schema, dialect }: Judged, assertFormats: boolean): Validate | string {
  const tracksEvaluation = JSON.stringify(schema).includes('"unevaluated');
  const ajv = ajvs(
    `${dialect} ${assertFormats ? 'formats' : 'none'} ${tracksEvaluation ? 'tracking' : 'none'}`,
  );
  try {
    const validate = ajv.compile(prepared(schema, dialect));
    return (value) => {
      try {
        return validate(value) === true;
      } catch {
        return undefined;
      }
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    ajv.removeSchema();
  }
}

const ajvs = createAjvs((key) => {
  const [dialect, formats, tracking] = key.split(' ');
  const options: Options = {
    strict: false,
    logger: false,
    validateSchema: false,
    validateFormats: formats === 'formats',
    // `{}` has no member `constructor`.
    ownProperties: true,
    // A validator answers for one witness and a few smaller ones: fast to compile beats fast to run.
    code: { optimize: false, regExp: Object.assign(regExpOf, { code: 'new RegExp' }) },
    ignoreKeywordsWithRef: dialect === 'draft-07',
    // Decimal fractions: 0.3 is a multiple of 0.1, though the division of doubles has a remainder.
    multipleOfPrecision: 9,
  };
  const ajv =
    dialect === 'draft-07'
      ? new Ajv(options)
      : dialect === '2019-09'
        ? new Ajv2019(options)
        : new Ajv2020(options);
  // Ajv keeps account of what is evaluated whether or not it is asked, and throws where the account is lost.
  ajv.opts.unevaluated = tracking === 'tracking';
  addFormats.default(ajv);
  for (const schema of OLD_META_SCHEMAS)
    if (ajv.getSchema(schema.$id) === undefined) ajv.addMetaSchema(schema);
  return ajv;
});

/** The schema as Ajv must see it to read it as its edition does. */
function prepared(schema: JsonSchema, dialect: Dialect): JsonSchema {
  if (!isObject(schema)) return schema;
  // Ajv silences all siblings of a draft-07 `$ref`, but not `type`.
  const isReference = dialect === 'draft-07' && typeof member(schema, '$ref') === 'string';
  const kept = Object.entries(schema)
    .filter(([keyword]) => !FOREIGN.has(keyword) && !(isReference && keyword === 'type'))
    .map(
      ([keyword, value]) =>
        [keyword, holdsSubschemas(keyword) || DATA.has(keyword) ? value : withoutIds(value)] as const,
    );
  const own = withOwnPrototype(withItemContained(Object.fromEntries(kept), dialect));
  return mapSubschemas(own, (part) => preparedPart(part, dialect));
}

/** Ajv reads a number or a text in the place of a schema as one that allows everything. */
function preparedPart(part: JsonValue, dialect: Dialect): JsonValue {
  if (isObject(part)) return prepared(part, dialect);
  if (typeof part === 'boolean' || isArray(part)) return part;
  throw new Error(`a schema is an object or a boolean, not ${JSON.stringify(part)}`);
}

/**
 * Ajv forgets to ask `contains` of an empty array where it has just asked it of another one, or stands beside a
 * tuple; so it is told that there is an item to be found.
 */
function withItemContained(schema: JsonObject, dialect: Dialect): JsonObject {
  if (member(schema, 'contains') === undefined) return schema;
  const contained = dialect === 'draft-07' ? 1 : (member(schema, 'minContains') ?? 1);
  const least = member(schema, 'minItems') ?? 0;
  if (typeof contained !== 'number' || typeof least !== 'number') return schema;
  return { ...schema, minItems: Math.max(least, contained) };
}

/** Ajv passes over the property `__proto__`, but not over a pattern for its name. */
function withOwnPrototype(schema: JsonObject): JsonObject {
  const [properties, patterns = {}] = [member(schema, 'properties'), member(schema, 'patternProperties')];
  const shape = isObject(properties) ? member(properties, '__proto__') : undefined;
  if (shape === undefined || !isObject(patterns)) return schema;
  return { ...schema, patternProperties: { ...patterns, '^__proto__$': shape } };
}

/** What an unknown keyword holds is no schema, but Ajv would take an `$id` in it for one. */
function withoutIds(value: JsonValue): JsonValue {
  if (isArray(value)) return value.map(withoutIds);
  if (!isObject(value)) return value;
  const others = Object.entries(value).filter(([name]) => name !== '$id');
  return Object.fromEntries(others.map(([name, part]) => [name, withoutIds(part)]));
}
