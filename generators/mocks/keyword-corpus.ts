import type { JsonSchema } from '@chirograph/schema';

/** Schemas in the words that samples once failed at: whoever makes values by them has each accepted by Ajv. */
export const KEYWORD_CORPUS: Readonly<Record<string, JsonSchema>> = {
  keysByPattern: {
    type: 'object',
    additionalProperties: { type: 'integer' },
    propertyNames: { pattern: '^[a-z]{3}$' },
  },
  keysByFormat: {
    type: 'object',
    additionalProperties: { type: 'string' },
    propertyNames: { format: 'uuid' },
    minProperties: 2,
  },
  keysOfAnything: { type: 'object', propertyNames: { pattern: '^k[0-9]{3}$' }, minProperties: 1 },
  keysOfFew: {
    type: 'object',
    additionalProperties: { type: 'boolean' },
    propertyNames: { enum: ['a', 'b', 'c'] },
    minProperties: 2,
  },
  someKeys: { type: 'object', minProperties: 2 },
  keysBesideOthers: {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string' } },
    additionalProperties: { type: 'string' },
    minProperties: 3,
  },
  patternsAlone: {
    type: 'object',
    patternProperties: { '^x-[a-z]{4}$': { type: 'integer', minimum: 3 } },
    additionalProperties: false,
    minProperties: 1,
  },
  patternsThatAreOpen: {
    type: 'object',
    patternProperties: { '^x-': { type: 'boolean' } },
    additionalProperties: false,
    minProperties: 2,
  },
  patternsAndRequired: {
    type: 'object',
    required: ['x-rank', 'id'],
    properties: { id: { type: 'string', format: 'uuid' } },
    patternProperties: { '^x-': { type: 'integer' } },
    additionalProperties: false,
  },
  patternsWithoutType: {
    patternProperties: { '^[a-z]{2}$': { type: 'string' } },
    additionalProperties: false,
    minProperties: 1,
  },
  contains: { type: 'array', contains: { type: 'integer', minimum: 5 } },
  containsAmongItems: {
    type: 'array',
    items: { type: 'string' },
    contains: { pattern: '^main-[0-9]{2}$' },
    maxItems: 2,
  },
  containsOneOfMany: {
    type: 'array',
    items: { type: 'string', enum: ['a', 'b', 'c', 'd', 'e', 'f'] },
    contains: { const: 'f' },
    minItems: 4,
  },
  containsAnObject: {
    type: 'object',
    required: ['lines'],
    properties: {
      lines: {
        type: 'array',
        items: { type: 'object', required: ['kind'], properties: { kind: { type: 'string' } } },
        contains: { properties: { kind: { const: 'total' } } },
      },
    },
  },
  shortEmail: { type: 'string', format: 'email', maxLength: 12 },
  longEmail: { type: 'string', format: 'email', minLength: 40, maxLength: 60 },
  shortHostname: { type: 'string', format: 'hostname', maxLength: 10 },
  shortUri: { type: 'string', format: 'uri', maxLength: 12 },
  shortMoment: { type: 'string', format: 'date-time', maxLength: 20 },
  formatAndPattern: { type: 'string', format: 'uuid', pattern: '^[0-9a-f-]{36}$' },
  ownEmail: { type: 'string', format: 'email', pattern: '@example\\.com$' },
  lookAhead: { type: 'string', pattern: '^(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9]{8,16}$' },
  lookAheadAndLength: { type: 'string', pattern: '^(?!-)[a-z-]+(?<!-)$', minLength: 4, maxLength: 9 },
  lookAheadFree: { type: 'string', pattern: '^(?=.*[0-9])secret-.+$' },
  lookAheadKeys: {
    type: 'object',
    additionalProperties: { type: 'integer' },
    propertyNames: { pattern: '^(?!id$)[a-z]{2,5}$' },
  },
  letters: { type: 'string', pattern: '^\\p{Lu}\\p{Ll}+$' },
  backReference: { type: 'string', pattern: '^([a-z])\\1$', examples: ['aa', 'bb'] },
  boundsOfAnAllOf: { allOf: [{ type: 'integer', minimum: 3 }, { maximum: 4 }, { minimum: 1, maximum: 90 }] },
  formatOfAPatternAlone: {
    type: 'object',
    required: ['host'],
    properties: { host: { type: 'string', format: 'uri', pattern: '\\.internal/$' } },
  },
  twoPatterns: { type: 'string', allOf: [{ pattern: '^[A-Z]' }, { pattern: '[0-9]$' }] },
  twoPatternsBeneath: {
    type: 'object',
    required: ['code'],
    properties: {
      code: { type: 'string', pattern: '^[a-z]+$', allOf: [{ pattern: '^x' }, { pattern: 'y$' }] },
    },
  },
  onesAndTwosOfALength: { type: 'string', pattern: '^(a|bb)*$', minLength: 7, maxLength: 7 },
  eitherOfTwoRanges: {
    oneOf: [
      { type: 'integer', minimum: 0 },
      { type: 'integer', maximum: 10 },
    ],
  },
  oneOfTwoOpenObjects: {
    oneOf: [
      { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, required: ['a'] },
      { type: 'object', properties: { a: { type: 'integer' }, b: { type: 'string' } }, required: ['b'] },
    ],
  },
  optionalThatCannotBeDrawn: {
    type: 'object',
    required: ['n'],
    properties: { n: { type: 'integer' }, code: { type: 'string', pattern: '^(.)\\1$' } },
  },
};
