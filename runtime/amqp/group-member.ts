import { setTimeout as sleep } from 'node:timers/promises';
import { backoff } from '../backoff.ts';
import { channelFilter, deliverKnown } from '../partitions/deliver-known.ts';
import { lanes } from '../partitions/lanes.ts';
import { systemClock } from '../ports/clock.ts';
import type { WireMessage } from '../ports/message.ts';
import type { Deliver, SubscriptionOptions } from '../ports/subscriber.ts';
import type { Connection, Model } from './connection.ts';
import { consumePartition, type PartitionConsumer, type Taken } from './partition-consumer.ts';
import { isOvermatched } from './routing.ts';
import type { Topology } from './topology.ts';

export interface GroupMemberOptions {
  readonly connection: Connection;
  readonly topology: Topology;
  readonly to: SubscriptionOptions;
  readonly deliver: Deliver;
  readonly redeliveryDelay: number;
  onFault(error: unknown): void;
}

export interface GroupMember {
  /** Resolves when the server knows the group's queues, or rejects with why it does not have them. */
  readonly begun: Promise<void>;
  stop(within?: number): Promise<void>;
}

/** Milliseconds between two tries to have a queue. */
const LONGEST_PAUSE = 5_000;

/** A member of a group: it stands in line for every partition, and takes from those where it is first. */
export function joinGroup(options: GroupMemberOptions): GroupMember {
  const { connection, topology, to, deliver, redeliveryDelay, onFault } = options;
  const { group, channels, concurrency = 16, batch = 64, maxInFlight = 256 } = to;
  const prefetch = Math.max(1, Math.floor(maxInFlight / topology.partitions));
  const consumers = new Map<number, PartitionConsumer>();
  /** Where each message came from: one without a key does not tell. */
  const partitions = new WeakMap<WireMessage, number>();
  const givingUp = new Set<number>();
  /** Where we are about to stand in line, and on which connection: to stand there twice is to keep a place that nobody looks after. */
  const attaching = new Map<number, Model>();
  let stopped = false;
  let first = true;

  const isAskedFor = channelFilter(channels);

  const queue = lanes<Taken>({
    clock: systemClock,
    messageOf: ({ message }) => message,
    deliver: deliverKnown(deliver, {
      isAskedFor: ({ channel }) => isAskedFor(channel),
      // It came only because a binding says less than its template. Members must agree on such templates.
      isOfNoUse: ({ channel }) => channels.some((it) => isOvermatched(it, channel)),
      onForeign(message) {
        const partition = partitions.get(message);
        if (partition !== undefined) void giveUp(partition);
      },
      redeliveryDelay,
    }),
    settled({ message, received, on }, outcome) {
      on.ack(received);
      if (outcome.kind === 'refused')
        onFault(
          new Error(
            `the group ${group} refused message ${message.id} on ${message.channel}: ${outcome.reason}`,
          ),
        );
    },
    concurrency: () => concurrency,
    batch: () => batch,
    redeliveryDelay,
  });

  /** Goes to the end of the line, so that a member that knows more channels comes first. */
  async function giveUp(partition: number): Promise<void> {
    if (givingUp.has(partition) || stopped) return;
    givingUp.add(partition);
    // A moment, so that what of this partition can be handled here is.
    await sleep(redeliveryDelay);
    try {
      await renew(partition);
    } catch (error) {
      // The connection may be lost in between, or closed by us.
      if (!stopped) {
        onFault(error);
        void attachLater(partition);
      }
    } finally {
      givingUp.delete(partition);
    }
  }

  /** Leaves the line and joins it again. What was taken and is under way may come a second time, as after a crash. */
  async function renew(partition: number): Promise<void> {
    const consumer = consumers.get(partition);
    if (!consumer || stopped) return;
    consumers.delete(partition);
    await queue.withdraw((item) => item.on === consumer);
    await consumer.leave();
    const model = connection.current();
    if (model) await attach(model, partition);
  }

  async function attach(model: Model, partition: number): Promise<void> {
    if (stopped || consumers.has(partition) || attaching.get(partition) === model) return;
    attaching.set(partition, model);
    try {
      const consumer = await consumePartition({
        model,
        topology,
        group,
        partition,
        channels,
        prefetch,
        taken(item) {
          partitions.set(item.message, partition);
          queue.add(item);
        },
        lost(which, error) {
          if (consumers.get(partition) === which) consumers.delete(partition);
          void queue.withdraw((item) => item.on === which);
          if (stopped) return;
          onFault(error);
          void attachLater(partition);
        },
      });
      if (stopped) await consumer.leave();
      // It may be lost again by now.
      else if (consumer.isOpen) consumers.set(partition, consumer);
    } finally {
      if (attaching.get(partition) === model) attaching.delete(partition);
    }
  }

  /** Until it is, or the connection is lost: the next one attaches all. */
  async function attachLater(partition: number): Promise<void> {
    for (let failures = 1; !stopped; failures += 1) {
      await sleep(backoff(failures, redeliveryDelay, LONGEST_PAUSE));
      const model = connection.current();
      if (!model) return;
      try {
        return await attach(model, partition);
      } catch (error) {
        if (!stopped) onFault(error);
      }
    }
  }

  /** In an order of its own, so that members that start together stand first in different lines. */
  async function attachAll(model: Model): Promise<void> {
    const offset = Math.floor(Math.random() * topology.partitions);
    const isFirst = first;
    first = false;
    for (let n = 0; n < topology.partitions; n += 1) {
      const partition = (n + offset) % topology.partitions;
      try {
        await attach(model, partition);
      } catch (error) {
        if (isFirst) throw error;
        if (connection.current() !== model) return;
        // The others are not to wait for it: a queue may have no leader yet after its server was lost.
        onFault(error);
        void attachLater(partition);
      }
    }
  }

  const began = Promise.withResolvers<void>();
  if (!connection.current()) began.resolve();
  const leave = connection.each(async (model) => {
    try {
      await attachAll(model);
      began.resolve();
    } catch (error) {
      if (connection.current() === model) began.reject(error);
      else throw error;
    }
  });

  return {
    begun: began.promise,
    async stop(within) {
      stopped = true;
      leave();
      await queue.stop(within);
      await Promise.all([...consumers.values()].map((consumer) => consumer.leave()));
      consumers.clear();
    },
  };
}
