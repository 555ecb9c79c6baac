import type { JsonSchema } from '../../keywords/schema.ts';
import {
  closed,
  D4,
  D7,
  D2020,
  integer,
  nothing,
  number,
  object,
  pattern,
  relates,
  text,
  upTo,
  when,
} from './relates.ts';

const pets = (catNeeds: readonly string[], packs: readonly number[]) => ({
  $ref: '#/definitions/Any',
  definitions: {
    Pet: { ...object({ kind: text, name: text }, ['kind', 'name']), discriminator: { propertyName: 'kind' } },
    Cat: {
      allOf: [
        { $ref: '#/definitions/Pet' },
        object({ kind: { enum: ['Cat'] }, hunts: { enum: ['well', 'badly'] } }, catNeeds),
      ],
    },
    Dog: {
      allOf: [
        { $ref: '#/definitions/Pet' },
        object({ kind: { enum: ['Dog'] }, pack: { enum: packs } }, ['pack']),
      ],
    },
    Any: { oneOf: [{ $ref: '#/definitions/Cat' }, { $ref: '#/definitions/Dog' }] },
  },
});

relates('OpenAPI', [
  ['inheritance with a field less to be had', pets(['hunts'], [1, 2]), 'narrower', pets([], [1, 2])],
  ['inheritance with a value more', pets([], [1, 2]), 'narrower', pets([], [1, 2, 3])],
  ['both at once', pets(['hunts'], [1, 2, 3]), 'neither', pets([], [1, 2])],
  [
    'nullable',
    object({ a: { type: 'string', nullable: true } }),
    'same',
    object({ a: { type: ['string', 'null'] } }),
  ],
  [
    'integers of 32 bits are some of 64',
    object({ id: { type: 'integer', format: 'int32', readOnly: true } }),
    'narrower',
    object({ id: { type: 'integer', format: 'int64' } }),
  ],
]);

const resource = (more: Record<string, JsonSchema>) =>
  object({
    apiVersion: text,
    metadata: { type: 'object' },
    spec: object({ template: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }, ...more }, [
      'template',
    ]),
  });
const label = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?';
const port = { 'x-kubernetes-int-or-string': true, anyOf: [integer, text] };

relates('custom resources', [
  [
    'a label is a name of labels',
    resource({ name: { ...pattern(`^${label}$`), maxLength: 63 } }),
    'narrower',
    resource({ name: { ...pattern(`^${label}(\\.${label})*$`), maxLength: 253 } }),
  ],
  [
    'a number or a text',
    resource({ port: { ...port, pattern: '^[0-9]+%?$' } }),
    'narrower',
    resource({ port }),
  ],
  [
    'conditions',
    resource({
      conditions: {
        type: 'array',
        items: object({ status: { enum: ['True', 'False'] } }, ['type', 'status']),
      },
    }),
    'narrower',
    resource({ conditions: { type: 'array', items: object({ status: text }, ['type']) } }),
  ],
  [
    'labels with a limit',
    resource({
      labels: { type: 'object', maxProperties: 3, additionalProperties: { ...text, maxLength: 63 } },
    }),
    'narrower',
    resource({ labels: { type: 'object', additionalProperties: text } }),
  ],
]);

