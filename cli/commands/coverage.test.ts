import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { folderReader, load } from '@chirograph/contract/load';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listener } from '../coverage/hear.ts';
import { main } from '../main.ts';
import { type MemoryIo, memoryIo } from '../memory-io.ts';

const order = `asyncapi: 3.1.0
info: { title: Order, version: 1.0.0 }
channels:
  place: { address: order.place, messages: { PlaceOrder: { $ref: '#/components/messages/PlaceOrder' } } }
  placed: { address: order.placed, messages: { OrderPlaced: { $ref: '#/components/messages/OrderPlaced' } } }
  refused: { address: order.refused, messages: { OrderRefused: { $ref: '#/components/messages/OrderRefused' } } }
operations:
  onPlace: { action: receive, channel: { $ref: '#/channels/place' } }
  sendPlaced: { action: send, channel: { $ref: '#/channels/placed' } }
  sendRefused: { action: send, channel: { $ref: '#/channels/refused' } }
components:
  messages:
    PlaceOrder:
      name: order.place
      payload: { type: object }
      x-contract: { kind: command, version: '1.0', failures: [Cart empty, Out of stock], leadsTo: [order.placed, order.refused] }
    OrderPlaced:
      name: order.placed
      payload: { type: object }
      x-contract: { kind: event, version: '1.0', envelope: { causationId: /cause } }
    OrderRefused: { name: order.refused, payload: { type: object }, x-contract: { kind: event, version: '1.0' } }
`;
const app = `asyncapi: 3.1.0
info: { title: App, version: 1.0.0 }
channels:
  place: { $ref: './order.asyncapi.yaml#/channels/place' }
  placed: { $ref: './order.asyncapi.yaml#/channels/placed' }
  refused: { $ref: './order.asyncapi.yaml#/channels/refused' }
operations:
  sendPlace: { action: send, channel: { $ref: '#/channels/place' } }
  onPlaced: { action: receive, channel: { $ref: '#/channels/placed' } }
  onRefused: { action: receive, channel: { $ref: '#/channels/refused' } }
`;
const flow = `arazzo: 1.1.0
info: { title: Flows, version: 1.0.0 }
sourceDescriptions:
  - { name: order, type: asyncapi, url: ./order.asyncapi.yaml }
  - { name: app, type: asyncapi, url: ./app.asyncapi.yaml }
workflows:
  - workflowId: buy
    summary: An order
    steps:
      - { stepId: asked, operationId: $sourceDescriptions.app.sendPlace, action: send }
      - { stepId: taken, operationId: $sourceDescriptions.order.onPlace, action: receive }
      - { stepId: placed, operationId: $sourceDescriptions.order.sendPlaced, action: send }
      - { stepId: seen, operationId: $sourceDescriptions.app.onPlaced, action: receive }
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chirograph-'));
  write('specs/shop/order.asyncapi.yaml', order);
  write('specs/shop/app.asyncapi.yaml', app);
  write('specs/shop/buy.arazzo.yaml', flow);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, content: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), content);
}

function record(name: string, facts: readonly object[]): void {
  write(`.chirograph/coverage/${name}.jsonl`, facts.map((it) => `${JSON.stringify(it)}\n`).join(''));
}

async function run(...args: readonly string[]): Promise<{ code: number; io: MemoryIo }> {
  const io = memoryIo(folder);
  return { code: await main(['coverage', ...args], io), io };
}

const fact = (did: string, by: string, name: string, more = {}) => ({
  did,
  by,
  name: `order.${name}`,
  version: '1.0',
  id: name,
  ...more,
});
const bought = [
  fact('sent', 'app', 'place'),
  fact('delivered', 'order', 'place'),
  fact('sent', 'order', 'placed'),
  fact('handled', 'order', 'place'),
  fact('delivered', 'app', 'placed'),
  fact('handled', 'app', 'placed'),
];
const refused = (failure: string) => [
  fact('sent', 'order', 'refused', { refusal: { command: 'order.place', failure } }),
  fact('delivered', 'app', 'refused'),
  fact('handled', 'app', 'refused'),
];

describe('coverage', () => {
  it('is whole when every message, consumer, failure and step was seen', async () => {
    record('a', bought);
    record('b', refused('CART_EMPTY'));
    record('c', refused('out-of-stock'));
    const { code, io } = await run();
    expect(io.printed()).toMatch(
      /shop {2}3\/3 messages {2}3\/3 consumers {2}2\/2 failures {2}4\/4 flow steps {2}100 %/,
    );
    expect(code).toBe(0);
  });

  it('says what is missing, and is 1 below 100 %', async () => {
    record('a', bought);
    record('b', refused('CART_EMPTY'));
    const { code, io } = await run();
    expect(io.printed()).toContain('failure   order.place 1.0: Out of stock');
    expect(io.printed()).toContain('91 %');
    expect(code).toBe(1);
    expect(JSON.parse((await run('--format', 'json')).io.printed())).toMatchObject({ whole: false });
  });

  it('does not take a delivery for handling, nor a step for one that comes too early', async () => {
    record('a', [
      fact('delivered', 'app', 'placed'),
      fact('sent', 'app', 'place'),
      fact('delivered', 'order', 'place'),
    ]);
    const { io } = await run('--all');
    for (const missing of [
      'order.placed 1.0 at app',
      'order.place 1.0 at order',
      'buy: taken',
      'buy: seen',
    ]) {
      expect(io.printed()).toContain(missing);
    }
    expect(io.printed()).not.toContain('buy: asked');
  });

  it('takes a step for one that follows another only where it comes after it', async () => {
    record('a', [
      fact('sent', 'order', 'placed'),
      fact('sent', 'app', 'place'),
      fact('delivered', 'order', 'place'),
      fact('handled', 'order', 'place'),
    ]);
    const early = (await run('--all')).io.printed();
    expect(early).toContain('buy: placed');
    expect(early).not.toContain('buy: taken');
    record('a', [fact('sent', 'order', 'placed', { id: 'before' }), ...bought.slice(0, 4)]);
    expect((await run('--all')).io.printed()).not.toContain('buy: placed');
  });

  it('puts no flow together from several sessions', async () => {
    record('a', bought.slice(0, 4));
    record('b', bought.slice(4));
    expect((await run('--all')).io.printed()).toContain('buy: seen');
  });

  it('counts another version as another message', async () => {
    record(
      'a',
      bought.map((it) => ({ ...it, version: '2.0' })),
    );
    expect((await run('--all')).io.printed()).toContain('message   order.placed 1.0');
  });

  it('leaves out what is named, and says so; of nothing it is not whole', async () => {
    record('a', bought);
    const { code, io } = await run('--exclude', 'shop');
    expect(io.printed()).toContain('1 domain excluded: shop');
    expect(code).toBe(1);
    expect((await run('--exclude', 'shoe')).io.said()).toContain('there is no domain shoe');
  });

  it('is an error without recordings, and with broken ones', async () => {
    const none = await run();
    expect([none.code, none.io.said()]).toEqual([2, expect.stringContaining('there are no recordings')]);
    write('.chirograph/coverage/a.jsonl', '{"did":"sent","id":"1"}\n{"did":"guessed","id":"2"}\n');
    const broken = await run();
    expect([broken.code, broken.io.said()]).toEqual([2, expect.stringContaining('a.jsonl:2')]);
  });

  it('hears nothing of a broker that lives in one process', async () => {
    const { code, io } = await run('--broker', 'memory');
    expect([code, io.said()]).toEqual([2, expect.stringContaining('nobody else can be heard there')]);
  });
});

it('takes what is heard on a broker for what it shows: who sends because of a message has received it', () => {
  const { workspace } = load(folderReader(folder, ['specs']));
  const hear = listener(workspace);
  const message = (name: string, body: object) => ({
    id: name,
    name: `order.${name}`,
    headers: {},
    contentType: 'application/json',
    body: new TextEncoder().encode(JSON.stringify(body)),
  });
  expect(hear(message('place', {}))).toMatchObject([{ did: 'sent', by: 'app', version: '1.0' }]);
  expect(hear(message('placed', { cause: 'place' }))).toMatchObject([
    { did: 'delivered', by: 'order', name: 'order.place' },
    { did: 'handled', by: 'order', name: 'order.place' },
    { did: 'sent', by: 'order', name: 'order.placed' },
  ]);
  expect(hear(message('refused', { data: { command: 'order.place', failure: 'CART_EMPTY' } }))).toMatchObject(
    [{ refusal: { command: 'order.place', failure: 'CART_EMPTY' } }],
  );
});
