import { dialectOf, type JsonSchema, type JsonValue, splitPointer } from '@chirograph/schema';
import { compileSchema } from '@chirograph/schema/ajv';
import { assertsFormats, type Formats } from '@chirograph/schema/containment';
import type { ErrorObject } from 'ajv';

/** Why a validator refuses a value. */
export interface Refusal {
  /** Where in the value. */
  readonly path: readonly string[];
  readonly keyword: string;
  /** The property that is missing there, or that may not be there. */
  readonly property?: string;
  /** In Ajv's words: `must be integer`. */
  readonly message: string;
}

/** A schema made ready to judge values: none means accepted. The deepest complaint comes first. */
export type Judge = (value: JsonValue) => readonly Refusal[];

/** Compiles a schema with Ajv; undefined where Ajv cannot. */
export function judgeOf(schema: JsonSchema, formats: Formats): Judge | undefined {
  const dialect = dialectOf(schema) ?? 'draft-07';
  try {
    const validate = compileSchema(schema, dialect, {
      allErrors: true,
      formats: assertsFormats(dialect, formats),
    });
    return (value) => (validate(value) ? [] : refusalsOf(validate.errors ?? []));
  } catch {
    return undefined;
  }
}

/** The deepest complaint first: of several branches that refuse a value, the one that came furthest says most. */
function refusalsOf(errors: readonly ErrorObject[]): Refusal[] {
  const depth = ({ instancePath }: ErrorObject) => instancePath.split('/').length;
  return errors.toSorted((a, b) => depth(b) - depth(a)).map(refusalOf);
}

function refusalOf(error: ErrorObject): Refusal {
  const params = error.params as Readonly<Record<string, unknown>>;
  const property = params.missingProperty ?? params.additionalProperty ?? params.unevaluatedProperty;
  return {
    path: splitPointer(error.instancePath),
    keyword: error.keyword,
    ...(typeof property === 'string' && { property }),
    message: messageOf(error, params),
  };
}

/** Of several complaints the one about a field, else the first. */
export function refusalAbout(refusals: readonly Refusal[], names: readonly string[]): Refusal | undefined {
  const isAbout = ({ path, property }: Refusal) => names.includes(property ?? path.at(-1) ?? '');
  return refusals.find(isAbout) ?? refusals[0];
}

function messageOf({ keyword, message }: ErrorObject, params: Readonly<Record<string, unknown>>): string {
  if (keyword === 'enum' && Array.isArray(params.allowedValues)) {
    return `must be one of ${params.allowedValues.map((it) => JSON.stringify(it)).join(', ')}`;
  }
  if (keyword === 'const') return `must be ${JSON.stringify(params.allowedValue)}`;
  if (keyword === 'additionalProperties') return `must not have the property '${params.additionalProperty}'`;
  return message ?? keyword;
}
