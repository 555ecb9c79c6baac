import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deadLetters } from '../dead-letters/dead-letters.ts';
import type { WireMessage } from '../ports/message.ts';
import type { Publisher, PublishOutcome } from '../ports/publisher.ts';
import type { Store } from '../ports/store.ts';
import { sqliteStore } from '../sqlite/index.ts';
import type { Observation } from '../telemetry/observation.ts';
import { type ManualClock, manualClock } from '../testing/index.ts';
import { leaseKeeper } from './lease-keeper.ts';
import { outbox } from './outbox.ts';
import { relay } from './relay.ts';

let store: Store;
let clock: ManualClock;
let arrived: string[];
const broker: Publisher = {
  async publish(messages) {
    arrived.push(...messages.map(({ id }) => id));
    return messages.map(() => ({ kind: 'acked' }));
  },
};

beforeEach(() => {
  clock = manualClock();
  store = sqliteStore({ file: ':memory:', now: clock.now });
  arrived = [];
});
afterEach(() => {
  vi.restoreAllMocks();
  return store.close();
});

function message(id: string, key?: string): WireMessage {
  return {
    id,
    ...(key !== undefined && { key }),
    channel: 'c',
    headers: {},
    contentType: 'application/json',
    body: new Uint8Array(),
  };
}

describe('the outbox', () => {
  it('writes in the transaction given, and in one of its own without', async () => {
    const { publish } = outbox(store);
    await store
      .transaction(async (tx) => {
        await publish([message('1')], { tx });
        throw new Error('no');
      })
      .catch(() => undefined);
    await publish([message('2')]);
    await store.transaction((tx) => publish([message('3')], { tx }));
    await relay(store, broker, { clock }).drain();
    expect(arrived).toEqual(['2', '3']);
  });

  it('says so when the transaction is forgotten inside one', async () => {
    const forgotten = store.transaction(() => outbox(store).publish([message('1')]));
    await expect(forgotten).rejects.toThrow('{ tx }');
  });

  it('lets a transaction fail that publishes what the broker would never take', async () => {
    const { publish } = outbox(store, { broker: { limits: () => ({ maxBytes: 100 }) } });
    const large = { ...message('2'), headers: { hint: 'é'.repeat(10) }, body: new Uint8Array(77) };
    const publishing = store.transaction(async (tx) => {
      await tx.documents('d').put('1', 'undone');
      await publish([message('1'), large], { tx });
    });
    await expect(publishing).rejects.toMatchObject({
      code: 'message-too-large',
      message: expect.stringContaining('101 bytes'),
    });
    await store.read(async (tx) => {
      expect(await tx.outbox.depth()).toEqual({ count: 0 });
      expect(await tx.documents('d').list()).toEqual([]);
    });
    await store.transaction((tx) => publish([{ ...large, body: new Uint8Array(76) }], { tx }));
  });
});

