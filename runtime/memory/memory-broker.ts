import { AsyncLocalStorage } from 'node:async_hooks';
import type { Broker } from '../ports/broker.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import type { WireMessage } from '../ports/message.ts';
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
  /** How many messages a member of a group is given at once, each of another key. */
  readonly concurrency?: number | undefined;
}

/**
 * A broker in memory. It keeps messages for groups that have subscribed before, and for nobody else: subscribe
 * first, then start the relay.
 */
export function memoryBroker(options: MemoryBrokerOptions = {}): MemoryBroker {
  const { clock = systemClock, acknowledge = 'handled', redeliveryDelay = 100, concurrency = 16 } = options;
  const groups = new Map<string, ConsumerGroup>();
  const delivering = new AsyncLocalStorage<true>();
  const leave = new Set<() => Promise<void>>();
  const closing = Promise.withResolvers<never>();
  closing.promise.catch(() => undefined);
  let settling = Promise.withResolvers<void>();
  let closed = false;

  function isSettled(): boolean {
    return [...groups.values()].every((group) => group.isSettled());
  }

  function groupNamed(name: string): ConsumerGroup {
    const known = groups.get(name);
    if (known) return known;
    const onSettled = (): void => {
      if (!isSettled()) return;
      settling.resolve();
      settling = Promise.withResolvers();
    };
    const group = consumerGroup({ clock, redeliveryDelay, concurrency, onSettled });
    groups.set(name, group);
    return group;
  }

  /** Hands the message to every group at once, so that the order of calls is the order of delivery. */
  function route(message: WireMessage): Promise<unknown> {
    const receivers = [...groups.values()].filter((group) => group.takes(message.channel));
    return Promise.all(
      receivers.map((group) => new Promise<void>((acknowledged) => group.add({ message, acknowledged }))),
    );
  }

  return {
    async publish(messages, { tx } = {}) {
      if (closed) throw new Error('the broker is closed');
      if (tx) throw new Error('a broker can not take part in a transaction: publish through outbox(store)');
      if (acknowledge === 'handled' && delivering.getStore()) {
        throw new Error(
          'published from inside a handler, straight to the broker: it would wait for itself, and be lost if the handler failed. Publish through outbox(store), with { tx }.',
        );
      }
      const routed = messages.map(route);
      if (acknowledge === 'handled') await Promise.race([Promise.all(routed), closing.promise]);
    },
    async subscribe({ group: name, channels }, deliver) {
      if (closed) throw new Error('the broker is closed');
      const group = groupNamed(name);
      for (const channel of channels) group.channels.add(channel);
      const stop = group.join((message) => delivering.run(true, () => deliver(message)));
      leave.add(stop);
      return {
        async stop() {
          leave.delete(stop);
          await stop();
        },
      };
    },
    async settled() {
      while (!isSettled()) await settling.promise;
    },
    async close() {
      closed = true;
      closing.reject(new Error('the broker was closed before every group had handled the messages'));
      await Promise.all([...leave].map((stop) => stop()));
    },
  };
}
