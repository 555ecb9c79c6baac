/** The same request twice at once, to two processes that share PostgreSQL: there transactions run side by side. */
import { Ajv } from 'ajv';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { MessageContract, Validator } from '../contract/index.ts';
import { refuse } from '../index.ts';
import { postgresStore } from '../postgres/index.ts';
import { httpApi, httpCommand } from './index.ts';

const URL = process.env.POSTGRES_URL ?? 'postgres://root@127.0.0.1:5432/test';
const schema = `http_${process.pid}`;
const stores = [1, 2].map(() => postgresStore({ url: URL, schema, connections: 12 }));

interface Fill {
  readonly id: string;
  readonly data: { readonly cup: string };
}

const text = { type: 'string', minLength: 1 };
const body = { type: 'object', required: ['cup'], properties: { cup: text } };
const fill: MessageContract<Fill> = {
  name: 'cup.fill',
  version: '1.0',
  kind: 'command',
  channel: 'cup.fill',
  contentType: 'application/json',
  envelope: { id: { in: 'payload', path: ['id'] } },
  identity: [],
  validate: new Ajv().compile({
    type: 'object',
    required: ['id', 'data'],
    properties: { id: text, data: body },
  }) as unknown as Validator<Fill>,
};

/** How often the handler ran, whatever became of it, by cup. */
let runs: Map<string, number>;
/** Of these the first run fails after it has written. */
let failing: Set<string>;

const faults: unknown[] = [];
const apis = stores.map((store) =>
  httpApi(
    { name: 'cups', title: 'Cups', version: '1', id: 'urn:test:cups', dialect: '', schemas: {} },
    { store, observe: (it) => faults.push(it) },
    [
      httpCommand<Fill>(
        fill,
        async ({ data: { cup } }, { tx }) => {
          runs.set(cup, (runs.get(cup) ?? 0) + 1);
          await tx.events.append(`cup/${cup}`, 'any', [{ type: 'Filled' }], { at: 0 });
          if (failing.delete(cup)) throw new Error('it fails');
          return cup.startsWith('full') ? refuse('CUP_FULL', 'The cup is full.') : undefined;
        },
        { operationId: 'fill', at: ['data'], body, failures: { CUP_FULL: 'Cup full' } },
      ),
    ],
  ),
);

beforeAll(async () => {
  await stores[0]
    ?.transaction(async () => undefined)
    .catch((error) => {
      throw new Error(`These tests need PostgreSQL at ${URL} (POSTGRES_URL): ${error.message}`);
    });
});
beforeEach(() => {
  runs = new Map();
  failing = new Set();
});
afterEach(() => {
  // That of the last test is thrown on purpose.
  expect(faults.filter((it) => !/it fails/.test(String(Object(it).error)))).toEqual([]);
});
afterAll(async () => {
  await Promise.all(stores.map((it) => it.close()));
  const client = new pg.Client({ connectionString: URL });
  await client.connect();
  await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await client.end();
});

async function post(process: number, cup: string, key: string) {
  const response = await apis[process % 2]?.fetch(
    new Request('http://cups.test/cup/fill', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ cup }),
    }),
  );
  return { status: response?.status, body: await response?.text() };
}

const fillings = (cup: string) => stores[0]?.read(async (tx) => (await tx.events.load(`cup/${cup}`)).length);

it('has each of many keys take effect once, and all of its requests answered alike', async () => {
  const cups = Array.from({ length: 25 }, (_, n) => `cup-${n}`);
  const asked = cups.flatMap((cup) => [0, 1, 2, 3].map((process) => ({ cup, process })));
  const answers = await Promise.all(
    asked.map(async ({ cup, process }) => ({
      cup,
      ...(await post(process, cup, `key of ${cup}`.replaceAll(' ', '-'))),
    })),
  );
  for (const cup of cups) {
    const own = answers.filter((it) => it.cup === cup);
    expect(new Set(own.map((it) => it.status))).toEqual(new Set([200]));
    expect(new Set(own.map((it) => it.body)).size).toBe(1);
    expect([runs.get(cup), await fillings(cup)]).toEqual([1, 1]);
  }
});

it('keeps a refusal, and nothing of what was written before it', async () => {
  const answers = await Promise.all([0, 1, 2, 3].map((it) => post(it, 'full', 'refused')));
  expect(new Set(answers.map((it) => it.status))).toEqual(new Set([409]));
  expect(new Set(answers.map((it) => it.body)).size).toBe(1);
  expect([runs.get('full'), await fillings('full')]).toEqual([1, 0]);
});

it('has one of two bodies under one key take effect, whichever comes first', async () => {
  const answers = await Promise.all(
    ['left', 'right', 'left', 'right'].map((cup, process) => post(process, cup, 'shared')),
  );
  expect(answers.map((it) => it.status).sort()).toEqual([200, 200, 422, 422]);
  expect(((await fillings('left')) ?? 0) + ((await fillings('right')) ?? 0)).toBe(1);
});

it('has one that waited do what the first could not', async () => {
  failing.add('slippery');
  const answers = await Promise.all([0, 1, 2, 3].map((it) => post(it, 'slippery', 'again')));
  expect(answers.map((it) => it.status).sort()).toEqual([200, 200, 200, 500]);
  expect(new Set(answers.flatMap((it) => (it.status === 200 ? [it.body] : []))).size).toBe(1);
  expect([runs.get('slippery'), await fillings('slippery')]).toEqual([2, 1]);
});
