import type { Dialect, JsonSchema } from '@chirograph/schema';

/** A schema to be proven, as the payload of a message called `name`. */
export interface CorpusSchema {
  readonly name: string;
  readonly dialect?: Dialect;
  readonly schema: JsonSchema;
}

const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;

/** What the corpus refers to, under `components.schemas`. */
export const DEFINITIONS: Readonly<Record<string, JsonSchema>> = {
  Node: {
    type: 'object',
    required: ['name'],
    properties: { name: text, next: { $ref: '#/components/schemas/Node' } },
    additionalProperties: false,
  },
  Tree: {
    type: 'object',
    required: ['leaves'],
    properties: { leaves: { type: 'array', items: { $ref: '#/components/schemas/Tree' }, maxItems: 3 } },
  },
  Json: {
    anyOf: [
      { type: ['string', 'number', 'boolean', 'null'] },
      { type: 'array', items: { $ref: '#/components/schemas/Json' } },
      { type: 'object', additionalProperties: { $ref: '#/components/schemas/Json' } },
    ],
  },
  Cat: {
    type: 'object',
    required: ['kind', 'lives'],
    properties: { kind: { const: 'cat' }, lives: { type: 'integer', minimum: 0, maximum: 9 } },
  },
  Dog: {
    type: 'object',
    required: ['kind', 'tricks'],
    properties: { kind: { const: 'dog' }, tricks: { type: 'array', items: text, uniqueItems: true } },
  },
  // Names that mean something elsewhere.
  Promise: { type: 'object', required: ['kept'], properties: { kept: { type: 'boolean' } } },
  'first-name': { type: 'string', minLength: 1 },
  Shared: { type: 'object', required: ['id'], properties: { id: text, note: text } },
  // What others are based on.
  Envelope: {
    type: 'object',
    required: ['id', 'data'],
    properties: {
      id: { ...text, description: 'Identifies it.' },
      kind: text,
      rank: { type: ['integer', 'string'] },
      pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] },
      data: { type: 'object', description: 'What happened.' },
      meta: { $ref: '#/components/schemas/Shared' },
    },
  },
  Sourced: {
    allOf: [
      { $ref: '#/components/schemas/Envelope' },
      { type: 'object', required: ['source'], properties: { source: text } },
    ],
  },
};

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** Schemas that between them use every keyword which the tool gives meaning to, and every turn that hurt other tools. */
export const CORPUS: readonly CorpusSchema[] = [
  { name: 'Anything', schema: {} },
  { name: 'Booleans', schema: { type: 'object', required: ['any'], properties: { any: true, none: false } } },
  { name: 'BareText', schema: text },
  { name: 'BareList', schema: { type: 'array', items: text, minItems: 1, maxItems: 10 } },
  { name: 'TextLimits', schema: { type: 'string', minLength: 2, maxLength: 4, pattern: '^[a-z]+$' } },
  {
    name: 'Formats',
    schema: {
      type: 'object',
      properties: Object.fromEntries(
        [
          'date-time',
          'date',
          'time',
          'duration',
          'email',
          'hostname',
          'ipv4',
          'ipv6',
          'uri',
          'uri-reference',
          'uri-template',
          'uuid',
          'json-pointer',
          'relative-json-pointer',
          'regex',
          'byte',
        ].map((format) => [format, { type: 'string', format }]),
      ),
    },
  },
  {
    name: 'Numbers',
    schema: {
      type: 'object',
      required: ['whole', 'share'],
      properties: {
        whole: { type: 'integer', minimum: 1, maximum: 99 },
        share: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
        price: { type: 'number', multipleOf: 0.25 },
      },
      additionalProperties: false,
    },
  },
  {
    name: 'Literals',
    schema: {
      type: 'object',
      required: ['kind', 'mixed', 'settings'],
      properties: {
        kind: { const: 'literal' },
        mixed: { enum: ['a', "it's", 'say "hi"', 1, -2.5, 1e21, true, null, { deep: [1, 'x'] }, []] },
        settings: { const: { mode: 'fast', levels: [1, 2], inner: {} } },
        typed: { type: 'string', enum: ['up', 'down', 3] },
        none: { const: null },
      },
    },
  },
  {
    name: 'Nullable',
    schema: {
      type: 'object',
      required: ['note'],
      properties: {
        note: { type: ['string', 'null'] },
        old: { type: 'string', nullable: true },
        either: { anyOf: [{ type: 'null' }, ref('Node')] },
        shape: { type: ['object', 'null'], required: ['x'], properties: { x: count } },
        list: { type: ['array', 'string'], items: count },
      },
    },
  },
  {
    name: 'Tuples',
    schema: {
      type: 'object',
      required: ['position', 'open'],
      properties: {
        position: {
          type: 'array',
          items: [{ type: 'number' }, { type: 'number' }],
          minItems: 2,
          maxItems: 2,
        },
        open: { type: 'array', items: [text, count] },
        closed: { type: 'array', items: [text, count], additionalItems: false },
        rest: { type: 'array', items: [text], additionalItems: count, minItems: 1 },
        cut: { type: 'array', items: [text, count, text], maxItems: 2 },
      },
    },
  },
  {
    name: 'Lists',
    schema: {
      type: 'object',
      properties: {
        unique: { type: 'array', items: { enum: ['a', 'b', 'c'] }, uniqueItems: true },
        containing: { type: 'array', contains: { const: 1 } },
        containingEach: { type: 'array', items: { type: 'array', contains: { const: 1 } } },
        untyped: { type: 'array' },
        nested: { type: 'array', items: { type: 'array', items: { type: ['string', 'null'] } } },
        unions: { type: 'array', items: { oneOf: [text, { type: 'boolean' }] } },
        empty: { type: 'array', maxItems: 0 },
      },
    },
  },
  {
    name: 'OpenObject',
    schema: { type: 'object', required: ['id'], properties: { id: text }, additionalProperties: true },
  },
  {
    name: 'MapOfNumbers',
    schema: { type: 'object', additionalProperties: count, minProperties: 1, maxProperties: 3 },
  },
  {
    name: 'MapBesideNames',
    schema: {
      type: 'object',
      required: ['id'],
      properties: { id: text, size: count },
      additionalProperties: count,
    },
  },
  {
    name: 'MapBesideObjects',
    schema: {
      type: 'object',
      properties: { owner: { type: 'object', required: ['id'], properties: { id: text } } },
      additionalProperties: { type: 'array', items: count },
    },
  },
  { name: 'ClosedAndEmpty', schema: { type: 'object', additionalProperties: false } },
  {
    name: 'Patterns',
    schema: {
      type: 'object',
      properties: { id: text },
      patternProperties: { '^x-': count, '^s_': text },
      additionalProperties: false,
    },
  },
  { name: 'OpenPatterns', schema: { type: 'object', patternProperties: { '^x-': count } } },
  {
    name: 'NamedKeys',
    schema: { type: 'object', propertyNames: { enum: ['en', 'pt'] }, additionalProperties: text },
  },
  {
    name: 'Dependent',
    schema: {
      type: 'object',
      properties: { card: text, address: text, gift: { type: 'boolean' } },
      dependencies: { card: ['address'], gift: { required: ['card'] } },
    },
  },
  {
    name: 'Conditional',
    schema: {
      type: 'object',
      required: ['country'],
      properties: { country: { enum: ['US', 'NL'] }, zip: text },
      if: { properties: { country: { const: 'US' } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
      then: { required: ['zip'], properties: { zip: { pattern: '^\\d{5}$' } } },
      else: { properties: { zip: { maxLength: 4 } } },
    },
  },
  {
    name: 'Refused',
    schema: { type: 'object', properties: { n: { type: 'integer', not: { const: 0 } }, gone: false } },
  },
  {
    name: 'Recursive',
    schema: {
      type: 'object',
      required: ['tree', 'list'],
      properties: { tree: ref('Tree'), list: ref('Node') },
    },
  },
  {
    name: 'SelfReference',
    schema: {
      type: 'object',
      required: ['name'],
      properties: {
        name: text,
        parts: { type: 'array', items: { $ref: '#/components/messages/SelfReference/payload' }, maxItems: 2 },
      },
    },
  },
  { name: 'AnyJson', schema: { type: 'object', required: ['value'], properties: { value: ref('Json') } } },
  {
    name: 'Discriminated',
    schema: {
      type: 'object',
      required: ['pet'],
      properties: { pet: { oneOf: [ref('Cat'), ref('Dog')], discriminator: 'kind' } },
    },
  },
  { name: 'RootUnion', schema: { oneOf: [ref('Cat'), ref('Dog')], discriminator: 'kind' } },
  {
    name: 'AnyOfParts',
    schema: {
      type: 'object',
      anyOf: [{ required: ['a'] }, { required: ['b'] }],
      properties: { a: text, b: count },
    },
  },
  {
    name: 'Merged',
    schema: {
      allOf: [
        ref('Shared'),
        { type: 'object', required: ['note'], properties: { note: { minLength: 1 }, extra: count } },
        { description: 'Only words.' },
      ],
    },
  },
  {
    name: 'Based',
    schema: {
      allOf: [
        ref('Envelope'),
        {
          type: 'object',
          required: ['kind'],
          properties: {
            kind: { const: 'based' },
            rank: { enum: [1, 'first'] },
            data: { type: 'object', required: ['n'], properties: { n: count } },
            meta: { type: 'object', required: ['note'], properties: { tag: text } },
          },
        },
      ],
    },
  },
  {
    name: 'BasedFarOff',
    schema: {
      allOf: [
        ref('Sourced'),
        ref('Envelope'),
        { properties: { source: { enum: ['a', 'b'] }, data: ref('Shared') } },
      ],
    },
  },
  { name: 'BasedOnTwo', schema: { allOf: [ref('Envelope'), ref('Shared')] } },
  // TypeScript takes no base of which this would be a narrower kind: neither type is seen to hold the other.
  {
    name: 'BasedOtherwise',
    schema: {
      allOf: [ref('Envelope'), { type: 'object', properties: { pet: { oneOf: [ref('Dog'), ref('Cat')] } } }],
    },
  },
  {
    name: 'Parts',
    schema: {
      type: 'object',
      required: ['made', 'BasedData'],
      properties: {
        made: {
          type: 'object',
          description: 'Written in place.',
          required: ['x'],
          properties: { x: count, deep: { type: 'object', properties: { y: text } } },
        },
        BasedData: { type: 'object', properties: { z: text } },
      },
    },
  },
  {
    name: 'Unmergeable',
    schema: {
      allOf: [
        {
          type: 'object',
          required: ['a'],
          properties: { a: text },
          oneOf: [{ required: ['x'] }, { required: ['y'] }],
        },
        { type: 'object', properties: { b: count }, oneOf: [{ required: ['p'] }, { required: ['q'] }] },
        { not: { required: ['forbidden'] } },
        { not: { required: ['forbidden too'] } },
      ],
    },
  },
  {
    name: 'UnionBesideNames',
    schema: {
      type: 'object',
      required: ['id'],
      properties: { id: text },
      oneOf: [
        { type: 'object', required: ['email'], properties: { email: text } },
        { type: 'object', required: ['phone'], properties: { phone: text, country: text } },
      ],
    },
  },
  {
    name: 'OddNames',
    schema: {
      type: 'object',
      required: ['first-name', '__proto__', 'constructor', 'hasOwnProperty'],
      properties: Object.fromEntries([
        ['first-name', ref('first-name')],
        ['snake_case', text],
        ['name', text],
        ['class', text],
        ['constructor', count],
        ['hasOwnProperty', count],
        ['with space', text],
        ["quo'te", text],
        ['quo"te', text],
        ['back\\slash', text],
        ['new\nline', text],
        ['ünï', text],
        ['1st', text],
        ['', text],
        ['[key]', text],
        ['__proto__', count],
      ]),
      additionalProperties: false,
    },
  },
  {
    name: 'Described',
    schema: {
      description: 'Ends a comment: */ and\n\n * has a list\n * of `two`, and an @tag.',
      type: 'object',
      properties: {
        old: { ...text, deprecated: true, description: 'Not any more.' },
        shown: { ...text, examples: ['like this */'] },
      },
    },
  },
  {
    name: 'Promised',
    schema: { type: 'object', required: ['promise'], properties: { promise: ref('Promise') } },
  },
  { name: 'FirstShared', schema: ref('Shared') },
  { name: 'SecondShared', schema: ref('Shared') },
  {
    name: 'RefersToShared',
    schema: { type: 'object', required: ['inner'], properties: { inner: ref('Shared') } },
  },
  { name: 'Untyped', schema: { properties: { a: text }, required: ['a'] } },
  { name: 'Required', schema: { type: 'object', required: ['undeclared'] } },
  {
    name: 'Injected',
    schema: { type: 'object', properties: { a: { type: 'string', tsType: 'never', tsEnumNames: ['x'] } } },
  },
  {
    name: 'Identified',
    schema: { $id: 'urn:example:identified', type: 'object', properties: { a: { $id: 'urn:a', ...text } } },
  },
  { name: 'delete', schema: { type: 'object', required: ['reason'], properties: { reason: text } } },
  { name: 'NewOrder', schema: { type: 'object', required: ['id'], properties: { id: text } } },
  { name: 'Order', schema: { type: 'object', required: ['id'], properties: { id: count } } },
  {
    name: 'Handler',
    schema: { type: 'object', required: ['run'], properties: { run: { type: 'boolean' } } },
  },
  {
    name: 'MessageContract',
    schema: { type: 'object', required: ['signed'], properties: { signed: { type: 'boolean' } } },
  },
  {
    name: 'Defined',
    dialect: '2019-09',
    schema: {
      type: 'object',
      required: ['a'],
      $defs: { part: { type: 'object', required: ['x'], properties: { x: count } } },
      properties: {
        a: { $ref: '#/components/messages/Defined/payload/schema/$defs/part' },
        b: text,
        c: text,
      },
      dependentRequired: { b: ['c'] },
      dependentSchemas: { c: { properties: { b: { minLength: 2 } } } },
      unevaluatedProperties: false,
    },
  },
  {
    name: 'Prefixed',
    dialect: '2020-12',
    schema: {
      type: 'object',
      required: ['pair'],
      properties: {
        pair: { type: 'array', prefixItems: [text, count], items: false, minItems: 2 },
        open: { type: 'array', prefixItems: [text] },
        rest: { type: 'array', prefixItems: [text], items: { type: 'boolean' } },
      },
    },
  },
  {
    name: 'Contained',
    dialect: '2020-12',
    schema: {
      type: 'array',
      items: { enum: [1, 2] },
      contains: { const: 1 },
      minContains: 1,
      maxContains: 2,
    },
  },
  {
    name: 'Ended',
    dialect: '2020-12',
    schema: { type: 'array', prefixItems: [text], unevaluatedItems: false },
  },
  {
    name: 'Evaluated',
    dialect: '2020-12',
    schema: {
      allOf: [{ type: 'object', properties: { a: text } }],
      type: 'object',
      properties: { b: count },
      unevaluatedProperties: false,
    },
  },
];

/** The keywords of draft-07, 2019-09 and 2020-12 that the tool gives meaning to. The corpus uses each. */
export const KEYWORDS = [
  '$id',
  '$ref',
  '$defs',
  'additionalItems',
  'additionalProperties',
  'allOf',
  'anyOf',
  'const',
  'contains',
  'dependencies',
  'dependentRequired',
  'dependentSchemas',
  'deprecated',
  'description',
  'discriminator',
  'else',
  'enum',
  'examples',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'format',
  'if',
  'items',
  'maxContains',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minContains',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'multipleOf',
  'not',
  'nullable',
  'oneOf',
  'pattern',
  'patternProperties',
  'prefixItems',
  'properties',
  'propertyNames',
  'required',
  'then',
  'type',
  'unevaluatedItems',
  'unevaluatedProperties',
  'uniqueItems',
];
