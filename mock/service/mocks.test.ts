import { folderReader, load, memoryReader } from '@chirograph/contract/load';
import type { Flow, NodeId, Workspace } from '@chirograph/contract/model';
import { deliverEach } from '@chirograph/runtime';
import { memoryBroker } from '@chirograph/runtime/memory';
import { manualClock } from '@chirograph/runtime/testing';
import { describe, expect, it } from 'vitest';
import { respond } from '../api/routes.ts';
import { avroCodecsFor } from '../contracts/payload-codec.ts';
import { parseRates } from '../rates/rates.ts';
import { chooseMessage, chooseServices } from './choose.ts';
import { type MockOptions, mocks } from './mocks.ts';

const { workspace } = load(folderReader('.', ['specs', 'mock/fixtures']));

/** Mocks on a broker in memory, and a clock that only the test moves. */
function stage(services: readonly string[], options: Partial<MockOptions> = {}) {
  const chosen = chooseServices(workspace.services, services);
  if ('problem' in chosen) throw new Error(chosen.problem);
  const clock = manualClock();
  const broker = memoryBroker({ clock, acknowledge: 'received', redeliveryDelay: 0 });
  const running = mocks({ workspace, services: chosen.value, broker, seed: 7, clock, ...options });
  const { journal } = running;
  return {
    ...running,
    broker,
    clock,
    published: (name: string, overrides?: object) =>
      running.publish(idOf(name), { payload: overrides as never }),
    sent: () => journal.sent.map((it) => it.name),
    /** `customs < parcels.arrived`: who heard what. */
    heard: () => journal.received.map((it) => `${it.service.split('/')[1]} < ${it.name}`),
    settled: () => broker.settled(),
  };
}

function idOf(name: string): NodeId {
  const found = chooseMessage(workspace.messages, name);
  if ('problem' in found) throw new Error(found.problem);
  return found.value.id;
}

describe('payloads that are not JSON', () => {
  const byName = <T extends { readonly name?: string }>(them: readonly T[]): T[] =>
    them.toSorted((a, b) => String(a.name).localeCompare(String(b.name)));

  const document = {
    asyncapi: '3.0.0',
    info: { title: 'Scans', version: '1.0.0' },
    channels: {
      pages: { address: 'pages', messages: { PageScanned: { $ref: '#/components/messages/PageScanned' } } },
      notes: { address: 'notes', messages: { NoteWritten: { $ref: '#/components/messages/NoteWritten' } } },
      sizes: { address: 'sizes', messages: { SizeMeasured: { $ref: '#/components/messages/SizeMeasured' } } },
    },
    operations: Object.fromEntries(
      ['pages', 'notes', 'sizes'].flatMap((channel) =>
        ['send', 'receive'].map((action) => [
          `${action}-${channel}`,
          { action, channel: { $ref: `#/channels/${channel}` } },
        ]),
      ),
    ),
    components: {
      messages: {
        PageScanned: {
          contentType: 'image/png',
          payload: { type: 'string', format: 'binary', minLength: 3, maxLength: 6 },
        },
        NoteWritten: { contentType: 'text/plain; charset=utf-8', payload: { type: 'string' } },
        SizeMeasured: {
          payload: {
            schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
            schema: {
              type: 'record',
              name: 'Size',
              fields: [
                { name: 'width', type: 'int' },
                { name: 'unit', type: ['null', 'string'], default: null },
              ],
            },
          },
        },
      },
    },
  };

  it('are sent as their content type says, and shown as JSON', async () => {
    const loaded = load(
      memoryReader({ 'specs/scans/scans.asyncapi.json': JSON.stringify(document) }),
    ).workspace;
    const broker = memoryBroker();
    const avro = await avroCodecsFor(loaded);
    const running = mocks({ workspace: loaded, services: loaded.services, broker, seed: 7, avro });
    await running.start();
    for (const { id } of loaded.messages)
      expect(await running.publish(id)).toMatchObject({ kind: 'published' });
    await broker.settled();
    await running.stop();
    const received = byName(running.journal.received);
    expect(received.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['NoteWritten', 'valid'],
      ['PageScanned', 'valid'],
      ['SizeMeasured', 'valid'],
    ]);
    const [note, page, size] = received.map((it) => it.payload);
    expect(Buffer.from(String(page), 'base64').length).toSatisfy(
      (length: number) => length >= 3 && length <= 6,
    );
    expect(note).toEqual(expect.any(String));
    expect(size).toMatchObject({ width: expect.any(Number) });
    expect(received).toMatchObject(byName(running.journal.sent).map(({ payload }) => ({ payload })));
  });
});

