import { memoryBroker } from '../memory/memory-broker.ts';
import { outbox } from '../outbox/outbox.ts';
import { relay } from '../outbox/relay.ts';
import type { Broker } from '../ports/broker.ts';
import type { Store } from '../ports/store.ts';
import { sqliteStore } from '../sqlite/sqlite-store.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';
import { type CoverageRecorder, recordCoverage } from './record-coverage.ts';
import { type PublishedMessage, recordingPublisher } from './recording-publisher.ts';
import { watchedStore } from './watched-store.ts';

/**
 * A whole service in memory: broker, store with outbox, and a clock that only the test moves. What it is told to `observe` is for
 * `chirograph coverage`, where somebody asked for that: see `recordCoverage`.
 */
export interface TestBus extends Broker, CoverageRecorder {
  readonly store: Store;
  readonly clock: ManualClock;
  /** All that reached the broker so far, oldest first; what stands in the outbox gets there in `settled`. */
  readonly published: readonly PublishedMessage[];
  /** Resolves when nothing more happens unless the clock moves: all is relayed, delivered and handled or parked. */
  settled(): Promise<void>;
}

/** With a transaction, `publish` goes through the outbox; without one, straight to the broker. */
export function testBus(): TestBus {
  const clock = manualClock();
  const broker = memoryBroker({ acknowledge: 'received', redeliveryDelay: 0 });
  const recorded = recordingPublisher(broker);
  const store = watchedStore(sqliteStore({ file: ':memory:', now: clock.now }));
  const courier = relay(store, recorded, { clock });

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
      } while ((await courier.drain()) > 0);
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
