import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { lint } from '@chirograph/contract/lint';
import { load, memoryReader } from '@chirograph/contract/load';
import { createConsumer, createProducer, outbox, receive, relay } from '@chirograph/runtime';
import type { MessageContract } from '@chirograph/runtime/contract';
import { memoryBroker } from '@chirograph/runtime/memory';
import type { Samples } from '@chirograph/runtime/samples';
import { sqliteStore } from '@chirograph/runtime/sqlite';
import { recordingPublisher } from '@chirograph/runtime/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate } from './generate.ts';
import { compilerOutput, proofFolder, writeOutput } from './proof/prove.ts';
import type { GeneratedFile } from './source/generator.ts';

const FOLDER = proofFolder('standard');

/** What is generated for a case: the contracts and samples of its messages by their names in code, and all text. */
interface Generated {
  readonly contracts: Readonly<Record<string, MessageContract<unknown>>>;
  readonly samples: Readonly<Record<string, Samples<unknown>>>;
  readonly text: (file: string) => string;
}

interface Case {
  readonly document: object;
  readonly holds: (made: Generated) => void | Promise<void>;
}

const MANY = Object.fromEntries(
  ['customerIdentifier', 'deliveryAddressLine', 'deliveryPostalCode', 'preferredCarrierName'].map((it) => [
    it,
    'string',
  ]),
);

