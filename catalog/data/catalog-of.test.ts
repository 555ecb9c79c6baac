import { readFileSync } from 'node:fs';
import { folderReader, load, memoryReader } from '@chirograph/contract/load';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIXTURE } from '../fixture.ts';
import schema from './catalog.schema.json' with { type: 'json' };
import { catalogFiles } from './catalog-files.ts';
import { type Catalog, catalogOf } from './catalog-of.ts';
import { catalogSchema } from './make-schema.ts';
import { rejectedExample } from './schema-record.ts';

const root = new URL('../..', import.meta.url).pathname;
const { workspace: own } = load(folderReader(root, ['specs']));
const { workspace } = load(memoryReader(FIXTURE));

/** As `FIXTURE`, with other words in its documents. */
function changed(...replacements: readonly (readonly [string, string])[]) {
  const files = Object.entries(FIXTURE).map(([file, text]) => {
    return [file, replacements.reduce((it, [from, to]) => it.replaceAll(from, to), text)] as const;
  });
  return load(memoryReader(Object.fromEntries(files))).workspace;
}

describe('the files of a catalog', () => {
  it('are described by a schema that is made from their types', () => {
    const source = readFileSync(new URL('catalog.ts', import.meta.url), 'utf8');
    expect(schema).toEqual(catalogSchema(source));
  });

  it.each([
    ['this repository', catalogOf(own)],
    ['the fixture', catalogOf(workspace, { releases: [{ name: 'v1', date: '2026-01-01', workspace: own }] })],
  ])('are what their schema says: %s', (_, catalog) => {
    expect(faultsOf(catalog)).toEqual([]);
  });

  it('have one address each, and links lead to these', () => {
    for (const catalog of [catalogOf(own), catalogOf(workspace)]) {
      const files = [...catalogFiles(catalog)];
      const addresses = new Set(files.map(({ path }) => path.replace(/\.json$/, '')));
      expect(addresses.size).toBe(files.length);
      const lost = files.flatMap(({ text }) => linksIn(JSON.parse(text))).filter((to) => !addresses.has(to));
      expect(lost).toEqual([]);
    }
  });

  it('depend on the contracts alone', () => {
    expect([...catalogFiles(catalogOf(structuredClone(workspace)))]).toEqual([
      ...catalogFiles(catalogOf(workspace)),
    ]);
  });

  it('have addresses that every file system takes, whatever things are called', () => {
    const name = fc.constantFrom('a', 'A', '..', 'x/y', 'con', ' ', 'größe', '𝕏'.repeat(300), 'a@1', '<b>"');
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (names) => {
        const found = load(memoryReader({ 'specs/d/s.asyncapi.yaml': documentWith(names) })).workspace;
        const paths = [...catalogFiles(catalogOf(found))].map((it) => it.path);
        expect(new Set(paths.map((it) => it.toLowerCase())).size).toBe(paths.length);
        for (const path of paths) {
          expect(path).toMatch(/^([a-z]+\/)?[^/\\<>:"|?*]+\.json$/);
          expect(Buffer.byteLength(path)).toBeLessThan(255);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('a message', () => {
  const catalog = catalogOf(own);
  const order = catalog.message('messages/shop.order.placed@1.0');

  it('says who sends it and who receives it, and what for', () => {
    expect(order?.senders.map((it) => it.service.title)).toEqual(['Order Service']);
    expect(order?.receivers.map((it) => it.service.title)).toContain('Payment Service');
    expect(order?.receivers.every((it) => it.purpose)).toBe(true);
  });

  it('has an invalid example that its schema refuses, where it has an example', () => {
    const ajv = new Ajv({ strict: false, validateSchema: false, logger: false });
    addFormats.default(ajv);
    let tried = 0;
    for (const { id } of catalog.index.messages) {
      const { invalid, payload, examples } = catalog.message(id)!;
      if (!invalid || !payload) continue;
      const validate = ajv.compile(payload.schema);
      const example = examples[0]?.payload ?? null;
      expect([id, validate(example), validate(rejectedExample(example, invalid))]).toEqual([id, true, false]);
      ajv.removeSchema();
      tried += 1;
    }
    expect(tried).toBeGreaterThan(150);
  });

  it('knows those who reply with it as senders', () => {
    const found = load(memoryReader({ 'specs/d/quotes.asyncapi.yaml': QUOTES })).workspace;
    const answer = catalogOf(found).message('messages/d.quote.answer@1.0');
    expect(answer?.senders).toMatchObject([{ service: { title: 'Quotes' }, reply: true }]);
    expect(answer?.deprecated).toEqual({ since: '2026-01-01', removal: '2026-07-01' });
    expect(answer?.owners).toEqual([
      { to: 'owners/quote-crew', title: 'Quote crew', email: 'q@example.com', url: 'https://example.com/q' },
    ]);
    expect(answer?.channels).toMatchObject([{ protocols: ['kafka'] }]);
    expect(answer?.personalData).toEqual(['/buyer/email']);
  });
});

describe('the versions of a message', () => {
  it('differ apart from their numbers, which is safe here', () => {
    const [change] = catalogOf(own).message('messages/loyalty.points.earned@2.0')!.changes;
    expect(change).toMatchObject({
      fromVersion: '1.0',
      toVersion: '2.0',
      verdict: 'safe',
      upcast: 'declared',
    });
    expect(change?.findings.map((it) => it.message)).toContain(
      'the optional property data.expiresAt was added',
    );
  });

  it('show a message that the older one refuses, and who still reads only that', () => {
    const files = { 'specs/d/a.asyncapi.yaml': SENDER, 'specs/d/b.asyncapi.yaml': OLD_READER };
    const catalog = catalogOf(load(memoryReader(files)).workspace);
    const [change] = catalog.message('messages/d.paid@2.0')!.changes;
    expect(change?.verdict).toBe('breaking');
    expect(change?.stillReading).toEqual([{ to: 'services/d.b', title: 'Old reader' }]);
    const [finding] = change?.findings ?? [];
    expect(finding?.message).toMatch(/amount/);
    expect(finding?.effects[0]?.witness).toMatchObject({
      at: '/amount',
      reason: expect.stringMatching(/integer/),
    });
    expect(catalog.message('messages/d.paid@1.0')?.changes).toEqual([change]);
  });
});

describe('releases', () => {
  it('are compared with one another, with a witness for what breaks', () => {
    const catalog = catalogOf(changed(['required: [lines]', 'required: [lines, note]']), {
      releases: [
        { name: 'v2', workspace },
        { name: 'v1', date: '2026-01-01', workspace },
      ],
    });
    expect(catalog.index.comparisons.map((it) => [it.from, it.to, it.counts.breaking])).toEqual([
      ['v2', 'now', 1],
      ['v1', 'now', 1],
      ['v1', 'v2', 0],
    ]);
    const [first] = catalog.comparison('releases/v2...now')!.findings;
    expect(first).toMatchObject({ verdict: 'breaking', to: 'messages/shop.order.placed@2.0' });
    expect(first?.effects.flatMap((it) => it.witness?.reason ?? [])[0]).toMatch(/note/);
  });
});

it('tells where a flow goes on when a step fails', () => {
  const { steps } = catalogOf(workspace).flow('flows/shop.checkout')!;
  expect(steps.map((it) => it.onFailure)).toEqual([
    [
      { name: 'busy', type: 'retry', delay: 2000, limit: 3 },
      { name: 'closed', type: 'end' },
    ],
    undefined,
    [{ name: 'again', type: 'goto', step: 1 }],
  ]);
});

it('tells where flows of one beginning part, in the order of their steps', () => {
  const catalog = catalogOf(own);
  const flow = catalog.flow('flows/shop.orderLife')!;
  expect(flow.branches.length).toBeGreaterThan(0);
  const order = catalog.flow('flows/checkout.orderFlow')!;
  expect(order.branches.map(({ after }) => after)).toEqual([2, 3, 4, 7]);
  expect(flow.lanes.length).toBeGreaterThan(3);
  expect(flow.steps.filter((it) => it.action === 'receive').every((it) => it.from !== undefined)).toBe(true);
});

type Json = { readonly [key: string]: unknown };

/** Closed: a property that the schema does not name is one that somebody forgot. */
function faultsOf(catalog: Catalog): unknown[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema({ ...schema, $id: 'catalog', $defs: closed(schema.$defs) });
  const kinds: Record<string, string> = {
    domains: 'DomainRecord',
    services: 'ServiceRecord',
    messages: 'MessageRecord',
    channels: 'ChannelRecord',
    flows: 'FlowRecord',
    owners: 'OwnerRecord',
    releases: 'ComparisonRecord',
    'catalog.json': 'CatalogIndex',
  };
  const validators = new Map(
    Object.entries(kinds).map(([folder, kind]) => [
      folder,
      ajv.compile({ $ref: `catalog#/$defs/${kind}`, unevaluatedProperties: false }),
    ]),
  );
  return [...catalogFiles(catalog)].flatMap(({ path, text }) => {
    const validate = validators.get(path.split('/')[0] ?? '');
    if (!validate) return [];
    return validate(JSON.parse(text)) ? [] : [{ path, errors: validate.errors }];
  });
}

/** Each value closed, as far as the schema says what it holds. */
function closed(schemas: Json): Json {
  return Object.fromEntries(Object.entries(schemas).map(([name, it]) => [name, within(it as Json)]));
}

function within(schema: Json): Json {
  const entries = Object.entries(schema).map(([keyword, it]) => {
    if (keyword === 'properties') {
      const fields = Object.entries(it as Json).map(([name, field]) => [name, close(field as Json)]);
      return [keyword, Object.fromEntries(fields)];
    }
    if (keyword === 'items') return [keyword, close(it as Json)];
    return [keyword, keyword === 'allOf' ? (it as Json[]).map(within) : it];
  });
  return Object.fromEntries(entries);
}

function close(schema: Json): Json {
  const isTold = schema.$ref !== undefined || schema.allOf !== undefined || schema.properties !== undefined;
  return isTold ? { ...within(schema), unevaluatedProperties: false } : within(schema);
}

function linksIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(linksIn);
  if (typeof value !== 'object' || value === null) return [];
  const { to, title, ...rest } = value as { to?: unknown; title?: unknown };
  const own = typeof to === 'string' && typeof title === 'string' ? [to] : [];
  return [...own, ...Object.values(rest).flatMap(linksIn)];
}

function documentWith(names: readonly string[]): string {
  const channels = names.map((name, index) => [
    `c${index}`,
    { address: name, messages: { M: { name, payload: { type: 'object' } } } },
  ]);
  const operations = names.map((_, index) => [
    `o${index}`,
    { action: 'send', channel: { $ref: `#/channels/c${index}` } },
  ]);
  return JSON.stringify({
    asyncapi: '3.1.0',
    info: { title: names[0], version: '1', contact: { name: names[0] } },
    channels: Object.fromEntries(channels),
    operations: Object.fromEntries(operations),
  });
}

const QUOTES = `
asyncapi: 3.1.0
info: { title: Quotes, version: 1.0.0, contact: { name: Quote crew, email: q@example.com, url: https://example.com/q } }
servers: { main: { host: broker:9092, protocol: kafka } }
channels:
  asks: { address: quote.asks, messages: { Ask: { name: quote.ask, payload: { type: object } } } }
  answers:
    address: quote.answers
    messages:
      Answer:
        name: quote.answer
        x-contract: { version: '1.0', deprecated: { since: '2026-01-01', removal: '2026-07-01' } }
        payload:
          type: object
          properties:
            buyer: { type: object, properties: { email: { type: string, x-personal-data: true } } }
operations:
  onAsk:
    action: receive
    channel: { $ref: '#/channels/asks' }
    reply: { channel: { $ref: '#/channels/answers' } }
`;

const SENDER = `
asyncapi: 3.1.0
info: { title: Sender, version: 1.0.0 }
channels:
  paid:
    address: d.paid
    messages:
      PaidV1:
        name: d.paid
        x-contract: { version: '1.0' }
        payload: { type: object, required: [amount], properties: { amount: { type: integer } } }
      Paid:
        name: d.paid
        x-contract: { version: '2.0' }
        payload: { type: object, required: [amount], properties: { amount: { type: number } } }
operations:
  send: { action: send, channel: { $ref: '#/channels/paid' } }
`;

const OLD_READER = `
asyncapi: 3.1.0
info: { title: Old reader, version: 1.0.0 }
channels:
  paid: { $ref: './a.asyncapi.yaml#/channels/paid' }
operations:
  receive:
    action: receive
    channel: { $ref: '#/channels/paid' }
    messages: [{ $ref: './a.asyncapi.yaml#/channels/paid/messages/PaidV1' }]
`;
