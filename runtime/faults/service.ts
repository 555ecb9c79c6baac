/**
 * A service to be stopped, killed and set wrong: writes numbered messages through its outbox, relays, and notes what it consumes. Run as
 * `service.ts <spec as JSON>`. It says on standard output what it does, a word and a count a line; a number of milliseconds on standard input
 * is how long its handler takes with the next message.
 */
import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Consumer,
  createConsumer,
  createProducer,
  inBatches,
  type Observation,
  outbox,
  type Receiver,
  type Relay,
  receive,
  relay,
  type Store,
  systemClock,
} from '../index.ts';
import { BREAKAGES, type BreakageName, inSchema } from './breakages.ts';
import { type BrokerName, type BrokerPlace, connectTo } from './brokers.ts';
import { type Numbered, note, numbered } from './numbered.ts';

export interface ServiceSpec {
  readonly store: StoreSpec;
  readonly broker: BrokerSpec;
  readonly relay?: { readonly lease?: number; readonly poll?: number; readonly batch?: number };
  readonly consumer?: ConsumerSpec;
  readonly write?: WriteSpec;
  /** Sends what was written once more, straight to the broker. */
  readonly resend?: { readonly count: number; readonly entities: number };
  /** For the broken variant of `sigterm`: waits for its handlers when stopped. */
  readonly patient?: boolean;
  /** Milliseconds by which this process's clock is wrong. */
  readonly skew?: number;
  readonly broken?: BreakageName;
}

export type StoreSpec =
  | { readonly kind: 'postgres'; readonly url: string; readonly schema: string }
  | { readonly kind: 'sqlite'; readonly file: string };

export interface BrokerSpec extends BrokerPlace {
  readonly kind: BrokerName;
}

export interface ConsumerSpec {
  readonly name: string;
  /** Names of the messages, which are their channels. */
  readonly messages?: readonly string[];
  /** It handles what is at hand together: for rows whose load is large, and that are about something else. */
  readonly together?: boolean;
  /** The versions of `faults.happened` that it knows: a channel each. */
  readonly versions?: readonly ('1.0' | '2.0')[];
}

export interface WriteSpec {
  readonly from: number;
  readonly count: number;
  readonly entities: number;
  readonly concurrency?: number;
  readonly perTransaction?: number;
  /** Every so many transactions is rolled back after it has written. */
  readonly rollbackEvery?: number;
  readonly perSecond?: number;
  /** Bytes that each message is larger. */
  readonly padding?: number;
  /** Milliseconds for which every transaction is held open, up to. */
  readonly holdUpTo?: number;
}

export async function openStore(spec: StoreSpec): Promise<Store> {
  if (spec.kind === 'sqlite') return (await import('../sqlite/index.ts')).sqliteStore({ file: spec.file });
  const { postgresStore } = await import('../postgres/index.ts');
  return postgresStore({ url: spec.url, schema: spec.schema });
}

/** `faults.happened` 1.0 and 2.0, side by side on two channels. */
export const VERSIONS = {
  '1.0': numbered(),
  '2.0': numbered('faults.happened', { version: '2.0', channel: 'faults.happened.v2' }),
} as const;

const counts = new Map<string, number>();
let saying = false;
function say(what: string, count = 1): void {
  counts.set(what, (counts.get(what) ?? 0) + count);
  if (saying) return;
  saying = true;
  setImmediate(() => {
    saying = false;
    const lines = [...counts].map(([word, many]) => `${many} ${word}\n`).join('');
    counts.clear();
    process.stdout.write(lines);
  });
}

/** From SIGTERM on nothing more is written. */
let isStopping = false;

class RolledBackError extends Error {}