/** What the standards allow and tools of this kind get wrong: it compiles, and its guards, samples and types agree. */
const CASES: Readonly<Record<string, Case>> = {
  'two messages of one key on two channels': {
    document: {
      channels: {
        orders: { address: 'orders', messages: { Event: { payload: objectOf({ orderId: 'string' }) } } },
        users: { address: 'users', messages: { Event: { payload: objectOf({ userId: 'integer' }) } } },
      },
    },
    holds({ contracts, text }) {
      expect(contracts.eventOnOrders?.validate({ orderId: 'o' })).toBe(true);
      expect(contracts.eventOnOrders?.validate({ userId: 1 })).toBe(false);
      expect(contracts.eventOnUsers?.channel).toBe('users');
      expect(text('consumers/service.ts')).toMatch(
        /eventOnOrders: Handler<EventOnOrders>;[\s\S]*eventOnUsers: Handler/,
      );
      expect(text('upcasters.ts')).toBe('');
    },
  },
  'versions of a message on each of two channels': {
    document: {
      channels: {
        orders: {
          address: 'orders',
          messages: {
            Event: versioned('1.0', objectOf({ a: 'string' })),
            EventNext: versioned('2.0', objectOf({ a: 'string', b: 'string' }), [
              { from: '1.0', default: { '/b': 'x' } },
            ]),
          },
        },
        users: { address: 'users', messages: { Event: versioned('1.0', objectOf({ userId: 'integer' })) } },
      },
    },
    holds({ text }) {
      expect(text('upcasters.ts').match(/export function \w+/g)).toEqual(['export function eventNextFromV1']);
      expect(text('consumers/service.ts')).toMatch(/receive\(eventOnUsers, handlers\.eventOnUsers\),/);
    },
  },
  'a base that is allOf of one part, nested': {
    document: withPayload(
      { allOf: [{ $ref: '#/components/schemas/Mid' }, objectOf({ to: 'string' })] },
      {
        Mid: { description: 'One more than another.', allOf: [{ $ref: '#/components/schemas/Low' }] },
        Low: { allOf: [{ allOf: [{ $ref: '#/components/schemas/Base' }] }] },
        Base: objectOf({ id: 'string' }),
      },
    ),
    holds({ contracts, text }) {
      expect(contracts.m?.validate({ id: '1', to: '2' })).toBe(true);
      expect(contracts.m?.validate({ to: '2' })).toBe(false);
      expect(text('types.ts')).toMatch(/interface M /);
    },
  },
  'sixty bases, one on the other': {
    document: withPayload(
      { $ref: '#/components/schemas/Base60' },
      Object.fromEntries(
        Array.from({ length: 61 }, (_, i) => [
          `Base${i}`,
          i === 0
            ? objectOf({ id: 'string' })
            : {
                allOf: [{ $ref: `#/components/schemas/Base${i - 1}` }, objectOf({ [`f${i}`]: 'integer' })],
              },
        ]),
      ),
    ),
    holds({ text }) {
      expect(text('types.ts')).toMatch(/interface Base59 extends Base58 \{\s+readonly f59: number;\s+\}/);
    },
  },
  'members that several conditions declare': {
    document: withPayload(
      {
        type: 'object',
        required: ['method'],
        properties: { method: { enum: ['card', 'bank', 'cash'] } },
        allOf: [
          { $ref: '#/components/schemas/Card' },
          {
            if: { properties: { method: { const: 'bank' } } },
            // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
            then: { required: ['iban'], properties: { iban: { type: 'string' } } },
            else: { properties: { rate: { type: 'number' } } },
          },
          { dependencies: { iban: { properties: { bic: { type: 'string' } } } } },
          { dependencies: { bic: { properties: { country: { type: 'string' } } } } },
        ],
      },
      {
        Card: {
          if: { properties: { method: { const: 'card' } } },
          // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
          then: { required: ['last4'], properties: { last4: { type: 'string' } } },
        },
      },
    ),
    holds({ contracts, text }) {
      const of = (it: object) => contracts.m?.validate(it);
      expect(of({ method: 'card', last4: '1234', rate: 1 })).toBe(true);
      expect([of({ method: 'card' }), of({ method: 'bank' }), of({ method: 'cash', rate: 'x' })]).toEqual([
        false,
        false,
        false,
      ]);
      const body = /interface M \{([\s\S]*?)\n\}/.exec(text('types.ts'))?.[1]?.match(/\w+\??: \w+/g);
      expect(body).toEqual([
        'last4?: string',
        'bic?: string',
        'iban?: string',
        'rate?: number',
        'country?: string',
      ]);
    },
  },
  'tuples with a few more items': {
    document: withPayload({
      type: 'object',
      properties: {
        upTo: {
          type: 'array',
          items: [{ type: 'string' }],
          additionalItems: { type: 'integer' },
          minItems: 2,
          maxItems: 3,
        },
        atLeast: { type: 'array', items: [{ type: 'string' }], minItems: 2 },
        many: { type: 'array', items: [{ type: 'string' }], maxItems: 40 },
      },
    }),
    holds({ text }) {
      expect(text('types.ts').match(/\w+\?: readonly.*;/g)).toEqual([
        'upTo?: readonly [string, number, number?];',
        'atLeast?: readonly [string, unknown, ...unknown[]];',
        'many?: readonly [string?, ...unknown[]];',
      ]);
    },
  },
  'what samples are made of, where that is hard': {
    document: withPayload(
      {
        type: 'object',
        required: ['size', 'nothing', 'name', 'tags', 'tree', 'code'],
        properties: {
          size: { type: 'number', minimum: 1.7e308 },
          nothing: { type: 'string', maxLength: 0 },
          // What generators of contracts write: examples of another type.
          name: { type: 'string', examples: [1] },
          tags: { type: 'array', items: { type: 'string' }, examples: [['a', 1]] },
          tree: { $ref: '#/components/schemas/Tree' },
          code: { type: 'string', pattern: '^(a|bb)*$', minLength: 7, maxLength: 7 },
        },
      },
      { Tree: { type: 'array', items: { $ref: '#/components/schemas/Tree' }, maxItems: 3 } },
    ),
    holds({ contracts }) {
      const of = (tree: unknown) =>
        contracts.m?.validate({ size: 1.7e308, nothing: '', name: 'x', tags: [], tree, code: 'bbbbbba' });
      expect([of([]), of([[], [[]]]), of([1])]).toEqual([true, true, false]);
    },
  },
  'references in parts of one part each': {
    document: withPayload(
      { allOf: [{ allOf: [{ allOf: [{ $ref: '#/components/schemas/B' }] }] }] },
      {
        B: { allOf: [{ $ref: '#/components/schemas/C' }] },
        C: { anyOf: [{ $ref: '#/components/schemas/D' }] },
        D: objectOf({ id: 'string' }),
      },
    ),
    holds({ contracts }) {
      expect([contracts.m?.validate({ id: 'x' }), contracts.m?.validate({})]).toEqual([true, false]);
    },
  },
  'decimals are counted exactly': {
    document: withPayload({
      type: 'object',
      required: ['price', 'rate', 'whole', 'fine'],
      properties: {
        price: { type: 'number', multipleOf: 0.01 },
        rate: { type: 'number', exclusiveMinimum: 0, maximum: 0.001 },
        whole: { type: 'integer', multipleOf: 2.5 },
        fine: { type: 'number', minimum: 0, maximum: 1e-7, multipleOf: 1e-9 },
      },
    }),
    holds({ contracts }) {
      const of = (price: number) => contracts.m?.validate({ price, rate: 0.0001, whole: 5, fine: 3e-9 });
      expect([19.99, 0.07, 1e21, -4.35, 1.1].map(of)).toEqual([true, true, true, true, true]);
      expect([19.999, 0.001, 1e-7].map(of)).toEqual([false, false, false]);
    },
  },
  'nullable without a type, and bounds of draft-04': {
    document: withPayload(
      {
        schemaFormat: 'application/schema+json;version=draft-04',
        schema: {
          type: 'object',
          required: ['n', 'color', 'callback'],
          properties: {
            n: { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false },
            color: { nullable: true, allOf: [{ $ref: '#/components/schemas/Color' }] },
            shade: { nullable: true, type: 'string' },
            callback: { type: 'string', format: 'url' },
          },
        },
      },
      { Color: { type: 'string', enum: ['red', 'green'] } },
    ),
    holds({ contracts }) {
      const valid = { n: 1, color: 'red', shade: 'dark', callback: 'https://example.com' };
      expect(contracts.m?.validate(valid)).toBe(true);
      expect(contracts.m?.validate({ ...valid, n: 9 })).toBe(true);
      expect(contracts.m?.validate({ ...valid, n: 0 })).toBe(false);
      // JSON Schema has no `nullable`: it makes nothing null, with or without a type.
      expect(contracts.m?.validate({ ...valid, color: null })).toBe(false);
      expect(contracts.m?.validate({ ...valid, shade: null })).toBe(false);
    },
  },
  'what `then`, `else` and `dependentSchemas` ask for': {
    document: withPayload({
      schemaFormat: 'application/schema+json;version=2020-12',
      schema: {
        type: 'object',
        required: ['method'],
        properties: { method: { enum: ['card', 'bank'] }, coupon: { type: 'string' } },
        if: { properties: { method: { const: 'card' } } },
        // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema.
        then: { required: ['last4'], properties: { last4: { type: 'string' }, note: { type: 'string' } } },
        else: { required: ['iban'], properties: { iban: { type: 'string' }, note: { type: 'integer' } } },
        dependentSchemas: {
          coupon: { required: ['campaign'], properties: { campaign: { type: 'integer' } } },
        },
      },
    }),
    holds({ text }) {
      expect(text('types.ts')).toMatch(/readonly last4\?: string;/);
      expect(text('types.ts')).toMatch(/readonly note\?: string \| number;/);
      expect(text('types.ts')).toMatch(/readonly campaign\?: number;/);
    },
  },
  'patterns that are open at their ends, with a length': {
    document: withPayload({
      type: 'object',
      required: ['password', 'code', 'tail', 'word'],
      properties: {
        password: { type: 'string', minLength: 8, pattern: '[0-9]' },
        code: { type: 'string', minLength: 12, maxLength: 20, pattern: '^[A-Z]{2}' },
        tail: { type: 'string', minLength: 12, pattern: '-x$' },
        word: { type: 'string', minLength: 2, pattern: 'a' },
      },
    }),
    holds({ samples }) {
      expect(samples.m?.sample(undefined, { seed: 1 })).toMatchObject({
        password: expect.stringMatching(/^.{8}/),
        code: expect.stringMatching(/^[A-Z]{2}.{10}/),
      });
    },
  },
  'patterns that look ahead': {
    document: withPayload({
      type: 'object',
      required: ['password', 'pin', 'name'],
      properties: {
        password: {
          type: 'string',
          pattern: '^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d)(?=.*[@$!%])[A-Za-z\\d@$!%]{8,}$',
        },
        pin: { type: 'string', minLength: 8, pattern: '(?=.*[A-Z])(?=.*[0-9])' },
        name: { type: 'string', pattern: '^(?!.*admin)[a-z]{3,16}$' },
      },
    }),
    holds({ samples }) {
      expect(new Set(samples.m?.list(20).map((it) => JSON.stringify(it))).size).toBe(20);
    },
  },
  'what nothing else evaluates': {
    document: withPayload({
      schemaFormat: 'application/schema+json;version=2020-12',
      schema: {
        type: 'object',
        required: ['row'],
        allOf: [{ required: ['a'], properties: { a: { type: 'string' } } }],
        properties: {
          row: { type: 'array', prefixItems: [{ type: 'string' }], unevaluatedItems: { type: 'boolean' } },
        },
        unevaluatedProperties: { type: 'integer' },
      },
    }),
    holds({ contracts, text }) {
      expect(text('types.ts')).toMatch(/readonly row: readonly \[string\?, \.\.\.boolean\[\]\];/);
      expect(text('types.ts')).toMatch(/readonly \[key: string\]: unknown;/);
      expect(contracts.m?.validate({ a: '', row: ['x', true], more: 1 })).toBe(true);
      expect(contracts.m?.validate({ a: '', row: ['x', 1] })).toBe(false);
      expect(contracts.m?.validate({ a: '', row: [], more: 'x' })).toBe(false);
    },
  },
  'one type for what nothing else evaluates': {
    document: withPayload({
      schemaFormat: 'application/schema+json;version=2019-09',
      schema: {
        type: 'object',
        properties: { name: { type: 'string' } },
        unevaluatedProperties: { type: 'integer' },
      },
    }),
    holds({ text }) {
      expect(text('types.ts')).toMatch(/readonly \[key: string\]: number \| string \| undefined;/);
    },
  },
  'keys that are listed elsewhere': {
    document: withPayload(
      {
        type: 'object',
        propertyNames: { $ref: '#/components/schemas/Language' },
        additionalProperties: { type: 'string' },
      },
      { Language: { type: 'string', enum: ['en', 'lo'] } },
    ),
    holds({ contracts, text }) {
      expect(text('types.ts')).toMatch(/readonly en\?: string;\s+readonly lo\?: string;\s+\}/);
      expect(contracts.m?.validate({ en: 'x' })).toBe(true);
      expect(contracts.m?.validate({ fr: 'x' })).toBe(false);
    },
  },
  'a tuple that contains something': {
    document: withPayload({
      schemaFormat: 'application/schema+json;version=2020-12',
      schema: {
        type: 'object',
        required: ['list'],
        properties: {
          list: {
            type: 'array',
            prefixItems: [{ type: 'string' }],
            items: { type: ['integer', 'boolean'] },
            contains: { type: 'boolean' },
            minContains: 2,
            maxContains: 3,
          },
        },
      },
    }),
    holds({ contracts }) {
      expect(contracts.m?.validate({ list: ['a', 1, true, false] })).toBe(true);
      expect(contracts.m?.validate({ list: ['a', true] })).toBe(false);
    },
  },
  'what is added to a schema within that schema': {
    document: withPayload(
      { $ref: '#/components/schemas/Tree' },
      {
        Tree: {
          type: 'object',
          required: ['id'],
          properties: {
            id: { type: 'string' },
            child: { allOf: [{ $ref: '#/components/schemas/Tree' }, objectOf({ weight: 'integer' })] },
          },
        },
      },
    ),
    holds({ contracts }) {
      expect(contracts.m?.validate({ id: '1', child: { id: '2', weight: 3 } })).toBe(true);
      expect(contracts.m?.validate({ id: '1', child: { id: '2' } })).toBe(false);
    },
  },
  'a message on a channel without an address, and on others': {
    document: {
      channels: {
        replies: { address: null, messages: { M: { $ref: '#/components/messages/M' } } },
        inboxes: { address: null, messages: { M: { $ref: '#/components/messages/M' } } },
        said: { address: 'said', messages: { M: { $ref: '#/components/messages/M' } } },
      },
      components: { messages: { M: { name: 'm', payload: objectOf({ id: 'string' }) } } },
    },
    holds({ text }) {
      expect(text('messages.ts').match(/^export const \w+/gm)).toHaveLength(3);
      expect(text('producers/service.ts')).toMatch(/ mOnSaid\(/);
    },
  },
  'envelopes that differ by a part, and by several': {
    document: {
      channels: {
        c: {
          address: 'c',
          messages: Object.fromEntries(
            [['id', 'type', 'time'], ['id', 'type'], ['source']].flatMap((parts, i) =>
              ['A', 'B'].map((key) => [
                `${key}${i}`,
                {
                  payload: objectOf(Object.fromEntries(parts.map((it) => [it, 'string']))),
                  'x-contract': { envelope: Object.fromEntries(parts.map((it) => [it, `/${it}`])) },
                },
              ]),
            ),
          ),
        },
      },
    },
    holds({ text }) {
      const declared = text('messages.ts').matchAll(/^const (\w+): Envelope/gm);
      expect([...declared].map(([, name]) => name).sort()).toEqual([
        'envelope',
        'envelope2',
        'envelopeWithTime',
      ]);
    },
  },
  'a list that ends in null': {
    document: withPayload(
      { $ref: '#/components/schemas/Cell' },
      {
        Cell: {
          type: ['object', 'null'],
          required: ['v', 'next'],
          properties: { v: { type: 'integer' }, next: { $ref: '#/components/schemas/Cell' } },
        },
      },
    ),
    holds({ samples }) {
      const lengths = samples.m?.list(100).map((it) => JSON.stringify(it).split('next').length);
      expect(new Set(lengths).size).toBeGreaterThan(1);
    },
  },
  'an upcaster that takes many fields apart': {
    document: {
      channels: {
        c: {
          address: 'c',
          messages: {
            Old: versioned('1.0', objectOf(MANY)),
            New: versioned(
              '2.0',
              objectOf(Object.fromEntries(Object.keys(MANY).map((it) => [`${it}New`, 'string']))),
              [
                {
                  from: '1.0',
                  move: Object.fromEntries(Object.keys(MANY).map((it) => [`/${it}`, `/${it}New`])),
                },
              ],
            ),
          },
        },
      },
    },
    holds({ text }) {
      expect(text('upcasters.ts')).toMatch(/\.\.\.rest\n {2}\} = old;/);
    },
  },
  'text as text': {
    document: {
      channels: {
        c: { address: 'c', messages: { M: { contentType: 'text/plain', payload: { type: 'string' } } } },
      },
    },
    async holds({ contracts }) {
      const bus = recordingPublisher();
      const contract = contracts.m;
      if (!contract) throw new Error('there is no contract');
      await createProducer('service', bus)(contract, 'hello "you"');
      expect(new TextDecoder().decode(bus.published[0]?.message.body)).toBe('hello "you"');
      expect(bus.published[0]?.message.contentType).toBe('text/plain');
      const { codec: _, ...bare } = contract;
      await expect(createProducer('s', bus)({ ...bare, contentType: 'image/png' }, 'x')).rejects.toThrow(
        'no codec for the content type image/png',
      );
      expect(await carriedThrough(contract, ['', 'a\nb', '\u{1f600}'])).toEqual(['', 'a\nb', '\u{1f600}']);
    },
  },
  'XML as text': {
    document: message({ contentType: 'application/xml', payload: { type: 'string' } }),
    async holds({ contracts, text }) {
      expect(text('types.ts')).toMatch(/export type M = string;/);
      expect(await carriedThrough(contracts.m, ['<a/>'])).toEqual(['<a/>']);
    },
  },
  'bytes as bytes': {
    document: {
      channels: {
        c: {
          address: 'c',
          messages: {
            Scan: {
              contentType: 'image/png',
              payload: { type: 'string', format: 'binary', minLength: 2, maxLength: 4 },
            },
            Blob: { contentType: 'application/octet-stream' },
            Shared: { contentType: 'application/x-protobuf', payload: { $ref: '#/components/schemas/Raw' } },
            Letter: {
              payload: { type: 'object', properties: { seal: { $ref: '#/components/schemas/Raw' } } },
            },
          },
        },
      },
      components: { schemas: { Raw: { type: 'string', format: 'binary' } } },
    },
    async holds({ contracts, samples, text }) {
      const bytes = [Uint8Array.from([0, 255, 13]), Uint8Array.from([128, 10])];
      expect(text('types.ts')).toMatch(/export type Scan = Uint8Array;/);
      expect(text('types.ts')).toMatch(/readonly seal\?: Raw;/);
      for (const it of [contracts.scan, contracts.blob, contracts.shared])
        expect(await carriedThrough(it, bytes)).toEqual(bytes);
      expect(contracts.scan?.validate(new Uint8Array(1))).toBe(false);
      expect(contracts.scan?.validate(new Uint8Array(5))).toBe(false);
      expect(contracts.scan?.validate('abc')).toBe(false);
      expect(contracts.letter?.validate({ seal: 'abc' })).toBe(true);
      expect(samples.scan?.invalid().violations).not.toEqual([]);
    },
  },
  'Avro as Avro': {
    document: message({
      contentType: 'application/vnd.apache.avro',
      payload: {
        schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
        schema: {
          type: 'record',
          name: 'Placed',
          fields: [
            { name: 'id', type: 'string' },
            { name: 'count', type: ['null', 'int'], default: null },
            { name: 'seal', type: { type: 'fixed', name: 'Seal', size: 2 } },
          ],
        },
      },
    }),
    async holds({ contracts }) {
      const valid = { id: '1', count: 3, seal: '\u0000\u00ff' };
      expect(contracts.m?.validate(valid)).toBe(true);
      expect(contracts.m?.validate({ ...valid, seal: '\u0100a' })).toBe(false);
      expect(contracts.m?.codec?.encode(valid)).toEqual(Uint8Array.from([2, 0x31, 2, 6, 0, 255]));
      expect(await carriedThrough(contracts.m, [valid])).toEqual([valid]);
    },
  },
  'Avro without a content type, by default': {
    document: message({
      payload: { schemaFormat: 'application/vnd.apache.avro+json;version=1.9.0', schema: 'long' },
    }),
    async holds({ contracts }) {
      expect(contracts.m?.contentType).toBe('avro/binary');
      expect(await carriedThrough(contracts.m, [150])).toEqual([150]);
    },
  },
};