const compiler = (targets: readonly (string | null)[], more: Record<string, JsonSchema> = {}) => ({
  ...D4,
  allOf: [
    { anyOf: [{ $ref: '#/definitions/files' }, { $ref: '#/definitions/include' }] },
    { $ref: '#/definitions/options' },
  ],
  definitions: {
    files: { properties: { files: { type: 'array', uniqueItems: true, items: text } } },
    include: { properties: { include: { type: 'array', uniqueItems: true, items: text } } },
    options: {
      properties: {
        options: {
          type: ['object', 'null'],
          properties: {
            target: {
              type: ['string', 'null'],
              anyOf: [{ enum: targets }, { pattern: '^[Ee][Ss](\\d|20\\d\\d)$' }],
            },
            ...more,
          },
        },
      },
    },
  },
});
const workflow = (events: readonly string[], runsOn: JsonSchema) => ({
  ...D7,
  ...object(
    {
      on: { oneOf: [{ enum: events }, { type: 'array', minItems: 1, items: { enum: events } }] },
      jobs: {
        type: 'object',
        minProperties: 1,
        patternProperties: { '^[_a-zA-Z][\\w-]*$': { $ref: '#/definitions/job' } },
        ...closed,
      },
    },
    ['on', 'jobs'],
    closed,
  ),
  definitions: {
    name: pattern('^[_a-zA-Z][\\w-]*$'),
    job: object(
      {
        'runs-on': runsOn,
        needs: {
          oneOf: [{ $ref: '#/definitions/name' }, { type: 'array', items: { $ref: '#/definitions/name' } }],
        },
        steps: {
          type: 'array',
          items: {
            oneOf: [object({ uses: text }, ['uses']), object({ run: text }, ['run'])],
            dependencies: { shell: ['run'] },
          },
        },
      },
      ['runs-on'],
      closed,
    ),
  },
});

relates('settings of tools', [
  ['values that a pattern allows anyway', compiler(['ES3']), 'same', compiler(['ES3', 'ES5', 'ES2020'])],
  ['a value that it does not', compiler(['ES3']), 'narrower', compiler(['ES3', 'ESNext'])],
  [
    'an option that was free',
    compiler(['ES3']),
    'beyond',
    compiler(['ES3'], { strict: { type: ['boolean', 'null'] } }),
  ],
  ['an event more', workflow(['push'], text), 'narrower', workflow(['push', 'release'], text)],
  [
    'a list of machines',
    workflow(['push'], text),
    'narrower',
    workflow(['push'], { anyOf: [text, { type: 'array', items: text }] }),
  ],
  [
    'an event more and a list less',
    workflow(['push'], { type: ['string', 'array'] }),
    'neither',
    workflow(['push', 'pull'], text),
  ],
]);

const record = (name: string, value: JsonSchema) =>
  object({ [name]: object({ v: value }, ['v'], closed) }, [name], closed);

relates('what comes of Avro', [
  [
    'a union with null',
    object({ a: text }, ['a']),
    'narrower',
    object({ a: { oneOf: [nothing, text] } }, ['a']),
  ],
  [
    'a union of types that overlap',
    object({ a: integer }, ['a']),
    'beyond',
    object({ a: { oneOf: [integer, number] } }, ['a']),
  ],
  [
    'a union of records, by name',
    { oneOf: [record('A', text), record('B', integer)] },
    'same',
    {
      ...object(
        { A: object({ v: text }, ['v'], closed), B: object({ v: integer }, ['v'], closed) },
        [],
        closed,
      ),
      minProperties: 1,
      maxProperties: 1,
    },
  ],
  [
    'bytes of a fixed length',
    pattern('^[\\u0000-\\u00ff]{4}$'),
    'same',
    { ...pattern('^[\\u0000-\\u00ff]*$'), minLength: 4, maxLength: 4 },
  ],
]);

const tagged = (tags: readonly string[], value: JsonSchema, union = 'oneOf') => ({
  [union]: tags.map((tag) => object({ tag: { const: tag }, value }, ['tag'])),
});
const tags = upTo(20).map((i) => `T${i}`);
const needs = (of: (tag: string) => string) => ({
  type: 'object',
  required: ['tag'],
  properties: { tag: { enum: tags } },
  allOf: tags.map((tag) => when({ properties: { tag: { const: tag } } }, { required: [of(tag)] })),
});

