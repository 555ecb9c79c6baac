/** For the tests of the domains: transactions that run side by side, in each order of their steps that fast-check tries. */
import { isDeepStrictEqual } from 'node:util';
import type { Appended, DomainEvent, HandlerContext, Transaction } from '@chirograph/runtime';
import fc from 'fast-check';
import { expect } from 'vitest';

/** The handling of a message, or a command: all that one transaction does. */
export type Work = (tx: Transaction) => Promise<unknown>;

/** The handling of a message by a handler that looks at these fields of it alone. */
export function handling<Message>(
  handler: (message: Message, context: HandlerContext) => unknown,
  fields: Said<Message>,
): Work {
  return async (tx) =>
    handler(fields as Message, { tx, causedBy: { id: 'm-1', correlationId: 'm-1' } } as HandlerContext);
}

/** Some of the fields, on every level. */
type Said<T> = { readonly [Field in keyof T]?: T[Field] extends object ? Said<T[Field]> : T[Field] };

export interface Race {
  /** What happened before, one after another. */
  readonly before?: readonly Work[];
  /** What happens at once. */
  readonly atOnce: readonly Work[];
  /** What is there afterwards. */
  seen(tx: Transaction): Promise<unknown>;
}

/** Asserts that what happens at once leaves what it would leave one after another, in one order or the other. */
export async function assertSerial({ before = [], atOnce, seen }: Race): Promise<void> {
  const start = await startOf(before);
  const serial: unknown[] = [];
  for (const order of ordersOf(atOnce)) serial.push(await leftBy(order, start, seen));
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const store = readCommitted(start, () => scheduler.schedule(Promise.resolve()));
      await scheduler.waitFor(Promise.all(atOnce.map((work) => store(work))));
      const left = await scheduler.waitFor(store(seen));
      if (!serial.some((it) => isDeepStrictEqual(it, left))) expect(left).toEqual(serial[0]);
    }),
  );
}

/** Asserts that it does not matter which comes first. */
export async function assertSameInAnyOrder({ before = [], atOnce, seen }: Race): Promise<void> {
  const start = await startOf(before);
  const expected = await leftBy(atOnce, start, seen);
  for (const order of ordersOf(atOnce)) expect(await leftBy(order, start, seen)).toEqual(expected);
}

type Committed = ReadonlyMap<string, string>;

async function startOf(before: readonly Work[]): Promise<Committed> {
  const store = readCommitted(new Map());
  for (const work of before) await store(work);
  return store.committed;
}

async function leftBy(works: readonly Work[], start: Committed, seen: Race['seen']): Promise<unknown> {
  const store = readCommitted(start);
  for (const work of works) await store(work);
  return store(seen);
}

function ordersOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length <= 1) return [items];
  return items.flatMap((first) =>
    ordersOf(items.filter((it) => it !== first)).map((others) => [first, ...others]),
  );
}

interface ReadCommitted {
  <T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  readonly committed: Committed;
}

/**
 * A store that promises no more than the port does: reads see what is committed and what the transaction wrote itself, and who writes what another
 * has written waits for its end. What throws is undone and tried again, as consumers do. It knows documents, streams of events and, to the extent that
 * they can be set, timers.
 * @param start what is committed already
 * @param step awaited before each step of a transaction
 */
function readCommitted(start: Committed, step = async (): Promise<void> => undefined): ReadCommitted {
  const committed = new Map(start);
  const writers = new Map<string, Promise<void>>();

  async function attempt<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const written = new Map<string, string | undefined>();
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const read = (key: string): unknown => {
      const text = written.has(key) ? written.get(key) : committed.get(key);
      return text === undefined ? undefined : JSON.parse(text);
    };
    const lock = async (key: string): Promise<void> => {
      for (;;) {
        const writer = writers.get(key);
        if (!writer || writer === ended) break;
        await writer;
      }
      writers.set(key, ended);
    };
    const write = async (key: string, value: unknown): Promise<void> => {
      await step();
      await lock(key);
      written.set(key, JSON.stringify(value));
    };

    const documents = (collection: string) => {
      const prefix = `${collection} / `;
      return {
        async get(id: string) {
          await step();
          return read(prefix + id);
        },
        put: (id: string, document: unknown) => write(prefix + id, document),
        delete: (id: string) => write(prefix + id, undefined),
        async list({ after = '', limit }: { readonly after?: string; readonly limit?: number } = {}) {
          await step();
          const ids = [...new Set([...committed.keys(), ...written.keys()])]
            .filter((key) => key.startsWith(prefix) && read(key) !== undefined)
            .map((key) => key.slice(prefix.length))
            .filter((id) => id > after)
            .sort();
          return ids.slice(0, limit).map((id) => ({ id, document: read(prefix + id) }));
        },
      };
    };
    const eventsOf = (stream: string) => (read(`events of ${stream}`) ?? []) as readonly DomainEvent[];
    const events = {
      async load(stream: string) {
        await step();
        return eventsOf(stream).map((event, index) => ({ stream, version: index + 1, metadata: {}, event }));
      },
      async append(
        stream: string,
        expectedVersion: number | 'any',
        more: readonly DomainEvent[],
      ): Promise<Appended> {
        await step();
        await lock(`events of ${stream}`);
        const before = eventsOf(stream);
        if (expectedVersion !== 'any' && expectedVersion !== before.length) {
          return { kind: 'conflict', expectedVersion, actualVersion: before.length };
        }
        written.set(`events of ${stream}`, JSON.stringify([...before, ...more]));
        return { kind: 'appended', version: before.length + more.length };
      },
    };
    const timers = { set: async () => undefined, clear: async () => undefined };
    try {
      const result = await work({ documents, events, timers } as unknown as Transaction);
      await step();
      for (const [key, text] of written) {
        if (text === undefined) committed.delete(key);
        else committed.set(key, text);
      }
      return result;
    } finally {
      for (const [key, writer] of writers) if (writer === ended) writers.delete(key);
      end();
    }
  }

  async function untilDone<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt(work);
      } catch (error) {
        if (tries === 5) throw error;
      }
    }
  }
  return Object.assign(untilDone, { committed });
}
