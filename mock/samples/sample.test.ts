import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { folderReader, load, memoryReader } from '@chirograph/contract/load';
import type { Samples } from '@chirograph/runtime/samples';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEYWORD_CORPUS } from '../../generators/mocks/keyword-corpus.ts';
import { isValid } from '../compose/compose.ts';
import { contractsOf } from '../contracts/contracts.ts';
import { sampleOf } from './sample.ts';

const { workspace } = load(folderReader('.', ['specs', 'mock/fixtures']));
const contracts = contractsOf(workspace);

describe('samples of every message of the workspace', () => {
  it.each(workspace.messages.map((it) => [`${it.domain} ${it.name} ${it.version}`, it.id] as const))(
    '%s',
    (_, id) => {
      const known = contracts.message(id);
      for (let seed = 1; seed <= 10; seed += 1) {
        const sample = sampleOf(contracts, known, seed);
        expect(isValid(known, sample) || known.contract.validate.errors).toBe(true);
        expect(sampleOf(contracts, known, seed)).toEqual(sample);
      }
      expect(sampleOf(contracts, known, 1)).not.toEqual(sampleOf(contracts, known, 2));
    },
  );
});

describe('one seed, one message', () => {
  const domains = readdirSync('generated', { withFileTypes: true }).filter((it) => it.isDirectory());

  it.each(domains)('$name: a mock draws what the generated factory makes', async ({ name }) => {
    const module: Record<string, Samples<unknown>> = await import(
      /* @vite-ignore */ pathToFileURL(`generated/${name}/samples.ts`).href
    );
    const made = Object.values(module).map((it) => JSON.stringify(it.sample(undefined, { seed: 7 })));
    const drawn = workspace.messages
      .filter((it) => it.domain === name)
      .map((it) => JSON.stringify(sampleOf(contracts, contracts.message(it.id), 7).payload));
    expect(made.filter((it) => !drawn.includes(it))).toEqual([]);
    expect(made.length).toBeGreaterThan(3);
  });
});

/** Schemas that say what is seldom said; samples are checked by Ajv, so that each shows that the maker knows the keyword. */
const SCHEMAS: Readonly<Record<string, object>> = {
  const: { const: { a: [1] } },
  'enum of an allOf': { allOf: [{ enum: [1, 2, 3] }, { enum: [3, 4] }] },
  'bounds of an allOf': {
    allOf: [{ type: 'integer', minimum: 3 }, { maximum: 4 }, { minimum: 1, maximum: 90 }],
  },
  'exclusive bounds': { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.05 },
  'a multiple': { type: 'integer', minimum: 10, maximum: 40, multipleOf: 15 },
  'an anyOf beside a oneOf': {
    allOf: [
      { anyOf: [{ type: 'object', required: ['id'], properties: { id: { type: 'integer' } } }] },
      { oneOf: [{ required: ['to'], properties: { to: { type: 'string' } } }] },
    ],
  },
  'negative numbers': { type: 'integer', maximum: -5 },
  'a pattern': { type: 'string', pattern: '^(AB|CD)-[0-9]{2,4}[x-z]?$' },
  'a pattern and a length': { type: 'string', pattern: '^[a-z]+$', maxLength: 3 },
  'short text': { type: 'string', minLength: 2, maxLength: 2 },
  'text by its format alone': { format: 'date-time' },
  'a union of types': { type: ['null', 'integer'], minimum: 7 },
  'one of': {
    oneOf: [
      { type: 'integer', minimum: 1 },
      { type: 'string', minLength: 3 },
    ],
  },
  'any of, with more beside': {
    type: 'object',
    required: ['kind'],
    properties: { kind: { type: 'string' } },
    anyOf: [
      { required: ['a'], properties: { kind: { const: 'a' }, a: { type: 'integer' } } },
      { required: ['b'], properties: { kind: { const: 'b' }, b: { type: 'boolean' } } },
    ],
  },
  'a tuple': { type: 'array', items: [{ type: 'integer' }, { type: 'boolean' }], minItems: 2 },
  'unique items': {
    type: 'array',
    uniqueItems: true,
    minItems: 2,
    maxItems: 3,
    items: { enum: ['a', 'b', 'c'] },
  },
  'a map': {
    type: 'object',
    minProperties: 2,
    additionalProperties: { type: 'integer' },
    propertyNames: { pattern: '^k[0-9]{4}$' },
  },
  'a condition': {
    type: 'object',
    required: ['paid'],
    properties: { paid: { type: 'boolean' }, by: { enum: ['card', 'cash'] } },
    if: { properties: { paid: { const: true } } },
    // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema
    then: { required: ['by'] },
  },
  'not a value': { type: 'integer', minimum: 1, maximum: 3, not: { const: 2 } },
  'a required property that nothing describes': { type: 'object', required: ['x'] },
  itself: {
    type: 'object',
    required: ['name'],
    properties: { name: { type: 'string' }, child: { $ref: '#/components/schemas/It' } },
  },
};

describe('samples of schemas', () => {
  it.each(Object.entries<object | boolean>({ ...SCHEMAS, ...KEYWORD_CORPUS }))('%s', (_, schema) => {
    const { contracts: own, known } = oneMessage(schema);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const { payload } = sampleOf(own, known, seed);
        expect(known.contract.validate(payload) || known.contract.validate.errors).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('takes an example where the schema does not tell how', () => {
    const { contracts: own, known } = oneMessage({ type: 'string', pattern: '^(.)secret-\\1$' }, [
      'no',
      '1secret-1',
    ]);
    expect(sampleOf(own, known, 1).payload).toBe('1secret-1');
  });

  it('says so where there is no valid value', () => {
    const { contracts: own, known } = oneMessage({ type: 'integer', minimum: 3, maximum: 2 });
    expect(() => sampleOf(own, known, 1)).toThrow('give the message an example');
  });
});

function oneMessage(schema: object | boolean, examples: readonly unknown[] = []) {
  const document = {
    asyncapi: '3.1.0',
    info: { title: 'It', version: '1' },
    channels: {
      it: {
        address: 'it',
        messages: {
          It: {
            payload: { $ref: '#/components/schemas/It' },
            examples: examples.map((payload) => ({ payload })),
          },
        },
      },
    },
    components: { schemas: { It: schema } },
  };
  const loaded = load(memoryReader({ 'x/it.asyncapi.yaml': JSON.stringify(document) }));
  const own = contractsOf(loaded.workspace);
  return { contracts: own, known: own.message(loaded.workspace.messages[0]!.id) };
}
