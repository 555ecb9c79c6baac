import type { Channel, ConsumeMessage } from 'amqplib';
import type { WireMessage } from '../ports/message.ts';
import { closeQuietly } from './close-quietly.ts';
import type { Model } from './connection.ts';
import type { Topology } from './topology.ts';
import { readMessage } from './wire.ts';

/** A message that this member has taken, and the channel on which it is acknowledged. */
export interface Taken {
  readonly message: WireMessage;
  readonly received: ConsumeMessage;
  readonly on: PartitionConsumer;
}

/**
 * A place in the line of one partition's queue, on an AMQP channel of its own. The server hands messages to the first in line
 * only; closing the channel gives all that is not acknowledged to the next one, in order and before anything newer.
 */
export interface PartitionConsumer {
  readonly partition: number;
  ack(received: ConsumeMessage): void;
  /** Leaves the line. What is not acknowledged goes back. */
  leave(): Promise<void>;
  readonly isOpen: boolean;
}

export interface PartitionConsumerOptions {
  readonly model: Model;
  readonly topology: Topology;
  readonly group: string;
  readonly partition: number;
  readonly channels: readonly string[];
  readonly prefetch: number;
  taken(item: Taken): void;
  /** The channel was lost, or the server took the queue away: what was taken on it belongs to others now. */
  lost(consumer: PartitionConsumer, error: unknown): void;
}

export async function consumePartition(options: PartitionConsumerOptions): Promise<PartitionConsumer> {
  const { model, topology, group, partition, channels, prefetch, taken, lost } = options;
  const channel: Channel = await model.createChannel();
  let open = true;
  const consumer: PartitionConsumer = {
    partition,
    get isOpen() {
      return open;
    },
    ack(received) {
      if (open) channel.ack(received);
    },
    async leave() {
      if (!open) return;
      open = false;
      await closeQuietly(channel);
    },
  };
  function fail(error: unknown): void {
    if (!open) return;
    open = false;
    void closeQuietly(channel);
    lost(consumer, error);
  }
  channel.on('error', fail);
  channel.on('close', () => fail(new Error('the channel was closed')));
  try {
    await topology.declareQueue(channel, group, partition, channels);
    await channel.prefetch(prefetch);
    await channel.consume(topology.queueOf(group, partition), (received) => {
      // The server cancels a consumer with null: its queue was deleted, or its node went away.
      if (received === null) fail(new Error('the server cancelled the consumer'));
      else if (open) taken({ message: readMessage(received), received, on: consumer });
    });
    return consumer;
  } catch (error) {
    await consumer.leave();
    throw error;
  }
}