relates('unions', [
  ['a tag more', tagged(['a', 'b'], text), 'narrower', tagged(['a', 'b', 'c'], text)],
  ['with a tag exactly one is at least one', tagged(tags, text), 'same', tagged(tags, text, 'anyOf')],
  [
    'conditions by tag',
    needs((tag) => `of${tag}`),
    'same',
    { oneOf: tags.map((tag) => object({ tag: { const: tag } }, ['tag', `of${tag}`])) },
  ],
  [
    'two at once',
    { anyOf: [{ required: ['a'] }, { required: ['b'] }] },
    'beyond',
    { oneOf: [{ required: ['a'] }, { required: ['b'] }] },
  ],
  [
    'untagged and closed',
    { oneOf: upTo(30).map((i) => object({ [`k${i}`]: integer }, [`k${i}`], closed)) },
    'narrower',
    { oneOf: upTo(30).map((i) => object({ [`k${i}`]: number }, [`k${i}`], closed)) },
  ],
  [
    'a product of tags',
    {
      oneOf: upTo(16).map((i) =>
        object({ a: { const: i % 4 }, b: { const: Math.floor(i / 4) } }, ['a', 'b']),
      ),
    },
    'same',
    object({ a: { enum: upTo(4) }, b: { enum: upTo(4) } }, ['a', 'b']),
  ],
]);

const chain = (length: number, type: string) => ({
  $ref: `#/definitions/${length}`,
  definitions: Object.fromEntries(
    upTo(length + 1).map((i) => {
      const own = object({ [`f${i}`]: { type } }, [`f${i}`]);
      return [`${i}`, i === 0 ? own : { allOf: [{ $ref: `#/definitions/${i - 1}` }, own] }];
    }),
  ),
});

relates('inheritance', [
  ['thirty levels', chain(30, 'integer'), 'narrower', chain(30, 'number')],
  ['a level more', chain(12, 'integer'), 'narrower', chain(11, 'integer')],
  [
    'two closed parents have no child',
    { allOf: [object({ a: text }, ['a'], closed), object({ b: text }, ['b'], closed)] },
    'within',
    false,
  ],
]);

const list = (item: JsonSchema) => ({
  ...D7,
  $ref: '#/definitions/list',
  definitions: {
    list: {
      anyOf: [
        nothing,
        object({ head: item, tail: { $ref: '#/definitions/list' } }, ['head', 'tail'], closed),
      ],
    },
  },
});
const tree = (value: JsonSchema, most: number) => ({
  ...D2020,
  $ref: '#/$defs/node',
  $defs: {
    node: object({ value, children: { type: 'array', items: { $ref: '#/$defs/node' }, maxItems: most } }, [
      'value',
    ]),
  },
});
/** Lists in lists, of which the depth is a multiple of a number. */
const depths = (divisor: number) => ({
  $ref: '#/definitions/0',
  definitions: Object.fromEntries(
    upTo(divisor).map((i) => {
      const inner = {
        type: 'array',
        items: [{ $ref: `#/definitions/${(i + 1) % divisor}` }],
        minItems: 1,
        maxItems: 1,
      };
      return [`${i}`, { anyOf: [...(i === 0 ? [nothing] : []), inner] }];
    }),
  ),
});
const json = {
  $ref: '#/definitions/json',
  definitions: {
    json: {
      anyOf: [
        { type: ['null', 'boolean', 'number', 'string'] },
        { type: 'array', items: { $ref: '#/definitions/json' } },
        { type: 'object', additionalProperties: { $ref: '#/definitions/json' } },
      ],
    },
  },
};

relates('recursion', [
  ['a list', list({ const: 1 }), 'narrower', list({ enum: [1, 2] })],
  ['a tree with more children', tree(integer, 2), 'narrower', tree(integer, 3)],
  ['six is a multiple of two', depths(6), 'narrower', depths(2)],
  ['every value there is', json, 'same', true],
  [
    'a dynamic one',
    { ...D2020, type: 'array', items: { type: 'array', maxItems: 0 } },
    'narrower',
    { ...D2020, $dynamicAnchor: 'n', type: 'array', items: { $dynamicRef: '#n' } },
  ],
  [
    'one without an end',
    { $ref: '#/definitions/a', definitions: { a: object({ a: { $ref: '#/definitions/a' } }, ['a']) } },
    'within',
    false,
  ],
]);
