import { compileSchema } from '../ajv/compile.ts';
import type { JsonValue } from '../json/json-value.ts';
import type { Dialect, JsonSchema } from '../keywords/schema.ts';
import { readDocument } from './translate/document.ts';
import { isDynamic, plainSchema } from './translate/plain.ts';

/** Whether a value is an instance; undefined where Ajv throws (references in a circle, an own `valueOf`). */
export type Validate = (value: JsonValue) => boolean | undefined;

/** A schema with what Ajv needs to know about it. */
export interface Judged {
  readonly schema: JsonSchema;
  readonly dialect: Dialect;
  /** Whether a `format` refuses strings. */
  readonly assertFormats: boolean;
}

/**
 * Compiles a schema with Ajv, the second opinion on every witness. Returns the message where Ajv refuses the
 * schema. References are followed before Ajv sees them where it follows dynamic ones in simple cases only, or
 * takes offence at identifiers (of a meta-schema that is bundled, for instance).
 */
export function compileValidate(judged: Judged): Validate | string {
  const { schema, dialect } = judged;
  if (isDynamic(schema, dialect)) return compile(withoutReferences(judged));
  const validate = compile(judged);
  if (typeof validate !== 'string') return validate;
  const again = compile(withoutReferences(judged));
  return typeof again === 'string' ? validate : again;
}

function withoutReferences({ schema, ...judged }: Judged): Judged {
  return { ...judged, schema: plainSchema(readDocument('verify', schema, judged.dialect)) };
}

function compile({ schema, dialect, assertFormats }: Judged): Validate | string {
  try {
    const validate = compileSchema(schema, dialect, { formats: assertFormats });
    return (value) => {
      try {
        return validate(value) === true;
      } catch {
        return undefined;
      }
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
