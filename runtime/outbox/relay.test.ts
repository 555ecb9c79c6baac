import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WireMessage } from '../ports/message.ts';
import type { Publisher, PublishOutcome } from '../ports/publisher.ts';
import type { Store } from '../ports/store.ts';
import { sqliteStore } from '../sqlite/index.ts';
import type { Observation } from '../telemetry/observation.ts';
import { type ManualClock, manualClock } from '../testing/index.ts';
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
afterEach(() => store.close());

function message(id: string): WireMessage {
  return { id, channel: 'c', headers: {}, contentType: 'application/json', body: new Uint8Array() };
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
});

describe('a relay', () => {
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
    expect(await relay(store, broker, { clock }).drain()).toBe(1);
    expect(arrived).toEqual(['1']);
  });
});
