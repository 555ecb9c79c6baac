import type { ValidateFunction } from 'ajv';
import { isArray, isObject, type JsonValue, member } from '../json/json-value.ts';
import { valueAt } from '../json/pointer.ts';
import { oldMetaSchemas } from '../keywords/meta-schemas.ts';
import type { Dialect, JsonSchema } from '../keywords/schema.ts';
import { holdsSubschemas, mapSubschemas } from '../keywords/subschemas-of.ts';
import { objectAsAjvReads, type Resolve } from './as-ajv-reads.ts';
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
    return ajv.compile(prepared(schema, dialect, tracks ? resolveIn(schema) : undefined));
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
function prepared(schema: JsonSchema, dialect: Dialect, resolve: Resolve | undefined): JsonSchema {
  if (!isObject(schema)) return schema;
  const read = objectAsAjvReads(schema, dialect, resolve);
  // Ajv silences all siblings of a draft-07 `$ref`, but not `type`.
  const isReference = dialect === 'draft-07' && typeof member(schema, '$ref') === 'string';
  const kept = Object.entries(read)
    .filter(([keyword]) => !FOREIGN.has(keyword) && !(isReference && keyword === 'type'))
    .map(
      ([keyword, value]) =>
        [keyword, holdsSubschemas(keyword) || DATA.has(keyword) ? value : withoutIds(value)] as const,
    );
  const own = Object.fromEntries(kept);
  return mapSubschemas(own, (part) => preparedPart(part, dialect, resolve));
}

/** Ajv reads a number or a string in the place of a schema as one that allows everything. */
function preparedPart(part: JsonValue, dialect: Dialect, resolve: Resolve | undefined): JsonValue {
  if (isObject(part)) return prepared(part, dialect, resolve);
  if (typeof part === 'boolean' || isArray(part)) return part;
  throw new Error(`a schema is an object or a boolean, not ${JSON.stringify(part)}`);
}

/** What a reference within a document means; one by name goes unfound. */
function resolveIn(document: JsonSchema): Resolve {
  return (ref) =>
    /^#(\/|$)/.test(ref) && isObject(document)
      ? valueAt(document, decodeURIComponent(ref.slice(1)))
      : undefined;
}

/** What an unknown keyword holds is no schema, but Ajv would take an `$id` in it for one. */
function withoutIds(value: JsonValue): JsonValue {
  if (isArray(value)) return value.map(withoutIds);
  if (!isObject(value)) return value;
  const others = Object.entries(value).filter(([name]) => name !== '$id');
  return Object.fromEntries(others.map(([name, part]) => [name, withoutIds(part)]));
}
