import type { Draft } from './schema.ts';

/** The seven types of JSON Schema. */
export const JSON_TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'] as const;

/** One of the seven types. */
export type JsonType = (typeof JSON_TYPES)[number];

/** What every reader of schemas knows of a keyword. */
export interface KeywordRow {
  /** The first draft that has it. */
  readonly since: Draft;
  /** The last draft that has it, where a later one does not. */
  readonly until?: Draft;
  /** How its value holds schemas. */
  readonly holds?: 'one' | 'list' | 'one or list' | 'map';
  /** The types of values that it says something about. */
  readonly about: 'all' | readonly JsonType[];
  /**
   * What it is for: it refuses values by itself (`assertion`), by schemas (`applicator`), by another schema
   * (`reference`), not at all (`annotation`), or it gives a schema a name (`identity`).
   */
  readonly role: 'assertion' | 'applicator' | 'reference' | 'annotation' | 'identity';
  /** The keyword beside it that reads it; alone it checks nothing. */
  readonly beside?: string;
}

const NUMBERS = ['number', 'integer'] as const;
const STRINGS = ['string'] as const;
const ARRAYS = ['array'] as const;
const OBJECTS = ['object'] as const;

const assertion = (about: KeywordRow['about'], since: Draft = 'draft-04') =>
  ({ since, about, role: 'assertion' }) as const;
const applicator = (
  holds: NonNullable<KeywordRow['holds']>,
  about: KeywordRow['about'],
  since: Draft = 'draft-04',
) => ({ since, about, holds, role: 'applicator' }) as const;
const annotation = (since: Draft = 'draft-04') => ({ since, about: 'all', role: 'annotation' }) as const;
const identity = (since: Draft) => ({ since, about: 'all', role: 'identity' }) as const;
const reference = (since: Draft) => ({ since, about: 'all', role: 'reference' }) as const;

/** The keywords of JSON Schema from draft-04 to 2020-12. */
export const KEYWORDS = {
  $anchor: identity('2019-09'),
  $comment: annotation('draft-07'),
  $defs: { ...identity('draft-04'), holds: 'map' },
  $dynamicAnchor: identity('2020-12'),
  $dynamicRef: reference('2020-12'),
  $id: identity('draft-06'),
  $recursiveAnchor: { ...identity('2019-09'), until: '2019-09' },
  $recursiveRef: { ...reference('2019-09'), until: '2019-09' },
  $ref: reference('draft-04'),
  $schema: identity('draft-04'),
  $vocabulary: identity('2019-09'),
  additionalItems: { ...applicator('one', ARRAYS), until: '2019-09' },
  additionalProperties: applicator('one', OBJECTS),
  allOf: applicator('list', 'all'),
  anyOf: applicator('list', 'all'),
  const: assertion('all', 'draft-06'),
  contains: applicator('one', ARRAYS, 'draft-06'),
  contentEncoding: annotation('draft-07'),
  contentMediaType: annotation('draft-07'),
  contentSchema: { ...annotation('2019-09'), holds: 'one' },
  default: annotation(),
  definitions: { ...identity('draft-04'), holds: 'map' },
  // Since 2019-09 they are two keywords; validators go on reading this one.
  dependencies: applicator('map', OBJECTS),
  dependentRequired: assertion(OBJECTS, '2019-09'),
  dependentSchemas: applicator('map', OBJECTS, '2019-09'),
  deprecated: annotation('2019-09'),
  description: annotation(),
  else: { ...applicator('one', 'all', 'draft-07'), beside: 'if' },
  enum: assertion('all'),
  examples: annotation('draft-06'),
  exclusiveMaximum: assertion(NUMBERS),
  exclusiveMinimum: assertion(NUMBERS),
  format: assertion(STRINGS),
  if: applicator('one', 'all', 'draft-07'),
  items: applicator('one or list', ARRAYS),
  maxContains: { ...assertion(ARRAYS, '2019-09'), beside: 'contains' },
  maxItems: assertion(ARRAYS),
  maxLength: assertion(STRINGS),
  maxProperties: assertion(OBJECTS),
  maximum: assertion(NUMBERS),
  minContains: { ...assertion(ARRAYS, '2019-09'), beside: 'contains' },
  minItems: assertion(ARRAYS),
  minLength: assertion(STRINGS),
  minProperties: assertion(OBJECTS),
  minimum: assertion(NUMBERS),
  multipleOf: assertion(NUMBERS),
  not: applicator('one', 'all'),
  oneOf: applicator('list', 'all'),
  pattern: assertion(STRINGS),
  patternProperties: applicator('map', OBJECTS),
  prefixItems: applicator('list', ARRAYS, '2020-12'),
  properties: applicator('map', OBJECTS),
  propertyNames: applicator('one', OBJECTS, 'draft-06'),
  readOnly: annotation('draft-07'),
  required: assertion(OBJECTS),
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { ...applicator('one', 'all', 'draft-07'), beside: 'if' },
  title: annotation(),
  type: assertion('all'),
  unevaluatedItems: applicator('one', ARRAYS, '2019-09'),
  unevaluatedProperties: applicator('one', OBJECTS, '2019-09'),
  uniqueItems: assertion(ARRAYS),
  writeOnly: annotation('draft-07'),
} as const satisfies Record<string, KeywordRow>;

/** The name of a keyword. */
export type Keyword = keyof typeof KEYWORDS;

type Rows = typeof KEYWORDS;

/** The keywords that check values by themselves: who evaluates schemas has a record of all of them. */
export type CheckingKeyword = {
  [K in Keyword]: Rows[K] extends { role: 'annotation' | 'identity' } | { beside: string } ? never : K;
}[Keyword];

/** The row of a word; undefined where it is no keyword. */
export function keywordRow(word: string): KeywordRow | undefined {
  return Object.hasOwn(KEYWORDS, word) ? KEYWORDS[word as Keyword] : undefined;
}

/** The drafts in the order in which they appeared. */
export const DRAFTS: readonly Draft[] = ['draft-04', 'draft-06', 'draft-07', '2019-09', '2020-12'];

/** Whether a draft gives a keyword its meaning. */
export function counts({ since, until = '2020-12' }: KeywordRow, draft: Draft): boolean {
  const place = DRAFTS.indexOf(draft);
  return DRAFTS.indexOf(since) <= place && place <= DRAFTS.indexOf(until);
}
