import { setTimeout as sleep } from 'node:timers/promises';
import { channelFilter, deliverKnown } from '../partitions/deliver-known.ts';
import { lanes } from '../partitions/lanes.ts';
import { systemClock } from '../ports/clock.ts';
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

/** A member of a group: it stands in line for every partition, and takes from those where it is first. */
export function joinGroup(options: GroupMemberOptions): GroupMember {
  const { connection, topology, to, deliver, redeliveryDelay, onFault } = options;
  const { group, channels, concurrency = 16, batch = 64, maxInFlight = 256 } = to;
  const prefetch = Math.max(1, Math.floor(maxInFlight / topology.partitions));
  const consumers = new Map<number, PartitionConsumer>();
  const givingUp = new Set<number>();
  let stopped = false;

  const isAskedFor = channelFilter(channels);

  const queue = lanes<Taken>({
    clock: systemClock,
    messageOf: ({ message }) => message,
    deliver: deliverKnown(deliver, {
      isAskedFor: ({ channel }) => isAskedFor(channel),
      // It came only because a binding says less than its template. Members must agree on such templates.
      isOfNoUse: ({ channel }) => channels.some((it) => isOvermatched(it, channel)),
      onForeign: ({ key }) => void giveUp(topology.partitionFor(key)),
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
    await renew(partition);
    givingUp.delete(partition);
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
    if (stopped || consumers.has(partition)) return;
    const consumer = await consumePartition({
      model,
      topology,
      group,
      partition,
      channels,
      prefetch,
      taken: (item) => queue.add(item),
      lost(which, error) {
        if (consumers.get(partition) === which) consumers.delete(partition);
        void queue.withdraw((item) => item.on === which);
        if (stopped) return;
        onFault(error);
        void attachLater(partition);
      },
    });
    if (stopped) await consumer.leave();
    else consumers.set(partition, consumer);
  }

  async function attachLater(partition: number): Promise<void> {
    await sleep(redeliveryDelay);
    const model = connection.current();
    // Without a connection the next one attaches all.
    if (model) await attach(model, partition).catch((error) => onFault(error));
  }

  /** In an order of its own, so that members that start together stand first in different lines. */
  async function attachAll(model: Model): Promise<void> {
    const offset = Math.floor(Math.random() * topology.partitions);
    for (let n = 0; n < topology.partitions; n += 1) await attach(model, (n + offset) % topology.partitions);
  }

  const began = Promise.withResolvers<void>();
  if (!connection.current()) began.resolve();
  let first = true;
  const leave = connection.each(async (model) => {
    const isFirst = first;
    first = false;
    try {
      await attachAll(model);
      began.resolve();
    } catch (error) {
      if (isFirst && connection.current() === model) began.reject(error);
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