describe('what the standards allow is carried to the end', { timeout: 120_000 }, () => {
  const names = Object.keys(CASES);
  const domainOf = (name: string) => `case${names.indexOf(name)}`;
  let files: readonly GeneratedFile[] = [];

  beforeAll(async () => {
    const documents = names.map((name) => [
      `specs/${domainOf(name)}/service.asyncapi.json`,
      JSON.stringify(completed(CASES[name]?.document ?? {})),
    ]);
    const { workspace, diagnostics } = load(memoryReader(Object.fromEntries(documents)));
    const errors = [...diagnostics, ...lint(workspace)].filter((it) => it.severity === 'error');
    expect(errors).toEqual([]);
    files = await generate(workspace, { importExtension: '.ts' });
    writeOutput(FOLDER, files);
  }, 60_000);

  afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

  it('compiles under every strict flag', () => {
    expect(compilerOutput(FOLDER)).toBe('');
  });

  it.each(names)('%s', async (name) => {
    const domain = domainOf(name);
    const text = (file: string) => files.find(({ path }) => path === `${domain}/${file}`)?.text ?? '';
    const module = async (file: string) =>
      text(file) === '' ? {} : ((await import(pathToFileURL(join(FOLDER, domain, file)).href)) as object);
    const samples = (await module('samples.ts')) as Generated['samples'];
    const contracts = (await module('messages.ts')) as Generated['contracts'];
    await CASES[name]?.holds({
      contracts,
      samples,
      text,
    });
    for (const [message, it] of Object.entries(samples)) {
      const made = it.list(50);
      expect(made, message).toHaveLength(50);
      // Messages of one id are one message.
      if (contracts[message]?.envelope.id !== undefined) continue;
      // Avro fills in the defaults.
      expect(await carriedThrough(contracts[message], made), message).toMatchObject(made);
    }
  });
});