describe('a relay', () => {
  /** Refuses some messages for good, and holds later ones of their keys, as the port says. */
  function choosy(refused: ReadonlySet<string>): Publisher {
    return {
      async publish(messages) {
        const held = new Set<string | undefined>();
        return messages.map(({ id, key }): PublishOutcome => {
          if (key !== undefined && held.has(key)) return { kind: 'retry', error: new Error('not sent') };
          if (!refused.has(id)) {
            arrived.push(id);
            return { kind: 'acked' };
          }
          held.add(key);
          return { kind: 'refused', error: new Error('too large for the stream') };
        });
      },
    };
  }

  it('parks what the broker refuses with what follows of its key, and lets all else flow, once', async () => {
    const refused = new Set(['2', '6']);
    const seen: Observation[] = [];
    const courier = relay(store, choosy(refused), { clock, observe: (one) => seen.push(one), batch: 4 });
    const all = ['1 a', '2 a', '3 a', '4 b', '5 a', '6', '7 b'].map((it) =>
      message(...(it.split(' ') as [string, string?])),
    );
    await outbox(store).publish(all);
    expect(await courier.drain()).toBe(3);
    await courier.drain();
    expect(arrived).toEqual(['1', '4', '7']);
    expect(await store.read((tx) => tx.outbox.depth())).toEqual({ count: 0 });
    expect(seen.filter(({ kind }) => kind === 'fault')).toEqual([]);
    expect(seen.filter(({ kind }) => kind === 'dead-lettered')).toHaveLength(2);

    const letters = deadLetters(store, { clock });
    const [two, six] = await letters.list({ consumer: 'outbox' });
    expect(two).toMatchObject({ key: 'a', reason: 'refused-by-broker', waiting: 2, message: { id: '2' } });
    expect(two?.failure?.message).toBe('too large for the stream');
    expect(six).toMatchObject({ reason: 'refused-by-broker', waiting: 0, message: { id: '6' } });

    // What comes meanwhile waits behind it; redriven, all goes in order.
    await outbox(store).publish([message('8', 'a')]);
    await courier.drain();
    expect(arrived).toEqual(['1', '4', '7']);
    expect(await letters.redrive(two?.id ?? '')).toEqual({ waiting: 3 });
    await courier.drain();
    expect(await letters.list({ consumer: 'outbox' })).toHaveLength(2);
    refused.clear();
    await letters.redrive(two?.id ?? '');
    expect(await courier.drain()).toBe(4);
    expect(arrived).toEqual(['1', '4', '7', '2', '3', '5', '8']);
    expect(await letters.discard(six?.id ?? '')).toEqual({ waiting: 0 });
    expect(await letters.list()).toEqual([]);
    expect(await courier.drain()).toBe(0);
  });

  it('names each sending by its row, and the same row always by the same name', async () => {
    const ids: (string | undefined)[] = [];
    let isUp = false;
    const noting: Publisher = {
      async publish(messages) {
        ids.push(...messages.map((it) => it.deduplicationId));
        const error = new Error('connection lost');
        return messages.map(() => (isUp ? { kind: 'acked' } : { kind: 'retry', error }));
      },
    };
    await outbox(store).publish([message('1'), message('1')]);
    const courier = relay(store, noting, { clock, observe: () => undefined });
    await courier.drain();
    isUp = true;
    await courier.drain();
    expect(ids.slice(0, 2)).toEqual(ids.slice(2));
    expect(new Set(ids).size).toBe(2);
  });

  it('names another sending otherwise when the store was set back, and gives the number of a row again', async () => {
    const ids: (string | undefined)[] = [];
    const noting: Publisher = {
      async publish(messages) {
        ids.push(...messages.map((it) => it.deduplicationId));
        return messages.map(() => ({ kind: 'acked' }));
      },
    };
    for (const id of ['1', '2']) {
      await outbox(store).publish([message(id)]);
      await relay(store, noting, { clock }).drain();
      await store.transaction(async (tx) => (tx.client as DatabaseSync).exec('DELETE FROM sqlite_sequence'));
      // The first relay's lease lapses.
      await clock.advance(2_000);
    }
    expect(new Set(ids).size).toBe(2);
  });

  it('keeps its lease for as long as a batch takes, so that another never sends the same', async () => {
    const taken = Promise.withResolvers<readonly PublishOutcome[]>();
    const entered = Promise.withResolvers<void>();
    const slow: Publisher = {
      publish() {
        entered.resolve();
        return taken.promise;
      },
    };
    await outbox(store).publish([message('1')]);
    const working = relay(store, slow, { clock, lease: 2_000 }).drain();
    await entered.promise;
    const other = relay(store, broker, { clock });
    for (let second = 0; second < 10; second++) {
      await clock.advance(1_000);
      expect(await other.drain()).toBe(0);
    }
    taken.resolve([{ kind: 'acked' }]);
    expect(await working).toBe(1);
    expect(arrived).toEqual([]);
  });

  it('deletes nothing once another has its lease', async () => {
    const taken = Promise.withResolvers<readonly PublishOutcome[]>();
    const entered = Promise.withResolvers<void>();
    const suspended: Publisher = {
      publish() {
        entered.resolve();
        return taken.promise;
      },
    };
    await outbox(store).publish([message('1')]);
    const stale = relay(store, suspended, { clock: manualClock(), lease: 2_000 }).drain();
    await entered.promise;
    await clock.advance(2_001);
    const token = await store.transaction((tx) =>
      tx.leases.acquire({ name: 'relay', holder: 'other', ttl: 60_000 }),
    );
    expect(token).toBe(2);
    taken.resolve([{ kind: 'acked' }]);
    await stale;
    expect(await store.read((tx) => tx.outbox.depth())).toMatchObject({ count: 1 });
  });

  it('minds no clock but the store', async () => {
    const ahead = manualClock(clock.now() + 3_600_000);
    const gone = relay(
      store,
      { publish: () => new Promise(() => undefined) },
      { clock: ahead, lease: 2_000 },
    );
    await outbox(store).publish([message('1')]);
    gone.start();
    await vi.waitFor(async () => {
      expect(await store.read((tx) => tx.leases.held('relay'))).toHaveLength(1);
    });
    await clock.advance(2_001);
    expect(await relay(store, broker, { clock }).drain()).toBe(1);
  });

  it('wakes when something is committed beside it', async () => {
    const courier = relay(store, broker, { clock });
    courier.start();
    await outbox(store).publish([message('1')]);
    await vi.waitFor(() => expect(arrived).toEqual(['1']));
    await courier.stop();
  });

  it('looks from time to time for what others committed', async () => {
    const others: Store = { ...store, watch: () => () => undefined };
    const courier = relay(others, broker, { clock, poll: 500 });
    courier.start();
    await courier.drain();
    await outbox(store).publish([message('1')]);
    await clock.advance(499);
    expect(arrived).toEqual([]);
    await clock.advance(1);
    expect(arrived).toEqual(['1']);
    await courier.stop();
  });

  it('keeps what the broker did not take, tells of the fault, and tries again', async () => {
    const seen: Observation[] = [];
    let up = false;
    const flaky: Publisher = {
      async publish(messages) {
        if (!up) throw new Error('connection refused');
        return broker.publish(messages);
      },
    };
    const courier = relay(store, flaky, { clock, observe: (one) => seen.push(one) });
    await outbox(store).publish([message('1')]);
    courier.start();
    await vi.waitFor(() => expect(seen.map(({ kind }) => kind)).toEqual(['fault']));
    up = true;
    await clock.advance(500);
    expect(arrived).toEqual(['1']);
    expect(seen.map(({ kind }) => kind)).toEqual(['fault', 'relayed']);
    await courier.stop();
  });

  it('waits longer after each failure in a row, and as at first after a success', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    let faults = 0;
    let up = false;
    const flaky: Publisher = {
      async publish(messages) {
        if (!up) throw new Error('connection refused');
        return broker.publish(messages);
      },
    };
    const count = ({ kind }: Observation) => {
      if (kind === 'fault') faults += 1;
    };
    const courier = relay(store, flaky, { clock, observe: count });
    const nextFaultAfter = async (ms: number) => {
      const before = faults;
      await clock.advance(ms - 1);
      expect(faults).toBe(before);
      await clock.advance(1);
      await vi.waitFor(() => expect(faults).toBe(before + 1));
    };
    await outbox(store).publish([message('1')]);
    courier.start();
    await vi.waitFor(() => expect(faults).toBe(1));
    for (const pause of [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]) await nextFaultAfter(pause);
    expect(courier.health()).toMatchObject({ healthy: false, problem: 'Error: connection refused' });
    up = true;
    await clock.advance(5_000);
    await vi.waitFor(() => expect(arrived).toEqual(['1']));
    expect(courier.health()).toMatchObject({ healthy: true });
    up = false;
    await outbox(store).publish([message('2')]);
    await vi.waitFor(() => expect(faults).toBe(9));
    await nextFaultAfter(250);
    await courier.stop();
  });

  it('stands by while another works, and takes over when that goes silent', async () => {
    const gone = Promise.withResolvers<readonly PublishOutcome[]>();
    // Its own clock stands still, as that of a process that was suspended: it renews nothing.
    const silent = relay(store, { publish: () => gone.promise }, { clock: manualClock(), lease: 2_000 });
    await outbox(store).publish([message('1')]);
    const hanging = silent.drain();
    const successor = relay(store, broker, { clock });
    expect(await successor.drain()).toBe(0);
    await clock.advance(2_000);
    expect(await successor.drain()).toBe(1);
    gone.resolve([{ kind: 'acked' }]);
    await hanging;
    expect(arrived).toEqual(['1']);
  });

  it('hands over at once when stopped, even while the broker keeps it waiting', async () => {
    const entered = Promise.withResolvers<void>();
    const waiting = relay(
      store,
      {
        publish() {
          entered.resolve();
          return new Promise(() => undefined);
        },
      },
      { clock },
    );
    waiting.start();
    await outbox(store).publish([message('1')]);
    await entered.promise;
    await waiting.stop();
    // However long that may take, it does not ask for the lease again.
    await clock.advance(10_000);
    expect(await relay(store, broker, { clock }).drain()).toBe(1);
    expect(arrived).toEqual(['1']);
  });
});

