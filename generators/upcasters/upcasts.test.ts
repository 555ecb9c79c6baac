import { rmSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { CODES } from '@chirograph/contract/diagnostics';
import { lint } from '@chirograph/contract/lint';
import { load, memoryReader } from '@chirograph/contract/load';
import type { Workspace } from '@chirograph/contract/model';
import type { JsonObject, JsonSchema, JsonValue } from '@chirograph/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contractsOf } from '../../mock/contracts/contracts.ts';
import { sampleOf } from '../../mock/samples/sample.ts';
import { generate } from '../generate.ts';
import { compilerOutput, proofFolder, writeOutput } from '../proof/prove.ts';
import { scopeOf } from '../scope.ts';
import { types } from '../types/types.ts';
import { upcasters } from './upcasters.ts';

/** The printed functions, run: what the lint lets pass makes a valid message of every valid older one. */
describe('an upcast without findings', () => {
  const proven: Workspace[] = [];

  it('makes a valid message of every valid older one', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ old, now, upcast }) => {
        const workspace = workspaceOf(old, now, upcast);
        if (lint(workspace, UPCASTS_ALONE).length > 0) return;
        proven.push(workspace);
        const run = await printedUpcaster(workspace);
        const { validate } = contractOf(workspace, '2.0');
        for (const sample of samplesOf(workspace, '1.0')) {
          const made = run(sample);
          if (!validate(JSON.parse(JSON.stringify(made))))
            throw new Error(
              `${JSON.stringify(sample)} became ${JSON.stringify(made)}: ${JSON.stringify(validate.errors)}`,
            );
        }
      }),
      { numRuns: 1000 },
    );
    // Else the law would hold of nothing.
    expect(proven.length).toBeGreaterThan(80);
  });

  it('compiles', { timeout: 120_000 }, async () => {
    const folder = proofFolder('upcasters');
    try {
      for (const [index, workspace] of proven.slice(0, 60).entries()) {
        const files = await generate(workspace, { importExtension: '.ts' }, [types, upcasters]);
        writeOutput(join(folder, `${index}`), files);
      }
      expect(compilerOutput(folder)).toBe('');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** A thousand workspaces are asked for what is wrong with their upcasts, and for nothing else. */
const UPCASTS_ALONE = {
  preset: 'strict',
  severities: Object.fromEntries(
    Object.keys(CODES).flatMap((code) => (code.startsWith('message/upcast') ? [] : [[code, 'off' as const]])),
  ),
} as const;

const shapes: fc.Arbitrary<JsonSchema> = fc.oneof(
  fc.constantFrom<JsonSchema>(
    { type: 'string' },
    { type: 'string', minLength: 2, maxLength: 8 },
    { type: 'string', format: 'uuid' },
    { enum: ['small', 'large'] },
    { enum: ['small', 'large', 'huge'] },
    { type: ['string', 'null'] },
    { type: 'integer' },
    { type: 'integer', minimum: 1, maximum: 9 },
    { type: 'number', minimum: 0 },
    { type: 'boolean' },
    { const: 'fixed' },
    { $ref: '#/components/schemas/Money' },
    { allOf: [{ $ref: '#/components/schemas/Money' }, { required: ['currency'] }] },
    { oneOf: [{ type: 'integer' }, { type: 'boolean' }] },
    { type: 'array', items: { type: 'integer', minimum: 1 } },
    { type: 'array', items: { $ref: '#/components/schemas/Money' }, minItems: 1 },
    { type: 'object', additionalProperties: { type: 'integer' } },
    {
      type: 'object',
      oneOf: [
        { properties: { kind: { const: 'card' }, last: { type: 'string' } }, required: ['kind', 'last'] },
        { properties: { kind: { const: 'cash' } }, required: ['kind'] },
      ],
    },
  ),
);

const NAMES = ['a', 'b', 'c', 'd-e', 'rest', 'old'] as const;

interface Fields {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
}

const fields: fc.Arbitrary<Fields> = fc
  .record({
    properties: fc.dictionary(fc.constantFrom(...NAMES), shapes, { maxKeys: 4, noNullPrototype: true }),
    optional: fc.subarray([...NAMES]),
  })
  .map(({ properties, optional }) => ({
    properties,
    required: Object.keys(properties).filter((it) => !optional.includes(it as (typeof NAMES)[number])),
  }));

function objectOf(
  { properties, required }: Fields,
  more: Readonly<Record<string, JsonSchema>> = {},
): JsonObject {
  return {
    type: 'object',
    required: [...required, ...Object.keys(more)],
    properties: { ...properties, ...more },
    additionalProperties: false,
  } as JsonObject;
}

interface Case {
  readonly old: JsonObject;
  readonly now: JsonObject;
  readonly upcast: JsonObject;
}

/** Two versions that have much in common, and an upcast that may well be right. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    root: fields,
    data: fields,
    rootNow: fields,
    dataNow: fields,
    keep: fc.double({ min: 0.3, max: 1, noNaN: true }),
    moves: fc.array(
      fc.tuple(fc.boolean(), fc.constantFrom(...NAMES), fc.boolean(), fc.constantFrom(...NAMES)),
      { maxLength: 2 },
    ),
    fill: fc.nat(4).map((it) => it > 0),
    drop: fc.nat(4).map((it) => it > 0),
    values: fc.array(fc.constantFrom<JsonValue>('small', 'fixed', 'abc', 3, true, null, [], [1], {}), {
      maxLength: 3,
    }),
  })
  .map(({ root, data, rootNow, dataNow, keep, moves, fill, drop, values }) => {
    const nextRoot = mixed(root, rootNow, keep);
    const nextData = mixed(data, dataNow, keep);
    const move: Record<string, string> = {};
    for (const [inData, from, toData, to] of moves) {
      const source = inData ? data : root;
      const target = toData ? nextData : nextRoot;
      const schema = source.properties[from];
      if (schema === undefined) continue;
      move[`${inData ? '/data' : ''}/${from}`] = `${toData ? '/data' : ''}/${to}`;
      target.properties[to] = schema;
    }
    const gone = (was: Fields, is: Fields, base: string) =>
      Object.keys(was.properties)
        .filter((it) => !Object.hasOwn(is.properties, it))
        .map((it) => `${base}/${it}`);
    const fresh = (was: Fields, is: Fields, base: string) =>
      Object.keys(is.properties)
        .filter((it) => !was.required.includes(it))
        .map((it) => `${base}/${it}`);
    const removed = [...gone(root, nextRoot, ''), ...gone(data, nextData, '/data')];
    const unset = [...fresh(root, nextRoot, ''), ...fresh(data, nextData, '/data')];
    const of = (path: string) =>
      (path.startsWith('/data/') ? nextData : nextRoot).properties[path.split('/').at(-1) ?? ''];
    return {
      old: objectOf(root, { version: { const: '1.0' }, data: objectOf(data) }),
      now: objectOf(nextRoot, { version: { const: '2.0' }, data: objectOf(nextData) }),
      upcast: {
        from: '1.0',
        move,
        remove: drop ? removed.filter((it) => !Object.hasOwn(move, it)) : [],
        default: fill
          ? Object.fromEntries(unset.map((it, i) => [it, usual(of(it)) ?? values[i] ?? null]))
          : {},
      },
    };
  });

function mixed(
  was: Fields,
  other: Fields,
  keep: number,
): { properties: Record<string, JsonSchema>; required: string[] } {
  const names = Object.keys(was.properties);
  const kept = names.slice(0, Math.ceil(names.length * keep));
  const properties = {
    ...other.properties,
    ...Object.fromEntries(kept.map((it) => [it, was.properties[it] ?? true])),
  };
  const required = [...was.required, ...other.required].filter((it) => Object.hasOwn(properties, it));
  return { properties, required: [...new Set(required)] };
}

/** A value for most of the shapes. */
function usual(schema: JsonSchema | undefined): JsonValue | undefined {
  if (typeof schema !== 'object') return undefined;
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0] as JsonValue;
  const byType: Record<string, JsonValue> = {
    string: 'abc',
    integer: 3,
    number: 3,
    boolean: true,
    array: [1],
  };
  return typeof schema.type === 'string' ? byType[schema.type] : undefined;
}

function workspaceOf(old: JsonObject, now: JsonObject, upcast: JsonObject): Workspace {
  const document = {
    asyncapi: '3.0.0',
    info: { title: 'Things', version: '1.0.0' },
    channels: {
      things: {
        address: 'things',
        messages: { Old: { $ref: '#/components/messages/Old' }, Now: { $ref: '#/components/messages/Now' } },
      },
    },
    operations: { send: { action: 'send', channel: { $ref: '#/channels/things' } } },
    components: {
      schemas: {
        Money: {
          type: 'object',
          required: ['amount'],
          properties: { amount: { type: 'integer' }, currency: { enum: ['EUR', 'USD'] } },
          additionalProperties: false,
        },
      },
      messages: {
        Old: {
          name: 'thing',
          payload: old,
          'x-contract': { version: '1.0', envelope: { version: '/version' } },
        },
        Now: {
          name: 'thing',
          payload: now,
          'x-contract': { version: '2.0', envelope: { version: '/version' }, upcasts: [upcast] },
        },
      },
    },
  };
  const { workspace, diagnostics } = load(
    memoryReader({ 'specs/things/things.asyncapi.json': JSON.stringify(document) }),
  );
  expect(diagnostics.filter((it) => it.severity === 'error')).toEqual([]);
  return workspace;
}

async function printedUpcaster(workspace: Workspace): Promise<(old: JsonValue) => unknown> {
  const [file] = await upcasters.generate(scopeOf(workspace, 'things', { importExtension: '.ts' }));
  const source = stripTypeScriptTypes(file?.text.replace(/^import type .*$/gm, '') ?? '');
  const module: { thingFromV1?: unknown } = await import(
    `data:text/javascript,${encodeURIComponent(source)}`
  );
  const [run] = Object.values(module);
  if (typeof run !== 'function') throw new Error('nothing was printed');
  return (old) => run(old);
}

function contractOf(workspace: Workspace, version: string) {
  const message = workspace.messages.find((it) => it.version === version);
  return contractsOf(workspace).message(message?.id ?? '').contract;
}

function samplesOf(workspace: Workspace, version: string): JsonValue[] {
  const contracts = contractsOf(workspace);
  const message = workspace.messages.find((it) => it.version === version);
  const known = contracts.message(message?.id ?? '');
  return Array.from({ length: 12 }, (_, seed) => sampleOf(contracts, known, seed).payload);
}