/** What handlers are given of messages that go through outbox, broker and inbox. */
async function carriedThrough(
  contract: MessageContract<unknown> | undefined,
  payloads: readonly unknown[],
): Promise<unknown[]> {
  if (contract === undefined) throw new Error('there is no contract');
  const store = sqliteStore({ file: ':memory:' });
  const broker = memoryBroker();
  const received: unknown[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const consumer = createConsumer('reader', broker, { store, onUnknown: 'dead-letter', poll: 20 }, [
    receive(contract, (it) => {
      received.push(it);
      if (received.length === payloads.length) resolve();
    }),
  ]);
  await consumer.start();
  const sending = relay(store, broker);
  await sending.start();
  const send = createProducer('writer', outbox(store));
  for (const it of payloads) await store.transaction((tx) => send(contract, it, { tx }));
  await promise;
  await sending.stop();
  await consumer.stop();
  await store.close();
  return received;
}

/** A document with all that a case leaves out: a service that sends and receives everything. */
function completed(document: object): object {
  const { channels = {} } = document as { channels?: object };
  const operations = Object.keys(channels).flatMap((key) =>
    ['send', 'receive'].map((action) => [
      `${action}-${key}`,
      { action, channel: { $ref: `#/channels/${key}` } },
    ]),
  );
  return {
    asyncapi: '3.0.0',
    info: { title: 'Service', version: '1.0.0' },
    operations: Object.fromEntries(operations),
    ...document,
  };
}

/** A message `m` with a payload, on a channel of its own. */
function withPayload(payload: object, schemas: object = {}): object {
  return {
    channels: { c: { address: 'c', messages: { M: { name: 'm', payload } } } },
    components: { schemas },
  };
}

/** A message `m` on a channel of its own. */
function message(said: object): object {
  return { channels: { c: { address: 'c', messages: { M: { name: 'm', ...said } } } } };
}

/** An object of which all properties are required, by the names of their types. */
function objectOf(types: Readonly<Record<string, string>>): object {
  const properties = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, { type }]));
  return { type: 'object', required: Object.keys(types), properties };
}

function versioned(version: string, payload: object, upcasts: readonly object[] = []): object {
  return { name: 'event', payload, 'x-contract': { version, upcasts } };
}