describe('a relay that meets many messages behind a parked one', () => {
  it('carries what comes after them', async () => {
    const refusing: Publisher = {
      publish: async (messages) =>
        messages.map(({ key }) =>
          key === 'k' ? { kind: 'refused', error: new Error('too large') } : { kind: 'acked' },
        ),
    };
    for (const id of ['1', '2', '3', '4', '5']) await outbox(store).publish([message(id, 'k')]);
    await outbox(store).publish([message('6', 'other')]);
    const courier = relay(store, refusing, { clock, batch: 2, observe: () => undefined });
    expect(await courier.drain()).toBe(1);
    expect(await store.read((tx) => tx.outbox.depth())).toEqual({ count: 0 });
  });
});

describe('a relay that is stopped', () => {
  it('can be drained, which sends each message once', async () => {
    const courier = relay(store, broker, { clock });
    courier.start();
    await courier.stop();
    await outbox(store).publish([message('1'), message('2')]);
    expect(await courier.drain()).toBe(2);
    expect(await courier.drain()).toBe(0);
    expect(arrived).toEqual(['1', '2']);
  });
});

describe('a relay with more than one batch to send', () => {
  const publishing = (outcomeOf: (id: string) => PublishOutcome = () => ({ kind: 'acked' })) => {
    const log: string[] = [];
    const gates: PromiseWithResolvers<void>[] = [];
    const held: Publisher = {
      async publish(messages) {
        const ids = messages.map(({ id }) => id);
        log.push(`send ${ids}`);
        const gate = Promise.withResolvers<void>();
        gates.push(gate);
        await gate.promise;
        log.push(`sent ${ids}`);
        return ids.map(outcomeOf);
      },
    };
    const watched: Store = {
      ...store,
      async transaction(work) {
        const result = await store.transaction(work);
        log.push('transaction');
        return result;
      },
    };
    const carrying = relay(watched, held, { clock, batch: 2 }).drain();
    const release = async (n: number): Promise<void> => {
      await vi.waitFor(() => expect(gates).toHaveLength(n));
      gates[n - 1]?.resolve();
    };
    return { log, release, carrying };
  };

  it('takes the next one while one is being published, and nothing out of order', async () => {
    for (const id of ['1', '2', '3', '4', '5']) await outbox(store).publish([message(id, 'k')]);
    const { log, release, carrying } = publishing();
    await vi.waitFor(() => expect(log).toEqual(['transaction', 'send 1,2', 'transaction']));
    for (const n of [1, 2, 3]) await release(n);
    expect(await carrying).toBe(5);
    expect(log.filter((it) => it !== 'transaction')).toEqual([
      'send 1,2',
      'sent 1,2',
      'send 3,4',
      'sent 3,4',
      'send 5',
      'sent 5',
    ]);
    expect(log.indexOf('send 3,4')).toBe(log.indexOf('sent 1,2') + 1);
    expect(await store.read((tx) => tx.outbox.depth())).toEqual({ count: 0 });
  });

  it.each([
    ['retry', ['1', '2', '3', '4']],
    ['refused', ['2', '3', '4']],
  ] as const)('sends none of what it has taken behind one that was not: %s', async (kind, left) => {
    for (const id of ['1', '2', '3', '4']) await outbox(store).publish([message(id, id === '2' ? 'o' : 'k')]);
    const { log, release, carrying } = publishing((id) =>
      id === '1' ? { kind, error: new Error('no') } : { kind: 'acked' },
    );
    await vi.waitFor(() => expect(log).toEqual(['transaction', 'send 1,2', 'transaction']));
    await release(1);
    await carrying;
    // `3` and `4` have the key of `1`: they wait for it, or behind it.
    expect(log.filter((it) => it.startsWith('send'))).toEqual(['send 1,2']);
    const rows = await store.read((tx) => tx.outbox.next({ limit: 10 }));
    const parked = await deadLetters(store, { clock }).list({ limit: 10 });
    expect(left).toEqual(expect.arrayContaining(rows.map(({ message: { id } }) => id)));
    expect(parked).toHaveLength(kind === 'refused' ? 1 : 0);
  });

  it('knows by its own time when the lease may have lapsed', async () => {
    let now = 0;
    const keeper = leaseKeeper({ store, clock, name: 'l', holder: 'a', ttl: 2_000, elapsed: () => now });
    expect(keeper.isHeld()).toBe(false);
    await store.transaction(keeper.take);
    expect(keeper.isHeld()).toBe(true);
    now = 2_000;
    expect(keeper.isHeld()).toBe(false);
  });
});
