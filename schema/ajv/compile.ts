import type { ValidateFunction } from 'ajv';
import { isArray, isObject, type JsonObject, type JsonValue, member } from '../json/json-value.ts';
import { oldMetaSchemas } from '../keywords/meta-schemas.ts';
import type { Dialect, JsonSchema } from '../keywords/schema.ts';
import { holdsSubschemas, mapSubschemas } from '../keywords/subschemas-of.ts';
import { createAjv } from './create-ajv.ts';
import { createAjvs } from './fresh-ajv.ts';

/** What a validator is for. */
export interface Purpose {
  /** Whether all errors are listed, or the first ends it. Default false. */
  readonly allErrors?: boolean;
  /** Whether a format refuses strings. Default true. */
  readonly formats?: boolean;
}

/**
 * Compiles a document with Ajv, for values that are checked here and now. Throws where Ajv refuses the schema; what it
 * would read otherwise than the dialect does is prepared before.
 */
export function compileSchema(schema: JsonSchema, dialect: Dialect, purpose: Purpose = {}): ValidateFunction {
  const { allErrors = false, formats = true } = purpose;
  const tracks = JSON.stringify(schema).includes('"unevaluated');
  const ajv = ajvs(JSON.stringify([dialect, allErrors, formats, tracks]));
  try {
    return ajv.compile(prepared(schema, dialect));
  } finally {
    ajv.removeSchema();
  }
}

const ajvs = createAjvs((key) => {
  const [dialect, allErrors, validateFormats, tracks] = JSON.parse(key);
  // A validator answers for a few values: fast to compile beats fast to run.
  const ajv = createAjv(dialect, { allErrors, validateFormats, code: { optimize: false } });
  // Ajv keeps account of what is evaluated whether or not it is asked, and throws where the account is lost.
  ajv.opts.unevaluated = tracks;
  for (const schema of oldMetaSchemas())
    if (ajv.getSchema(schema.$id) === undefined) ajv.addMetaSchema(schema);
  return ajv;
});

/** Ajv gives these a meaning, or refuses them, though JSON Schema knows no such keyword. */
const FOREIGN = new Set(['nullable', 'id', '$async', '$schema', 'discriminator']);

/** Keywords whose value is data: Ajv looks for no `$id` there. */
const DATA = new Set(['enum', 'const']);

/** The schema as Ajv must see it to read it as its edition does. */
export function prepared(schema: JsonSchema, dialect: Dialect): JsonSchema {
  if (!isObject(schema)) return schema;
  // Ajv silences all siblings of a draft-07 `$ref`, but not `type`.
  const isReference = dialect === 'draft-07' && typeof member(schema, '$ref') === 'string';
  const kept = Object.entries(schema)
    .filter(([keyword]) => !FOREIGN.has(keyword) && !(isReference && keyword === 'type'))
    .map(
      ([keyword, value]) =>
        [keyword, holdsSubschemas(keyword) || DATA.has(keyword) ? value : withoutIds(value)] as const,
    );
  const own = withOwnPrototype(Object.fromEntries(kept));
  return mapSubschemas(own, (part) => preparedPart(part, dialect));
}

/** Ajv reads a number or a text in the place of a schema as one that allows everything. */
function preparedPart(part: JsonValue, dialect: Dialect): JsonValue {
  if (isObject(part)) return prepared(part, dialect);
  if (typeof part === 'boolean' || isArray(part)) return part;
  throw new Error(`a schema is an object or a boolean, not ${JSON.stringify(part)}`);
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