describe('a flow, all of whose services are mocked, is played to its end', () => {
  it.each(workspace.flows.map((it) => [`${it.domain} ${it.name}`, it] as const))(
    '%s',
    { timeout: 60_000 },
    async (_, flow) => {
      const { start, publish, settled, journal } = stage([flow.domain], { flows: [flow.name] });
      await start();
      const [first] = messagesSent(flow);
      const opened = await publish(idOf(first!));
      await settled();

      expect(new Set(journal.sent.map((it) => it.name))).toEqual(new Set(messagesSent(flow)));
      expect(journal.received.filter((it) => it.verdict !== 'valid')).toEqual([]);
      expect(journal.counts).toMatchObject({ trouble: 0, violating: 0 });
      const story = opened.kind === 'published' ? opened.sent.correlationId : '';
      expect(new Set(journal.sent.map((it) => it.correlationId))).toEqual(new Set([story]));
    },
  );

  function messagesSent(flow: Flow): string[] {
    return flow.steps.flatMap((step) => {
      if (step.action !== 'send') return [];
      const operation = workspace.operations.find((it) => it.id === step.operation);
      return workspace.messages.find((it) => operation?.messages.includes(it.id))?.name ?? [];
    });
  }
});

describe('a mocked service', () => {
  it('answers the order that a real one placed', async () => {
    const { broker, start, settled, journal } = stage(['shop/payment']);
    await start();
    const asked = {
      specversion: '1.0',
      id: '0b0f9d2c-58a4-4c0a-9d33-5f7d1f5a1f10',
      source: '/shop/order',
      type: 'shop.payment.authorize',
      dataversion: '1.0',
      time: '2026-03-01T10:00:00Z',
      correlationid: 'c5ad70ee-5f25-4b36-8b5c-2a1f6e5b3d11',
      data: {
        orderId: '7f0c2f0e-2c39-4b9c-8df5-6c0f0f1a2b3c',
        amount: { amount: 1250, currency: 'EUR' },
        paymentMethodId: '9d3c1f7a-6a55-4f0e-8c38-0f3a4b5c6d7e',
        customerId: '7f0580f7-004c-47e3-8971-514ed17e7fd7',
      },
    };
    await broker.publish([
      {
        id: asked.id,
        channel: 'shop.payment.authorize',
        headers: {},
        contentType: 'application/cloudevents+json',
        body: new TextEncoder().encode(JSON.stringify(asked)),
      },
    ]);
    await settled();
    expect(journal.sent).toMatchObject([
      {
        name: 'shop.payment.authorized',
        correlationId: asked.correlationid,
        answers: asked.id,
        payload: {
          causationid: asked.id,
          data: { orderId: asked.data.orderId, amount: asked.data.amount },
        },
      },
    ]);
  });

  it('answers once, however often it is asked the same', async () => {
    const { start, published, settled, sent, journal } = stage(['parcels'], { faults: { duplicate: 1 } });
    await start();
    await published('parcels.arrived');
    await settled();
    expect(sent().filter((it) => it === 'parcels.cleared')).toHaveLength(1);
    expect(sent().filter((it) => it === 'parcels.delivered')).toHaveLength(1);
    expect(journal.received.filter((it) => it.name === 'parcels.cleared').map((it) => it.again)).toEqual([
      false,
      true,
    ]);
  });

  it('remembers what was said before in the story', async () => {
    const { start, published, settled, journal } = stage(['parcels']);
    await start();
    await published('parcels.arrived', { data: { parcelId: 'P-12345678', grams: 42 } });
    await settled();
    const last = journal.sent.find((it) => it.name === 'parcels.delivered');
    const price = journal.sent.find((it) => it.name === 'parcels.paid')?.payload;
    expect(last?.payload).toMatchObject({
      data: { parcelId: 'P-12345678', grams: 42, price: Reflect.get(Object(Object(price).data), 'price') },
    });
  });

  it('goes the way that is preferred', async () => {
    const { start, published, settled, sent } = stage(
      ['parcels/depot', 'parcels/customs', 'parcels/courier'],
      {
        flows: ['loss'],
      },
    );
    await start();
    await published('parcels.arrived');
    await settled();
    expect(sent()).toEqual(['parcels.arrived', 'parcels.cleared', 'parcels.lost']);
  });

  it('injects no faults into what is published by hand', async () => {
    const { start, published, settled, journal } = stage(['parcels/depot', 'parcels/customs'], {
      faults: { invalid: 1 },
    });
    await start();
    await published('parcels.arrived');
    await settled();
    expect(journal.sent.map((it) => [it.name, it.faults])).toEqual([
      ['parcels.arrived', []],
      ['parcels.cleared', ['invalid']],
    ]);
  });

  it('answers nothing to a message that breaks its contract, and tells of it', async () => {
    const { start, clock, settled, heard, sent, journal } = stage(['parcels/depot', 'parcels/customs'], {
      faults: { invalid: 1 },
    });
    await start();
    await clock.advance(10_000);
    await settled();
    expect(heard()).toEqual(['customs < parcels.arrived']);
    expect(sent()).toEqual(['parcels.arrived']);
    expect(journal.received).toMatchObject([{ verdict: 'invalid' }]);
    expect(journal.received[0]?.violations).not.toEqual([]);
    expect(journal.counts).toMatchObject({ violating: 1 });
  });

  it('sends an older version where there is one', async () => {
    const { start, clock, settled, journal } = stage(['parcels'], { faults: { old: 1 } });
    await start();
    await clock.advance(10_000);
    await settled();
    expect(journal.sent.map((it) => `${it.name} ${it.version} ${it.faults}`)).toEqual(
      expect.arrayContaining(['parcels.arrived 1.0 old', 'parcels.cleared 1.0 ']),
    );
    expect(journal.counts.violating).toBe(0);
  });

  it('fills an address from the message, the story and the contract, and never sends to one in braces', async () => {
    const { start, publish, published, broker, settled, journal } = stage(['parcels/depot']);
    await start();
    await published('parcels.stored');
    await published('parcels.misplaced');
    const store = {
      id: '0b0f9d2c-58a4-4c0a-9d33-5f7d1f5a1f10',
      type: 'parcels.store',
      version: '1.0',
      time: '2026-03-01T10:00:00Z',
      data: { parcelId: 'P-00000001', shelf: 'C7' },
    };
    const wire = { id: 'w', headers: {}, contentType: 'application/json', channel: 'parcels.store' };
    await broker.publish([{ ...wire, body: new TextEncoder().encode(JSON.stringify(store)) }]);
    await settled();
    const [stored, misplaced, answer] = journal.sent;
    const [, shelf] = stored?.channel.split('.') ?? [];
    expect(stored).toMatchObject({ channel: `parcels.${shelf}.stored`, payload: { data: { shelf } } });
    expect(misplaced?.channel).toMatch(/^parcels\.(north|south)\.(A1|F9)\.misplaced$/);
    expect(answer?.channel).toBe('parcels.C7.stored');

    const asked = (parameters: Record<string, string>) => publish(idOf('parcels.misplaced'), { parameters });
    expect(await asked({ hall: 'south', shelf: 'B2' })).toMatchObject({
      sent: { channel: 'parcels.south.B2.misplaced' },
    });
    expect(await asked({ hall: 'east' })).toMatchObject({
      kind: 'refused',
      violations: [{ pointer: 'parameters/hall', rule: 'enum', found: '"east"' }],
    });
    const elsewhere = await publish(idOf('parcels.stored'), { parameters: { shelf: 'D4' } });
    expect(elsewhere).toMatchObject({
      sent: { channel: 'parcels.D4.stored', payload: { data: { shelf: 'D4' } } },
    });
  });

  it('sends by itself at the volume of the contract, or at the rate given', async () => {
    const byVolume = stage(['parcels/depot']);
    await byVolume.start();
    await byVolume.clock.advance(35_000);
    expect(byVolume.sent()).toEqual(['parcels.arrived', 'parcels.arrived', 'parcels.arrived']);

    const byRate = stage(['parcels'], { rates: { every: 1000, byName: { 'parcels.stored': 4000 } } });
    await byRate.start();
    await byRate.clock.advance(4000);
    await byRate.settled();
    const of = (name: string) => byRate.sent().filter((it) => it === name).length;
    expect([of('parcels.arrived'), of('parcels.stored'), of('parcels.misplaced')]).toEqual([4, 1, 0]);
  });

  it('sends what has a rate in its newest version alone', async () => {
    const { start, clock, journal } = stage(['parcels/depot'], {
      rates: { byName: { 'parcels.arrived': 1000 } },
    });
    await start();
    await clock.advance(2000);
    expect(journal.sent.map((it) => `${it.name} ${it.version}`)).toEqual([
      'parcels.arrived 2.0',
      'parcels.arrived 2.0',
    ]);
  });

  it('says the same for the same seed, and something else for another', async () => {
    const play = async (seed: number) => {
      const { start, clock, settled, journal } = stage(['parcels'], {
        seed,
        faults: { duplicate: 0.5, late: 0.2, old: 0.5 },
      });
      await start();
      await clock.advance(30_000);
      await settled();
      return journal.sent.map(({ id, name, faults, payload }) => ({ id, name, faults, payload }));
    };
    expect(await play(1)).toEqual(await play(1));
    expect(await play(1)).not.toEqual(await play(2));
  });

  it('ends with what is late sent, and begins nothing more', async () => {
    const { start, clock, stop, settled, broker, sent } = stage(['parcels/depot'], { faults: { late: 1 } });
    const arrived: string[] = [];
    await broker.subscribe(
      { group: 'test', channels: ['parcels.arrived'] },
      deliverEach(async ({ id }) => void arrived.push(id)),
    );
    await start();
    await clock.advance(10_000);
    expect([sent().length, arrived.length]).toEqual([1, 0]);
    await stop();
    await settled();
    expect(arrived).toHaveLength(1);
    await clock.advance(60_000);
    expect(sent()).toHaveLength(1);
  });

  it('tells of a broker that refuses, and answers when asked again', async () => {
    const { start, published, broker, journal, settled } = stage(['parcels/customs', 'parcels/depot']);
    const { publish } = broker;
    let refusing = true;
    broker.publish = async (messages, options) => {
      if (refusing && messages.some((it) => it.name === 'parcels.cleared')) throw new Error('no room');
      return publish(messages, options);
    };
    await start();
    const first = await published('parcels.arrived');
    await settled();
    expect(journal.counts.trouble).toBe(1);
    refusing = false;
    await published('parcels.arrived', first.kind === 'published' ? Object(first.sent.payload) : {});
    await settled();
    expect(journal.sent.filter((it) => it.name === 'parcels.cleared')).toHaveLength(2);
    expect(journal.counts.trouble).toBe(1);
  });

  it('refuses overrides that break the contract', async () => {
    const { start, published, sent } = stage(['parcels/depot']);
    await start();
    expect(await published('parcels.arrived', { data: { grams: 'many' } })).toMatchObject({
      kind: 'refused',
      violations: [{ pointer: '/data/grams', rule: 'type' }],
    });
    expect(sent()).toEqual([]);
  });
});

