import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../ports/clock.ts';
import type { OutboxRow } from '../ports/outbox-rows.ts';
import type { Publisher } from '../ports/publisher.ts';
import type { Store } from '../ports/store.ts';
import { type Observe, tell } from '../telemetry/observation.ts';
import { worker } from '../worker.ts';

/** Carries messages from the outbox to the broker. */
export interface Relay {
  start(): void;
  /** Gives up what is under way: it stays in the outbox, and is sent by the next relay. */
  stop(): Promise<void>;
  /** Carries until the outbox is empty or another relay is at it; answers how many were carried. For tests and shutdown. */
  drain(): Promise<number>;
}

export interface RelayOptions {
  readonly clock?: Clock | undefined;
  readonly observe?: Observe | undefined;
  /** How many messages are handed to the broker at once. */
  readonly batch?: number | undefined;
  /** Milliseconds between looks into the outbox; commits through the same store object wake the relay at once. */
  readonly poll?: number | undefined;
  /** Milliseconds after which another relay may take over from one that went silent. */
  readonly lease?: number | undefined;
}

const LEASE = 'relay';

/**
 * Moves messages in commit order, and deletes each only after the broker has acknowledged it. Any number of
 * relays may be started on a store: one at a time works, the others stand by. One that has lost its lease
 * without noticing does no harm: it cannot take more, and what it had taken its successor sends too, in the
 * same order, so that each message arrives for the first time in its place and consumers drop the rest.
 */
export function relay(store: Store, broker: Publisher, options: RelayOptions = {}): Relay {
  const { clock = systemClock, observe, batch = 200, poll = 500, lease = 2_000 } = options;
  const holder = randomUUID();
  let token: number | undefined;
  let stopping = Promise.withResolvers<'stopped'>();
  let carrying: Promise<number> = Promise.resolve(0);

  /** One transaction for each batch: forgets the rows that are sent and takes the next. */
  async function turnOver(sent: readonly OutboxRow[]): Promise<readonly OutboxRow[]> {
    return store.transaction(async (tx) => {
      await tx.outbox.remove(sent.map((row) => row.id));
      const rows = await tx.outbox.next(batch);
      // An idle relay asks for nothing, so that looking into an empty outbox writes nothing.
      if (rows.length === 0) return [];
      const now = clock.now();
      token = await tx.leases.acquire({ name: LEASE, holder, now, until: now + lease });
      return token === undefined ? [] : rows;
    });
  }

  async function carry(): Promise<number> {
    let carried = 0;
    let rows = await turnOver([]);
    while (rows.length > 0) {
      const messages = rows.map((row) => row.message);
      const publishing = broker.publish(messages);
      // A broker may keep us waiting for as long as a consumer is away; being stopped does not.
      if ((await Promise.race([publishing, stopping.promise])) === 'stopped') {
        publishing.catch(() => undefined);
        return carried;
      }
      for (const message of messages) tell(observe, { kind: 'relayed', message });
      carried += messages.length;
      rows = await turnOver(rows);
    }
    return carried;
  }

  /** Two at once would send the same rows twice. */
  function carryAlone(): Promise<number> {
    carrying = carrying.then(carry, carry);
    return carrying;
  }

  const work = worker({
    clock,
    async step() {
      await carryAlone();
      return poll;
    },
    onFault(error) {
      tell(observe, { kind: 'fault', where: 'relay', error });
      return poll;
    },
  });
  let unsubscribe = (): void => undefined;

  return {
    start() {
      stopping = Promise.withResolvers();
      unsubscribe = store.onCommit((touched) => {
        if (touched.has('outbox')) work.wake();
      });
      work.start();
    },
    async stop() {
      unsubscribe();
      stopping.resolve('stopped');
      await work.stop();
      const held = token;
      token = undefined;
      if (held !== undefined) await store.transaction((tx) => tx.leases.release(LEASE, held));
    },
    drain: carryAlone,
  };
}
