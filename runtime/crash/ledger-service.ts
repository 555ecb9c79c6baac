/**
 * A small service to be killed: it sends numbered messages, its ledger notes each and sends a note on, and its
 * mirror notes the notes. Handlers fail at random. Run as `ledger-service.ts <file> <seed> work|finish [<nats url> <prefix>]`;
 * `work` never ends, `finish` sends nothing new and ends when all is handled.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { MessageContract } from '../contract/index.ts';
import {
  type Broker,
  createConsumer,
  createProducer,
  deadLetters,
  type Handler,
  outbox,
  receive,
  relay,
  type Transaction,
} from '../index.ts';
import { memoryBroker } from '../memory/index.ts';
import { natsBroker } from '../nats/index.ts';
import { sqliteStore } from '../sqlite/index.ts';

interface Numbered {
  readonly id: string;
  readonly entity: string;
  readonly number: number;
}

const KEYS = 5;

function contract(name: string): MessageContract<Numbered> {
  return {
    name,
    version: '1.0',
    kind: 'event',
    channel: name,
    contentType: 'application/json',
    envelope: { id: { in: 'payload', path: ['id'] } },
    orderingKey: { in: 'payload', path: ['entity'] },
    identity: [{ in: 'payload', path: ['id'] }],
    validate: (value): value is Numbered => typeof value === 'object' && value !== null && 'number' in value,
  };
}

const earned = contract('crash.earned');
const noted = contract('crash.noted');

const [file = '', seed = '1', mode = 'work', natsUrl, prefix] = process.argv.slice(2);
const random = randomFrom(Number(seed));
const store = sqliteStore({ file });
const broker: Broker = natsUrl
  ? await natsBroker({
      servers: natsUrl,
      prefix,
      streams: [{ name: 'crash', subjects: ['crash.>'] }],
      ackWait: 500,
      redeliveryDelay: 10,
      onFault: () => undefined,
    })
  : memoryBroker({ redeliveryDelay: 1 });
const send = createProducer('crash', outbox(store));

/** Notes the number, and fails now and then after having written it. */
async function note(tx: Transaction, stream: string, message: Numbered): Promise<void> {
  const event = { type: 'noted', number: message.number };
  await tx.events.append(`${stream}/${message.entity}`, 'any', [event], { at: 0 });
  if (random() < 0.05) await sleep(2);
  if (random() < 0.2) throw new Error('by chance');
}

const ledger: Handler<Numbered> = async (message, context) => {
  const { entity, number } = message;
  await send(noted, { entity, number }, context);
  await note(context.tx, 'ledger', message);
};
const mirror: Handler<Numbered> = (message, { tx }) => note(tx, 'mirror', message);

const options = { store, retry: { delays: [3, 6] }, poll: 20 };
const consumers = [
  createConsumer('ledger', broker, options, [receive(earned, ledger)]),
  createConsumer('mirror', broker, options, [receive(noted, mirror)]),
];
const courier = relay(store, broker, { poll: 20, lease: 30 });
for (const consumer of consumers) await consumer.start();
courier.start();
console.log('ready');

while (mode === 'work') {
  await store.transaction(async (tx) => {
    const counts = tx.documents<number>('counts');
    let number = (await counts.get('sent')) ?? 0;
    for (const until = number + Math.ceil(random() * 30); number < until; ) {
      number += 1;
      await send(earned, { entity: `k${number % KEYS}`, number }, { tx });
    }
    await counts.put('sent', number);
  });
  await sleep(random() * 20);
}

const letters = deadLetters(store);
while (!(await isDone())) {
  for (const { id } of await letters.list()) await letters.redrive(id);
  await sleep(10);
}
for (const consumer of consumers) await consumer.stop();
await courier.stop();
await broker.close();
await store.close();

async function isDone(): Promise<boolean> {
  return store.transaction(async (tx) => {
    const sent = (await tx.documents<number>('counts').get('sent')) ?? 0;
    let done = 0;
    for (let key = 0; key < KEYS; key++) done += (await tx.events.load(`mirror/k${key}`)).length;
    return done >= sent && (await tx.outbox.next({ limit: 1 })).length === 0;
  });
}

/** Mulberry32: small, seeded, good enough to decide when to fail. */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
