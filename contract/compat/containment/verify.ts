import { Ajv, type Options } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { isObject, type JsonSchema, type JsonValue } from './json/json-value.ts';
import type { Dialect } from './schema/dialect.ts';
import { mapSubschemas } from './schema/subschemas.ts';

/** Whether a value is an instance; undefined where Ajv throws (references in a circle, an own `valueOf`). */
export type Validate = (value: JsonValue) => boolean | undefined;

/** A schema with what Ajv needs to know about it. */
export interface Judged {
  readonly schema: JsonSchema;
  readonly dialect: Dialect;
}

/** Ajv gives these a meaning, or refuses them, though JSON Schema knows no such keyword. */
const FOREIGN = new Set(['nullable', 'id', '$async', '$schema', 'discriminator']);

const validators = new Map<string, Ajv>();

/**
 * Compiles a schema with Ajv, the second opinion on every witness. Returns the message where Ajv refuses the
 * schema.
 */
export function compileValidate({ schema, dialect }: Judged, assertFormats: boolean): Validate | string {
  const ajv = ajvFor(dialect, assertFormats);
  try {
    const validate = ajv.compile(withoutForeign(schema));
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

function ajvFor(dialect: Dialect, assertFormats: boolean): Ajv {
  const key = `${dialect} ${assertFormats}`;
  const known = validators.get(key);
  if (known !== undefined) return known;
  const options: Options = {
    strict: false,
    logger: false,
    validateSchema: false,
    validateFormats: assertFormats,
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
  addFormats.default(ajv);
  validators.set(key, ajv);
  return ajv;
}

function withoutForeign(schema: JsonSchema): JsonSchema {
  if (!isObject(schema)) return schema;
  const kept = Object.entries(schema).filter(([keyword]) => !FOREIGN.has(keyword));
  return mapSubschemas(Object.fromEntries(kept), (part) => (isObject(part) ? withoutForeign(part) : part));
}
