import type { Channel } from 'amqplib';
import { partitionOf } from '../partitions/partition-of.ts';
import { bindingOf, MAX_SHORT_STRING } from './routing.ts';

/** What must exist on the server, and is made when it does not: one exchange, and for each group a queue for each partition. */
export interface Topology {
  readonly exchange: string;
  readonly partitions: number;
  /** Messages without a key go anywhere. */
  partitionFor(key: string | undefined): number;
  queueOf(group: string, partition: number): string;
  declareExchange(channel: Channel): Promise<void>;
  /** Messages in the queues of a group that no member has been handed; `undefined` when there are no such queues. AMQP does not tell what members hold. */
  waiting(channel: Channel, group: string): Promise<number | undefined>;
  /** Bindings are added and never removed: a member that knows fewer channels narrows nothing. */
  declareQueue(
    channel: Channel,
    group: string,
    partition: number,
    channels: readonly string[],
  ): Promise<void>;
}

/**
 * Times that a message may go back to its queue. Since 4.0 RabbitMQ drops one that has gone back 20 times unless told otherwise, and a member gives back all
 * that it holds when it stops, loses its connection, or leaves what it does not know to a member that does.
 */
const NO_LIMIT = 2 ** 31 - 1;

export function topologyFor(prefix: string, partitions: number, expires?: number): Topology {
  // The number is part of the name: with another one, keys would lie in other queues.
  const exchange = `${prefix}chirograph.${partitions}`;
  // One that lives as long as its queues goes with the last of them.
  const exchangeOptions = { durable: true, autoDelete: expires !== undefined };
  const queueOf = (group: string, partition: number): string => `${prefix}${group}.${partition}`;
  return {
    exchange,
    partitions,
    queueOf,
    partitionFor: (key) =>
      key === undefined ? Math.floor(Math.random() * partitions) : partitionOf(key, partitions),
    async declareExchange(channel) {
      await channel.assertExchange(exchange, 'topic', exchangeOptions);
    },
    async waiting(channel, group) {
      let sum = 0;
      for (let partition = 0; partition < partitions; partition += 1) {
        try {
          sum += (await channel.checkQueue(queueOf(group, partition))).messageCount;
        } catch (error) {
          // The server closes the channel on which something was asked for that it does not have.
          if (error instanceof Error && 'code' in error && error.code === 404) return undefined;
          throw error;
        }
      }
      return sum;
    },
    async declareQueue(channel, group, partition, channels) {
      const queue = queueOf(group, partition);
      if (Buffer.byteLength(queue) > MAX_SHORT_STRING)
        throw new Error(`the group ${group} has a longer name than AMQP allows for a queue`);
      await channel.assertExchange(exchange, 'topic', exchangeOptions);
      await channel.assertQueue(queue, {
        durable: true,
        arguments: {
          'x-queue-type': 'quorum',
          'x-single-active-consumer': true,
          'x-delivery-limit': NO_LIMIT,
          ...(expires !== undefined && { 'x-expires': expires }),
        },
      });
      for (const it of channels) await channel.bindQueue(queue, exchange, bindingOf(partition, it));
    },
  };
}
