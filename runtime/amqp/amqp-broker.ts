import { publishInOrder } from '../partitions/publish-in-order.ts';
import type { Broker } from '../ports/broker.ts';
import { faultListener } from '../ports/fault-listener.ts';
import type { Subscription } from '../ports/subscriber.ts';
import { closeQuietly } from './close-quietly.ts';
import { openConnection } from './connection.ts';
import { type GroupMember, joinGroup } from './group-member.ts';
import { amqpPublisher } from './publisher.ts';
import { topologyFor } from './topology.ts';

export interface AmqpBrokerOptions {
  /** `amqp://user:password@host:5672/vhost` */
  readonly url: string;
  /** Put before the names of exchange and queues, so that two environments can share a virtual host. */
  readonly prefix?: string | undefined;
  /**
   * How many queues each group has, 8 unless told otherwise: as many members can work at once. All producers and consumers must
   * say the same; with another number everything begins anew on another exchange.
   */
  readonly partitions?: number | undefined;
  /** The most bytes of a message (`sizeOf`): 16 MiB unless told otherwise. The server closes the channel on what is over its own limit. */
  readonly maxBytes?: number | undefined;
  /**
   * What to do with a message that no queue takes, because no group has ever subscribed to its channel: `refuse` it (the relay makes
   * it a dead letter), which is the default, or `drop` it, as RabbitMQ itself does.
   */
  readonly unroutable?: 'refuse' | 'drop' | undefined;
  /** Milliseconds after which a queue that no member stands at is deleted with all that is in it: for demos and tests. */
  readonly expires?: number | undefined;
  /** Seconds without a sign of life after which the connection counts as lost: 4 unless told otherwise. */
  readonly heartbeat?: number | undefined;
  /** Milliseconds before a rejected message is delivered again. */
  readonly redeliveryDelay?: number | undefined;
  /** Told of lost channels and the like, which fix themselves. Process warnings unless told otherwise. */
  readonly onFault?: ((error: unknown) => void) | undefined;
}

/**
 * A broker on RabbitMQ (tested on 3.10), through `amqplib`. Messages go to a topic exchange; each group has a quorum queue for each
 * partition, and each queue one active consumer, which keeps the order of each key whatever member dies when. A group gets what is
 * published once it has subscribed: RabbitMQ keeps no history. The server may be away: the broker connects when it comes.
 */
export async function amqpBroker(options: AmqpBrokerOptions): Promise<Broker> {
  const {
    url,
    prefix = '',
    partitions = 8,
    maxBytes = 16 * 1024 * 1024,
    unroutable = 'refuse',
    heartbeat = 4,
    redeliveryDelay = 250,
  } = options;
  const onFault = faultListener(options.onFault);
  const topology = topologyFor(prefix === '' ? '' : `${prefix}.`, partitions, options.expires);
  const connection = await openConnection({ url, heartbeat, onFault });
  const publisher = amqpPublisher(connection, { topology, maxBytes, unroutable });
  const members = new Set<GroupMember>();
  let closed = false;

  return {
    async publish(messages, { tx } = {}) {
      if (tx) throw new Error('a broker cannot take part in a transaction: publish through outbox(store)');
      if (closed) throw new Error('the broker is closed');
      return publishInOrder(messages, publisher.send);
    },
    limits: () => ({ maxBytes }),
    health: connection.health,
    async lag(group) {
      const channel = await connection.current()?.createChannel();
      if (!channel) return undefined;
      channel.on('error', () => undefined);
      try {
        return await topology.waiting(channel, group);
      } finally {
        closeQuietly(channel);
      }
    },
    async subscribe(to, deliver) {
      if (closed) throw new Error('the broker is closed');
      const member = joinGroup({ connection, topology, to, deliver, redeliveryDelay, onFault });
      members.add(member);
      try {
        await member.begun;
      } catch (error) {
        members.delete(member);
        await member.stop(0);
        throw error;
      }
      const subscription: Subscription = {
        async stop({ within } = {}) {
          members.delete(member);
          await member.stop(within);
        },
      };
      return subscription;
    },
    async close() {
      closed = true;
      await Promise.all([...members].map((member) => member.stop()));
      publisher.close();
      await connection.close();
    },
    async [Symbol.asyncDispose](this: Broker) {
      await this.close();
    },
  };
}
