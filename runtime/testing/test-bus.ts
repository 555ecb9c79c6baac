import { memoryBroker } from '../memory/memory-broker.ts';
import { outbox } from '../outbox/outbox.ts';
import { relay } from '../outbox/relay.ts';
import type { Broker } from '../ports/broker.ts';
import type { Store } from '../ports/store.ts';
import { sqliteStore } from '../sqlite/sqlite-store.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';
import { type CoverageRecorder, recordCoverage } from './record-coverage.ts';
import { type PublishedMessage, recordingPublisher } from './recording-publisher.ts';
import { settlingBroker } from './settling-broker.ts';
import { watchedStore } from './watched-store.ts';

/**
 * All that a service needs in a test: broker, store with outbox, and a clock that only the test moves. What it is told to `observe` is for
 * `chirograph coverage`, where somebody asked for that: see `recordCoverage`.
 */
export interface TestBus extends Broker, CoverageRecorder {
  readonly store: Store;
  readonly clock: ManualClock;
  /** All that reached the broker so far, oldest first; what stands in the outbox gets there in `settled`. */
  readonly published: readonly PublishedMessage[];
  /**
   * Resolves when nothing more happens unless the clock moves: all is relayed, delivered and handled or parked. On a broker given in the options
   * it rejects when nothing has arrived for 30 seconds, and names what is missing.
   */
  settled(): Promise<void>;
}

export interface TestBusOptions {
  /** A real broker, which nobody else publishes to. In memory unless given. Closed with the bus. */
  readonly broker?: Broker | undefined;
  /** A real store, with which nobody else works. SQLite in memory unless given. Closed with the bus. */
  readonly store?: Store | undefined;
}

/**
 * With a transaction, `publish` goes through the outbox; without one, straight to the broker. Everything is in memory, unless a test
 * is to see the same on the broker and the store of production.
 */
export function testBus(options: TestBusOptions = {}): TestBus {
  const clock = manualClock();
  const real = options.broker && settlingBroker(options.broker);
  const broker = real ?? memoryBroker({ acknowledge: 'received', redeliveryDelay: 0 });
  const recorded = recordingPublisher(broker);
  const store = watchedStore(options.store ?? sqliteStore({ file: ':memory:', now: clock.now }));
  const courier = relay(store, recorded, { clock });

  /** Whether the relay of a service has the lease, and waits for the answer of a real broker, or its messages are on their way. */
  async function isOnItsWay(): Promise<boolean> {
    if (!real) return false;
    return !real.isSettled() || store.read(async (tx) => (await tx.outbox.next({ limit: 1 })).length > 0);
  }

  return {
    store,
    clock,
    published: recorded.published,
    ...recordCoverage(),
    async publish(messages, { tx } = {}) {
      return tx ? outbox(store).publish(messages, { tx }) : recorded.publish(messages);
    },
    limits: broker.limits,
    health: broker.health,
    subscribe: broker.subscribe,
    async settled() {
      do {
        await broker.settled();
        await store.quiet();
      } while ((await courier.drain()) > 0 || (await isOnItsWay()));
    },
    async close() {
      await broker.close();
      await store.close();
    },
    async [Symbol.asyncDispose]() {
      await this.close();
    },
  };
}