async function run(spec: ServiceSpec): Promise<void> {
  const { skew = 0 } = spec;
  // How far it comes with its start is said step by step, for the one that does not come to its end.
  say('loaded');
  if (skew !== 0) {
    const { now } = Date;
    Date.now = () => now() + skew;
  }
  if (spec.store.kind === 'postgres') inSchema(spec.store.schema);
  const observe = (one: Observation): void => {
    if (one.kind === 'fault') say(`fault ${String(one.error).replaceAll('\n', ' ')}`);
    else say(one.kind);
  };
  const whole = {
    store: await openStore(spec.store),
    broker: await connectTo(spec.broker.kind, spec.broker, (error) =>
      say(`broker-fault ${String(error).replaceAll('\n', ' ')}`),
    ),
  };
  say('connected');
  const { store, broker } = spec.broken ? BREAKAGES[spec.broken](whole) : whole;
  const consumers: Consumer[] = [];
  let courier: Relay | undefined;

  process.on('SIGTERM', async () => {
    isStopping = true;
    for (const consumer of consumers) await consumer.stop(spec.patient ? {} : { within: 5_000 });
    await courier?.stop();
    await broker.close();
    await store.close();
    process.exit(0);
  });

  if (spec.consumer) {
    const { name, messages = ['faults.happened'], versions, together = false } = spec.consumer;
    let slowNext = 0;
    createInterface({ input: process.stdin }).on('line', (line) => {
      slowNext = Number(line);
    });
    const handler = async (
      message: Numbered,
      { tx }: { readonly tx: Parameters<typeof note>[0] },
    ): Promise<void> => {
      await note(tx, `done-${name}`, [message]);
      const takes = slowNext;
      if (takes === 0) return;
      slowNext = 0;
      say('slow');
      await sleep(takes);
    };
    const all = inBatches<Numbered>((items, { tx }) =>
      note(
        tx,
        `done-${name}`,
        items.map(({ message }) => message),
      ),
    );
    const receivers: Receiver[] = versions
      ? versions.map((version) => receive(VERSIONS[version], handler))
      : messages.map((message) => receive(numbered(message), together ? all : handler));
    // What others of its group know is unknown to it only if it is handed over all the same.
    const consumer = createConsumer(name, broker, { store, observe, poll: 500 }, receivers);
    await consumer.start();
    consumers.push(consumer);
  }
  if (spec.relay) {
    courier = relay(store, broker, { observe, clock: systemClock, ...spec.relay });
    courier.start();
  }
  // One that is killed would not leave what it has compiled to the next.
  flushCompileCache();
  say('ready');
  if (spec.write) {
    await write(store, spec.write);
    say('all-written');
  }
  if (spec.resend) {
    const send = createProducer('faults', broker);
    for (let number = 0; number < spec.resend.count; number += 1) {
      const entity = `e${number % spec.resend.entities}`;
      await send(numbered(), { id: `${entity}-${number}`, entity, number });
    }
  }
}

async function write(store: Store, spec: WriteSpec): Promise<void> {
  const {
    from,
    count,
    entities,
    concurrency = 4,
    perTransaction = 1,
    rollbackEvery = 0,
    perSecond,
    padding = 0,
    holdUpTo = 0,
  } = spec;
  const send = createProducer('faults', outbox(store));
  const event = numbered();
  let next = from;
  let transactions = 0;
  const began = performance.now();
  async function writer(): Promise<void> {
    while (next < from + count && !isStopping) {
      const first = next;
      // All of one transaction belong to one entity: two transactions that want each other's would meet in a deadlock.
      const entity = `e${Math.floor(first / perTransaction) % entities}`;
      const numbers = Array.from(
        { length: Math.min(perTransaction, from + count - first) },
        (_, index) => first + index,
      );
      next += numbers.length;
      transactions += 1;
      const isUndone = rollbackEvery > 0 && transactions % rollbackEvery === 0;
      if (perSecond) {
        const due = began + ((first - from) / perSecond) * 1_000;
        if (due > performance.now()) await sleep(due - performance.now());
      }
      for (let written = false; !written; ) {
        // Without a database nobody can write; what was not committed is written again.
        try {
          if (isUndone)
            await attempt(
              numbers.map((number) => ({ entity, number: number + 1_000_000 })),
              true,
            );
          await attempt(
            numbers.map((number) => ({ entity, number })),
            false,
          );
          written = true;
        } catch (error) {
          if (isStopping) return;
          say(`write-fault ${String(error).replaceAll('\n', ' ').slice(0, 120)}`);
          await sleep(200);
        }
      }
      say('written', numbers.length);
    }
  }
  async function attempt(messages: readonly Omit<Numbered, 'id'>[], isUndone: boolean): Promise<void> {
    try {
      await store.transaction(async (tx) => {
        await note(tx, 'sent', messages);
        for (const message of messages) {
          const pad = padding > 0 && { padding: 'x'.repeat(padding) };
          await send(event, { id: `${message.entity}-${message.number}`, ...message, ...pad }, { tx });
        }
        if (holdUpTo > 0) await sleep(Math.random() * holdUpTo);
        if (isUndone) throw new RolledBackError();
      });
    } catch (error) {
      if (!(error instanceof RolledBackError)) throw error;
    }
  }
  await Promise.all(Array.from({ length: concurrency }, writer));
}

if (process.argv[1] === import.meta.filename) await run(JSON.parse(process.argv[2] ?? '{}'));
