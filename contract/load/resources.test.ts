import { evaluator, type JsonObject, type JsonValue } from '@chirograph/schema';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { load, memoryReader } from './index.ts';

const BASE = 'https://example.com/schemas/';
const DRAFT = 'https://json-schema.org/draft/2020-12/schema';

/** Schemas by the names of their files, the first one asked; and values, some of which it wants. */
const CASES: Readonly<Record<string, { files: Record<string, JsonObject>; values: readonly JsonValue[] }>> = {
  'a relative reference to the `$id` of another file': {
    files: {
      'a.json': { $id: `${BASE}order.json`, properties: { to: { $ref: 'address.json' } } },
      'b.json': { $id: `${BASE}address.json`, required: ['street'] },
    },
    values: [{ to: {} }, { to: { street: 1 } }],
  },
  'an absolute reference, with a pointer': {
    files: {
      'a.json': { items: { $ref: `${BASE}common.json#/definitions/n` } },
      'b.json': { $id: `${BASE}common.json`, definitions: { n: { type: 'integer' } } },
    },
    values: [[1], ['a']],
  },
  'pointers are read from the schema with the `$id`': {
    files: {
      'a.json': {
        definitions: {
          n: { type: 'string' },
          inner: {
            $id: `${BASE}inner`,
            definitions: { n: { type: 'integer' } },
            items: { $ref: '#/definitions/n' },
          },
        },
        $ref: '#/definitions/inner',
      },
    },
    values: [[1], ['a']],
  },
  'a schema that is found by a relative `$id` within another': {
    files: {
      'a.json': {
        $id: `${BASE}root.json`,
        properties: { a: { $ref: 'folder/inner.json' }, b: { $ref: 'folder/inner.json#/definitions/x' } },
        definitions: {
          i: { $id: 'folder/inner.json', type: 'integer', definitions: { x: { type: 'string' } } },
        },
      },
    },
    values: [{ a: 1, b: 'x' }, { a: 'x' }, { b: 1 }],
  },
  'the root of a schema with an `$id`': {
    files: { 'a.json': { $id: `${BASE}tree`, type: 'object', additionalProperties: { $ref: '#' } } },
    values: [{ a: { b: {} } }, { a: { b: 1 } }],
  },
  'an anchor of draft-07': {
    files: {
      'a.json': {
        $id: `${BASE}a`,
        items: { $ref: '#n' },
        definitions: { n: { $id: '#n', type: 'integer' } },
      },
    },
    values: [[1], ['a']],
  },
  'an anchor in another schema': {
    files: {
      'a.json': { $schema: DRAFT, items: { $ref: `${BASE}b#n` } },
      'b.json': { $schema: DRAFT, $id: `${BASE}b`, $defs: { n: { $anchor: 'n', type: 'integer' } } },
    },
    values: [[1], ['a']],
  },
  'a dynamic reference that nobody extends': {
    files: {
      'a.json': {
        $schema: DRAFT,
        $id: `${BASE}tree`,
        $dynamicAnchor: 'node',
        type: 'object',
        additionalProperties: { $dynamicRef: '#node' },
      },
    },
    values: [{ a: { b: {} } }, { a: { b: 1 } }],
  },
  'what stands beside a reference since 2019-09': {
    files: {
      'a.json': { $schema: DRAFT, $ref: 'urn:x:b', properties: { b: true }, unevaluatedProperties: false },
      'b.json': { $schema: DRAFT, $id: 'urn:x:b', properties: { a: true } },
    },
    values: [{ a: 1, b: 1 }, { c: 1 }],
  },
  'a schema that refers to itself beside a reference': {
    files: {
      'a.json': {
        $schema: DRAFT,
        items: { $ref: '#/$defs/node' },
        $defs: {
          node: { $ref: '#/$defs/named', properties: { next: { $ref: '#/$defs/node' } } },
          named: { required: ['name'] },
        },
      },
    },
    values: [[{ name: 1, next: { name: 2 } }], [{ name: 1, next: {} }]],
  },
  'a chain of references, each with something beside it': {
    files: {
      'a.json': { $schema: DRAFT, $ref: `${BASE}b.json#/$defs/b`, minimum: 1 },
      'b.json': {
        $schema: DRAFT,
        $id: `${BASE}b.json`,
        $defs: { b: { $ref: '#/$defs/c', maximum: 3 }, c: { type: 'integer' } },
      },
    },
    values: [2, 0, 4, 2.5],
  },
  'a schema that is a reference to its own definitions': {
    files: {
      'a.json': { $ref: '#/definitions/a', definitions: { a: { type: 'integer', title: 'A' } } },
    },
    values: [1, 'a'],
  },
  'what only looks like an `$id`': {
    files: {
      'a.json': {
        items: { $ref: `${BASE}b` },
        default: { $id: `${BASE}b`, type: 'string' },
        properties: { default: { $id: `${BASE}b`, type: 'integer' }, $id: { type: 'string' } },
      },
    },
    values: [[1], ['a']],
  },
};

describe.each(Object.entries(CASES))('%s', (_, { files, values }) => {
  const documents = Object.fromEntries(Object.entries(files).map(([file, it]) => [file, JSON.stringify(it)]));
  const [first = ''] = Object.keys(files);
  const { workspace, diagnostics } = load(
    memoryReader({
      ...documents,
      'x.asyncapi.yaml': `asyncapi: 3.0.0\ninfo: { title: T, version: '1' }\nchannels: { c: { messages: { M: { payload: { $ref: ./${first} } } } } }\n`,
    }),
  );

  it('is resolved', () => {
    expect(diagnostics).toEqual([]);
  });

  it('means what it means to Ajv', () => {
    const options = { strict: false, addUsedSchema: false };
    const ajv = files[first]?.$schema === DRAFT ? new Ajv2020(options) : new Ajv(options);
    for (const [file, schema] of Object.entries(files))
      if (file !== first) ajv.addSchema(schema, schema.$id === undefined ? file : undefined);
    const theirs = ajv.compile(files[first]!);
    const ours = evaluator((id) => workspace.schemas[id]?.json);
    const root = workspace.messages[0]?.payload ?? '';
    const verdicts = values.map((value) => ours.matches({ $ref: root }, value));
    expect(verdicts).toEqual(values.map((value) => theirs(value)));
    expect(new Set(verdicts).size).toBe(2);
  });
});

it('prefers the copy in the same file where several schemas have one `$id`', () => {
  const doc = (type: string) =>
    `asyncapi: 3.0.0\ninfo: { title: T, version: '1' }\nchannels: { c: { messages: { M: { payload: { $ref: 'urn:x:n' } } } } }\ncomponents: { schemas: { N: { $id: 'urn:x:n', type: ${type} } } }\n`;
  const { workspace } = load(memoryReader({ 'a/a.yaml': doc('string'), 'a/b.yaml': doc('integer') }));
  expect(workspace.messages.map(({ payload }) => payload)).toEqual([
    'a/a.yaml#/components/schemas/N',
    'a/b.yaml#/components/schemas/N',
  ]);
});

it('reads from the document what leads nowhere in a schema with an `$id`, as the official parser does', () => {
  const { workspace, diagnostics } = load(
    memoryReader({
      'a.yaml': `asyncapi: 3.0.0\ninfo: { title: T, version: '1' }\nchannels: { c: { messages: { M: { payload: { $id: 'urn:x:m', items: { $ref: '#/components/schemas/N' } } } } } }\ncomponents: { schemas: { N: { type: string } } }\n`,
    }),
  );
  expect(diagnostics).toEqual([]);
  expect(workspace.schemas['a.yaml#/components/schemas/N']).toBeDefined();
});