describe('what a user may write', () => {
  const services = (...words: string[]) => {
    const chosen = chooseServices(workspace.services, words);
    return 'problem' in chosen ? chosen.problem : chosen.value.map((it) => `${it.domain}/${it.name}`);
  };

  it.each([
    [['shop/payment'], ['shop/payment']],
    [['courier'], ['parcels/courier']],
    [
      ['loyalty/loyalty', 'shop/payment'],
      ['loyalty/loyalty', 'shop/payment'],
    ],
    [['parcels'], ['parcels/billing', 'parcels/courier', 'parcels/customs', 'parcels/depot']],
    [['payment'], 'several domains have a service `payment`: learning-platform/payment, shop/payment'],
    [['shop/paymnet'], 'there is no service `shop/paymnet`; did you mean `shop/payment`?'],
    [['zzz'], 'there is no service `zzz`'],
  ])('services %j', (words, chosen) => {
    expect(services(...words)).toEqual(chosen);
  });

  it('means all services by none', () => {
    expect(services()).toHaveLength(workspace.services.length);
  });

  it.each([
    ['shop.order.placed', { value: { name: 'shop.order.placed' } }],
    ['order.placed', { value: { name: 'shop.order.placed' } }],
    ['WalletDebited', { value: { name: 'wallet.debited' } }],
    ['parcels.arrived', { value: { version: '2.0' } }],
    ['parcels.arrived@1.0', { value: { version: '1.0' } }],
    ['created', { problem: expect.stringContaining('the name of several messages') }],
    ['order.plaecd', { problem: expect.stringMatching(/^there is no message `order.plaecd`/) }],
  ])('message %s', (word, chosen) => {
    expect(chooseMessage(workspace.messages, word)).toMatchObject(chosen);
  });

  it.each([
    [['2/s'], { value: { every: 500, byName: {} } }],
    [['30/m', 'order.placed=1/s'], { value: { every: 2000, byName: { 'order.placed': 1000 } } }],
    [['a=1/h,b=0.5/d'], { value: { byName: { a: 3_600_000, b: 172_800_000 } } }],
    [['often'], { problem: expect.stringContaining('`often` is not a rate') }],
    [['0/s'], { problem: expect.stringContaining('is not a rate') }],
  ])('rates %j', (texts, parsed) => {
    expect(parseRates(texts)).toEqual(parsed);
  });
});

