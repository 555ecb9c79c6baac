import { AsyncLocalStorage } from 'node:async_hooks';
import type { Broker } from '../ports/broker.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import { faultListener } from '../ports/fault-listener.ts';
import type { OutgoingMessage } from '../ports/message.ts';
import type { PublishOutcome } from '../ports/publisher.ts';
import type { StopOptions } from '../ports/subscriber.ts';
import { isInTransaction } from '../ports/transaction-scope.ts';
import { type ConsumerGroup, consumerGroup } from './consumer-group.ts';

export interface MemoryBroker extends Broker {
  /** Resolves when every message published has been acknowledged by every group that has a member. */
  settled(): Promise<void>;
}

export interface MemoryBrokerOptions {
  readonly clock?: Clock | undefined;
  /**
   * When `publish` resolves. `handled` (the default): when every group has acknowledged, for only then is the
   * message safe; an outbox relay in front of it then loses nothing when the process dies. `received`: at once,
   * for tests.
   */
  readonly acknowledge?: 'handled' | 'received' | undefined;
  /** Milliseconds before a rejected message is delivered again. */
  readonly redeliveryDelay?: number | undefined;
  /** Told of messages that a group refused for good. Process warnings unless told otherwise. */
  readonly onFault?: ((error: unknown) => void) | undefined;
}

const ACKED: PublishOutcome = { kind: 'acked' };

/**
 * A broker in memory. It keeps messages for groups that have subscribed before, and for nobody else: subscribe
 * first, then start the relay.
 */
export function memoryBroker(options: MemoryBrokerOptions = {}): MemoryBroker {
  const { clock = systemClock, acknowledge = 'handled', redeliveryDelay = 100 } = options;
  const onFault = faultListener(options.onFault);
  const groups = new Map<string, ConsumerGroup>();
  const delivering = new AsyncLocalStorage<true>();
  const leave = new Set<(options?: StopOptions) => Promise<void>>();
  const closing = Promise.withResolvers<'closed'>();
  const since = clock.now();
  let settling = Promise.withResolvers<void>();
  let closed = false;

  function isSettled(): boolean {
    return [...groups.values()].every((group) => group.isSettled());
  }

  function groupNamed(name: string): ConsumerGroup {
    const known = groups.get(name);
    if (known) return known;
    const group = consumerGroup({
      clock,
      redeliveryDelay,
      onSettled() {
        if (!isSettled()) return;
        settling.resolve();
        settling = Promise.withResolvers();
      },
      onRefused: ({ id, channel }, reason) =>
        onFault(new Error(`the group ${name} refused message ${id} on ${channel} for good: ${reason}`)),
    });
    groups.set(name, group);
    return group;
  }

  /** Hands the message to every group at once, so that the order of calls is the order of delivery. */
  function route({ deduplicationId: _, ...message }: OutgoingMessage): Promise<unknown> {
    const receivers = [...groups.values()].filter((group) => group.takes(message.channel));
    return Promise.all(
      receivers.map((group) => new Promise<void>((acknowledged) => group.add({ message, acknowledged }))),
    );
  }

  async function handled(routed: Promise<unknown>): Promise<PublishOutcome> {
    if ((await Promise.race([routed, closing.promise])) !== 'closed') return ACKED;
    const error = new Error('the broker was closed before every group had handled the message');
    return { kind: 'retry', error };
  }

  return {
    async publish(messages, { tx } = {}) {
      if (closed) throw new Error('the broker is closed');
      if (tx) throw new Error('a broker cannot take part in a transaction: publish through outbox(store)');
      if (acknowledge === 'handled' && messages.length > 0 && (delivering.getStore() || isInTransaction())) {
        throw new Error(
          'published straight to the broker from inside a handler or a transaction: it would wait for itself, and the message would be out even if the transaction failed. Publish through outbox(store), with { tx }.',
        );
      }
      const routed = messages.map(route);
      return Promise.all(routed.map((one) => (acknowledge === 'handled' ? handled(one) : ACKED)));
    },
    limits: () => ({}),
    health: () => (closed ? { connected: false, since, problem: 'closed' } : { connected: true, since }),
    async subscribe({ group: name, channels, concurrency = 16, batch = 64, maxInFlight = 256 }, deliver) {
      if (closed) throw new Error('the broker is closed');
      const stop = groupNamed(name).join({ channels, concurrency, batch, maxInFlight }, (messages, context) =>
        delivering.run(true, () => deliver(messages, context)),
      );
      leave.add(stop);
      return {
        async stop(stopOptions) {
          leave.delete(stop);
          await stop(stopOptions);
        },
      };
    },
    async settled() {
      while (!isSettled()) await settling.promise;
    },
    async close() {
      closed = true;
      closing.resolve('closed');
      await Promise.all([...leave].map((stop) => stop()));
    },
    async [Symbol.asyncDispose]() {
      await this.close();
    },
  };
}
