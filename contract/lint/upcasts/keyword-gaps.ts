import type { JsonValue, SchemaObject } from '@chirograph/schema';

const NUMBERS = ['number', 'integer'];

/** The types that a keyword refuses values of; undefined for one that describes. */
export function typesAbout(keyword: string): 'all' | readonly string[] | undefined {
  return Object.hasOwn(ABOUT, keyword) ? ABOUT[keyword] : undefined;
}

/** The keywords that refuse values, and the types that each is about. All others describe. */
const ABOUT: Readonly<Record<string, 'all' | readonly string[]>> = {
  type: 'all',
  const: 'all',
  enum: 'all',
  anyOf: 'all',
  oneOf: 'all',
  not: 'all',
  if: 'all',
  minimum: NUMBERS,
  maximum: NUMBERS,
  exclusiveMinimum: NUMBERS,
  exclusiveMaximum: NUMBERS,
  multipleOf: NUMBERS,
  minLength: ['string'],
  maxLength: ['string'],
  pattern: ['string'],
  format: ['string'],
  items: ['array'],
  prefixItems: ['array'],
  additionalItems: ['array'],
  contains: ['array'],
  minContains: ['array'],
  maxContains: ['array'],
  minItems: ['array'],
  maxItems: ['array'],
  uniqueItems: ['array'],
  unevaluatedItems: ['array'],
  required: ['object'],
  properties: ['object'],
  additionalProperties: ['object'],
  patternProperties: ['object'],
  propertyNames: ['object'],
  minProperties: ['object'],
  maxProperties: ['object'],
  dependencies: ['object'],
  dependentRequired: ['object'],
  dependentSchemas: ['object'],
  unevaluatedProperties: ['object'],
};

/** What may be there that a keyword does not want, as the rest of a sentence; undefined where all of it is wanted. */
type Compare = (
  parts: readonly SchemaObject[],
  wanted: JsonValue,
  types: ReadonlySet<string> | undefined,
) => string | undefined;

/** How a keyword is compared by itself; undefined for those that lead to further schemas, and those that describe. */
export function comparisonBy(keyword: string): Compare | undefined {
  return Object.hasOwn(COMPARED, keyword) ? COMPARED[keyword] : undefined;
}

const COMPARED: Readonly<Record<string, Compare>> = {
  type: (_, wanted, types) => {
    const allowed = new Set([wanted].flat().flatMap((it) => (it === 'number' ? NUMBERS : [String(it)])));
    const other = types ? [...types].find((it) => !allowed.has(it)) : 'anything';
    return other === undefined ? undefined : `may be ${WORDS[other] ?? other}`;
  },
  const: (_, wanted) => `may be something else than \`${JSON.stringify(wanted)}\``,
  enum: () => 'may be none of the values allowed',
  minimum: (parts, wanted) => (lowest(parts) >= Number(wanted) ? undefined : `may be less than ${wanted}`),
  maximum: (parts, wanted) => (highest(parts) <= Number(wanted) ? undefined : `may be more than ${wanted}`),
  exclusiveMinimum: (parts, wanted) =>
    lowest(parts) > Number(wanted) || most(parts, 'exclusiveMinimum') >= Number(wanted)
      ? undefined
      : `may be ${wanted} or less`,
  exclusiveMaximum: (parts, wanted) =>
    highest(parts) < Number(wanted) || least(parts, 'exclusiveMaximum') <= Number(wanted)
      ? undefined
      : `may be ${wanted} or more`,
  multipleOf: (parts, wanted, types) =>
    (wanted === 1 && types && !types.has('number')) ||
    parts.some((it) => typeof it.multipleOf === 'number' && Number.isInteger(it.multipleOf / Number(wanted)))
      ? undefined
      : `may be no multiple of ${wanted}`,
  minLength: (parts, wanted) =>
    most(parts, 'minLength', 0) >= Number(wanted) ? undefined : `may be shorter than ${wanted}`,
  maxLength: (parts, wanted) =>
    least(parts, 'maxLength') <= Number(wanted) ? undefined : `may be longer than ${wanted}`,
  pattern: (_, wanted) => `may not match \`${wanted}\``,
  format: (_, wanted) => `may be no ${wanted}`,
  minItems: (parts, wanted) =>
    most(parts, 'minItems', 0) >= Number(wanted) ? undefined : `may have fewer than ${wanted} items`,
  maxItems: (parts, wanted) =>
    least(parts, 'maxItems') <= Number(wanted) ? undefined : `may have more than ${wanted} items`,
  uniqueItems: (_, wanted) => (wanted === true ? 'may hold an item twice' : undefined),
};

const WORDS: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number with a fraction',
  integer: 'a whole number',
  object: 'an object',
  array: 'an array',
  boolean: 'a boolean',
};

function most(parts: readonly SchemaObject[], keyword: string, otherwise = Number.NEGATIVE_INFINITY): number {
  return Math.max(otherwise, ...numbers(parts, keyword));
}

function least(parts: readonly SchemaObject[], keyword: string): number {
  return Math.min(Number.POSITIVE_INFINITY, ...numbers(parts, keyword));
}

function numbers(parts: readonly SchemaObject[], keyword: string): number[] {
  return parts.flatMap((it) => (typeof it[keyword] === 'number' ? [it[keyword]] : []));
}

function lowest(parts: readonly SchemaObject[]): number {
  return Math.max(most(parts, 'minimum'), most(parts, 'exclusiveMinimum'));
}

function highest(parts: readonly SchemaObject[]): number {
  return Math.min(least(parts, 'maximum'), least(parts, 'exclusiveMaximum'));
}