describe('a mocked service that is asked', () => {
  const LOCATIONS = ['$message.header#/replyTo', '$message.payload#/answer/at'];

  /** A desk that asks, and says in each request where it wants the answer. */
  function asking(location: string) {
    return load(
      memoryReader({
        'q/q.asyncapi.yaml': `asyncapi: 3.0.0
info: { title: Q, version: 1.0.0 }
channels:
  ask: { address: q.ask, messages: { Ask: { $ref: '#/components/messages/Ask' } } }
  ans: { address: null, messages: { Ans: { $ref: '#/components/messages/Ans' } } }
operations:
  onAsk:
    action: receive
    channel: { $ref: '#/channels/ask' }
    reply: { address: { location: '${location}' }, channel: { $ref: '#/channels/ans' } }
components:
  messages:
    Ask:
      name: q.ask
      headers: { type: object, properties: { replyTo: { type: string }, tries: { type: integer } } }
      payload: { type: object, properties: { id: { type: string }, answer: { type: object } } }
    Ans: { name: q.ans, payload: { type: object, properties: { id: { type: string } } } }
`,
        'q/desk.asyncapi.yaml': `asyncapi: 3.0.0
info: { title: Desk, version: 1.0.0 }
operations:
  ask:
    action: send
    channel: { $ref: './q.asyncapi.yaml#/channels/ask' }
    reply: { address: { location: '${location}' }, channel: { $ref: './q.asyncapi.yaml#/channels/ans' } }
`,
      }),
    ).workspace;
  }

  function staged(
    workspace: Workspace,
    services = workspace.services,
    onHappening: MockOptions['onHappening'] = () => {},
  ) {
    const clock = manualClock();
    const broker = memoryBroker({ clock, acknowledge: 'received' });
    const running = mocks({ workspace, services, broker, seed: 7, clock, onHappening });
    return { broker, running, ...running };
  }

  it.each(LOCATIONS)('answers where the request says at %s', async (location) => {
    const workspace = asking(location);
    const troubles: string[] = [];
    const { broker, start, journal, stop } = staged(
      workspace,
      workspace.services.filter((it) => it.name === 'q'),
      (it) => it.kind === 'trouble' && troubles.push(it.problem),
    );
    await start();
    const body = new TextEncoder().encode('{"id":"Q-1","answer":{"at":"inbox.7"}}');
    await broker.publish([
      {
        id: '1',
        name: 'q.ask',
        channel: 'q.ask',
        headers: { replyTo: 'inbox.7' },
        contentType: 'application/json',
        body,
      },
    ]);
    await broker.settled();
    expect(journal.sent).toMatchObject([{ name: 'q.ans', channel: 'inbox.7', payload: { id: 'Q-1' } }]);
    await broker.publish([
      {
        id: '2',
        name: 'q.ask',
        channel: 'q.ask',
        headers: {},
        contentType: 'application/json',
        body: new TextEncoder().encode('{}'),
      },
    ]);
    await broker.settled();
    expect(troubles).toEqual([expect.stringContaining('it does not say where it wants the answer, at /')]);
    await stop();
  });

  it.each(LOCATIONS)('is asked at %s by a mock that hears the answer', async (location) => {
    const workspace = asking(location);
    const { broker, start, publish, journal, stop } = staged(workspace);
    await start();
    await publish(workspace.messages.find((it) => it.name === 'q.ask')?.id ?? '', {});
    await broker.settled();
    expect(journal.counts).toMatchObject({ trouble: 0, violating: 0 });
    expect(journal.sent.map((it) => it.channel)).toEqual(['q.ask', 'q.answers.desk']);
    expect(journal.received.map((it) => `${it.service} ${it.name}`)).toEqual(['q/q q.ask', 'q/desk q.ans']);
    await stop();
  });

  it('is asked over HTTP with headers, which the contract may refuse', async () => {
    const workspace = asking(LOCATIONS[0] ?? '');
    const { broker, running, start, journal, stop } = staged(workspace);
    await start();
    const ask = (query: Record<string, string>) =>
      respond(running, workspace, {
        method: 'POST',
        path: '/publish/q.ask',
        query,
        body: undefined,
      });
    expect(await ask({ 'headers.replyTo': 'mine', 'headers.tries': '2' })).toMatchObject({ status: 201 });
    await broker.settled();
    expect(journal.sent.map((it) => it.channel)).toEqual(['q.ask', 'mine']);
    expect(journal.sent[0]?.headers).toMatchObject({ replyTo: 'mine', tries: '2' });
    expect(await ask({ 'headers.tries': 'two' })).toMatchObject({
      status: 422,
      body: { violations: [{ pointer: 'headers/tries' }] },
    });
    await stop();
  });

  it('replies, and the one that asked hears it', async () => {
    const document = (text: string) => `asyncapi: 3.0.0\ninfo: { title: T, version: 1.0.0 }\n${text}`;
    const { workspace: asking } = load(
      memoryReader({
        'depot/scales.asyncapi.yaml': document(`
channels:
  weigh: { address: depot.weigh, messages: { Weigh: { $ref: '#/components/messages/Weigh' } } }
  weighed:
    address: depot.{hall}.weighed
    parameters: { hall: { enum: [north] } }
    messages: { Weighed: { $ref: '#/components/messages/Weighed' } }
operations:
  onWeigh:
    action: receive
    channel: { $ref: '#/channels/weigh' }
    reply: { channel: { $ref: '#/channels/weighed' } }
components:
  messages:
    Weigh: { name: weigh, payload: { type: object, required: [parcel], properties: { parcel: { type: string } } } }
    Weighed: { name: weighed, payload: { type: object, required: [parcel], properties: { parcel: { type: string }, grams: { type: integer } } } }
`),
        'depot/desk.asyncapi.yaml': document(`
channels:
  weigh: { $ref: './scales.asyncapi.yaml#/channels/weigh' }
  weighed: { $ref: './scales.asyncapi.yaml#/channels/weighed' }
operations:
  ask:
    action: send
    channel: { $ref: '#/channels/weigh' }
    reply: { channel: { $ref: '#/channels/weighed' } }
`),
      }),
    );
    const clock = manualClock();
    const broker = memoryBroker({ clock, acknowledge: 'received' });
    const { services } = asking;
    const running = mocks({ workspace: asking, services, broker, seed: 7, clock });
    await running.start();
    const weigh = asking.messages.find((it) => it.name === 'weigh')?.id ?? '';
    await running.publish(weigh, { payload: { parcel: 'P-1' } });
    await broker.settled();
    expect(running.journal.sent.map((it) => it.channel)).toEqual(['depot.weigh', 'depot.north.weighed']);
    expect(running.journal.sent[1]?.payload).toMatchObject({ parcel: 'P-1' });
    expect(running.journal.received.map((it) => `${it.service} ${it.name} ${it.verdict}`)).toEqual([
      'depot/scales weigh valid',
      'depot/desk weighed valid',
    ]);
    await running.stop();
  });
});
