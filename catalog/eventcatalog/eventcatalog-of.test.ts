import { folderReader, load, memoryReader } from '@chirograph/contract/load';
import { describe, expect, it } from 'vitest';
import { FIXTURE } from '../fixture.ts';
import { eventCatalogOf } from './eventcatalog-of.ts';

const { workspace, diagnostics } = load(memoryReader(FIXTURE));
const files = eventCatalogOf(workspace);
const textOf = (path: string) => files.find((it) => it.path === path)?.text;

describe('eventCatalogOf', () => {
  it('is shown contracts without faults', () => {
    expect(diagnostics).toEqual([]);
  });

  it('gives each thing its page and each file its place', () => {
    expect(files.map((it) => it.path)).toMatchInlineSnapshot(`
      [
        "domains/ledger/index.mdx",
        "domains/ledger/services/ledger-book/book.asyncapi.yaml",
        "domains/ledger/services/ledger-book/index.mdx",
        "domains/shop/channels/shop-commands-channel/index.mdx",
        "domains/shop/channels/shop-placed-channel/index.mdx",
        "domains/shop/commands/shop.order.place/index.mdx",
        "domains/shop/commands/shop.order.place/schema.json",
        "domains/shop/entities/shop.Order/index.mdx",
        "domains/shop/events/shop.order.placed/examples/example-1.json",
        "domains/shop/events/shop.order.placed/examples/examples.config.json",
        "domains/shop/events/shop.order.placed/index.mdx",
        "domains/shop/events/shop.order.placed/schema.json",
        "domains/shop/events/shop.order.placed/versioned/1.0/index.mdx",
        "domains/shop/events/shop.order.placed/versioned/1.0/schema.json",
        "domains/shop/flows/shop-checkout-flow/index.mdx",
        "domains/shop/index.mdx",
        "domains/shop/services/shop-order/index.mdx",
        "domains/shop/services/shop-order/order.asyncapi.yaml",
        "public/docs/events/shop.order.place/1/index.html",
        "public/docs/users/order-crew/index.html",
        "teams/order-crew.mdx",
      ]
    `);
  });

  it.each([
    ['domain', 'domains/shop/index.mdx'],
    ['service', 'domains/shop/services/shop-order/index.mdx'],
    ['event', 'domains/shop/events/shop.order.placed/index.mdx'],
    ['command', 'domains/shop/commands/shop.order.place/index.mdx'],
    ['channel', 'domains/shop/channels/shop-placed-channel/index.mdx'],
    ['flow', 'domains/shop/flows/shop-checkout-flow/index.mdx'],
    ['aggregate', 'domains/shop/entities/shop.Order/index.mdx'],
    ['schema', 'domains/shop/events/shop.order.placed/schema.json'],
  ])('writes the page of a %s', async (kind, path) => {
    const ending = path.endsWith('.json') ? 'json' : 'mdx';
    await expect(textOf(path)).toMatchFileSnapshot(`golden/${kind}.${ending}`);
  });

  it('puts what a document refers to into it, and nothing else of those files', () => {
    const text = textOf('domains/ledger/services/ledger-book/book.asyncapi.yaml') ?? '';
    expect(text).not.toMatch(/\$ref: (?!['"]?#)/);
    const alone = load(memoryReader({ 'specs/ledger/book.asyncapi.yaml': text }));
    expect(alone.diagnostics.filter((it) => it.severity === 'error')).toEqual([]);
    const names = (it: typeof workspace) =>
      it.operations
        .filter(({ service }) => service.includes('book'))
        .map(({ key, messages }) => [key, messages.length]);
    expect(names(alone.workspace)).toEqual(names(workspace));
    // A document that refers to no other is the author's own text.
    const own = 'asyncapi: 3.1.0   # by hand\ninfo: { title: A, version: 1.0.0 }\n';
    const found = eventCatalogOf(load(memoryReader({ 'specs/d/a.asyncapi.yaml': own })).workspace);
    expect(found.find((it) => it.path.endsWith('.yaml'))?.text).toBe(own);
  });

  it('tells deprecations, replies, brokers, security, contacts, bindings and references', () => {
    const found = eventCatalogOf(load(memoryReader({ 'specs/shop/quotes.asyncapi.yaml': QUOTES })).workspace);
    const page = (path: string) =>
      found.find((it) => it.path.includes(path) && it.path.endsWith('.mdx'))?.text ?? '';
    expect(page('commands/shop.quotes.ask')).toMatch(/deprecated:\n {2}date: '?"?2026-01-01[\s\S]*CMD-7/);
    expect(page('events/shop.quotes.answer')).toContain('## Sent by\n\n| Service | When | Channel |');
    expect(page('services/')).toMatch(/sends:\n {2}- id: shop\.quotes\.answer/);
    expect(page('services/')).toMatch(/main \| kafka \| `kafka\.example\.test:9092` \| scramSha256/);
    expect(page('services/')).toContain('prices@example.test');
    expect(page('teams/')).toContain('email: prices@example.test');
    expect(page('channels/shop-ask')).toMatch(/protocols:\n {2}- kafka[\s\S]*"partitions": 12/);
    expect(page('channels/shop-answer')).toContain('## Senders');
  });

  it('tells domains that meet in a message of each other', () => {
    const row = /\[\[domain\\\|(\S+)@1\.0\.0\]\] \| (.*) \| (.*) \|/;
    expect(row.exec(textOf('domains/shop/index.mdx') ?? '')?.slice(1)).toEqual([
      'ledger',
      '',
      '[[event\\|shop.order.placed@2.0]]',
    ]);
    expect(row.exec(textOf('domains/ledger/index.mdx') ?? '')?.slice(1)).toEqual([
      'shop',
      '[[event\\|shop.order.placed@2.0]]',
      '',
    ]);
  });

  it('depends on the contracts alone', () => {
    expect(eventCatalogOf(structuredClone(workspace))).toEqual(files);
  });

  it('shows the contracts of this repository', () => {
    const root = new URL('../..', import.meta.url).pathname;
    const { workspace: own } = load(folderReader(root, ['specs']));
    const pages = eventCatalogOf(own).filter((it) => it.path.endsWith('.mdx'));
    const messages = pages.filter((it) => /\/(events|commands)\//.test(it.path));
    expect(messages).toHaveLength(own.messages.length);
    expect(pages.filter((it) => /\/services\//.test(it.path))).toHaveLength(own.services.length);
    for (const { path, text } of messages) {
      expect(text, path).toContain('<SchemaViewer file="schema.json"');
      expect(text, path).toMatch(/## Examples?\n\n```json title="/);
    }
  });
});

const QUOTES = `asyncapi: 3.1.0
info:
  title: Quotes
  version: 1.0.0
  description: Answers what a thing costs.
  contact: { name: Prices, email: prices@example.test, url: https://chat.example.test/prices }
servers:
  main: { host: kafka.example.test:9092, protocol: kafka, security: [{ $ref: '#/components/securitySchemes/scram' }] }
channels:
  ask:
    address: quotes.ask
    messages: { Ask: { $ref: '#/components/messages/Ask' } }
    bindings: { kafka: { partitions: 12, replicas: 3 } }
  answer:
    address: quotes.answer
    messages: { Answer: { $ref: '#/components/messages/Answer' } }
operations:
  onAsk:
    action: receive
    channel: { $ref: '#/channels/ask' }
    reply: { channel: { $ref: '#/channels/answer' } }
components:
  securitySchemes: { scram: { type: scramSha256 } }
  messages:
    Ask:
      name: quotes.ask
      title: Ask
      x-contract: { version: '1.0', kind: command, reference: CMD-7, deprecated: { since: '2026-01-01', removal: '2026-12-01' } }
      payload: { type: object, properties: { sku: { type: string } } }
    Answer:
      name: quotes.answer
      title: Answer
      x-contract: { version: '1.0' }
      payload: { type: object, properties: { price: { type: number } } }
`;
