import { setTimeout as sleep } from 'node:timers/promises';
import type { Broker } from '../ports/broker.ts';
import type { WireMessage } from '../ports/message.ts';
import type { Subscription } from '../ports/subscriber.ts';
import { connect } from './connect.ts';
import { deduplicationId, writeHeaders } from './headers.ts';
import type { NatsBrokerOptions } from './nats-broker-options.ts';
import { publishInOrder } from './publish-in-order.ts';
import { addressOn, patternOf, subjectOf, withoutOverlaps } from './subject.ts';
import { subscribeToStream } from './subscribe-to-stream.ts';

const FLUSH_PATIENCE = 1_000;

/**
 * A broker on NATS JetStream (server 2.9 or newer). Each group is a durable consumer that begins with the oldest
 * message its stream still holds. The server hands a group one message at a time, for that alone keeps the order
 * of each key whatever member dies when. Rejects when no server answers or a stream can not be had.
 */
export async function natsBroker(options: NatsBrokerOptions): Promise<Broker> {
  const { prefix, ackWait = 10_000, redeliveryDelay = 250, onFault = warn } = options;
  const connection = await connect(options);
  const { client, context, transport } = connection;
  const subscriptions = new Set<Subscription>();

  async function send(message: WireMessage): Promise<void> {
    const subject = subjectOf(message.channel, prefix);
    const headers = writeHeaders(message, transport.headers());
    try {
      await context.publish(subject, message.body, { msgID: deduplicationId(message), headers });
    } catch (error) {
      if (client.isClosed()) throw new Error('the broker is closed', { cause: error });
      throw new Error(`JetStream did not take ${subject}: does a stream cover it?`, { cause: error });
    }
  }

  return {
    async publish(messages, { tx } = {}) {
      if (tx) throw new Error('a broker can not take part in a transaction: publish through outbox(store)');
      if (client.isClosed()) throw new Error('the broker is closed');
      await publishInOrder(messages, send);
    },
    async subscribe({ group, channels }, deliver) {
      const byStream = Map.groupBy(channels, (it) => connection.streamFor(patternOf(it, prefix)));
      const parts = await Promise.all(
        [...byStream].map(([stream, own]) =>
          subscribeToStream(connection, {
            stream,
            group,
            subjects: withoutOverlaps(own.map((it) => patternOf(it, prefix))),
            addressOf: (subject) => firstAddress(own, prefix, subject),
            deliver,
            ackWait,
            redeliveryDelay,
            onFault,
          }),
        ),
      );
      const subscription: Subscription = {
        async stop() {
          subscriptions.delete(subscription);
          await Promise.all(parts.map((part) => part.stop()));
          // So that the last acknowledgement has reached the server before anyone else asks for more. One that
          // is lost leads to a duplicate and no worse, so a server that is away is not waited for.
          await Promise.race([
            client.flush().catch(() => undefined),
            sleep(FLUSH_PATIENCE, undefined, { ref: false }),
          ]);
        },
      };
      subscriptions.add(subscription);
      return subscription;
    },
    async close() {
      await Promise.all([...subscriptions].map((subscription) => subscription.stop()));
      await client.close();
    },
  };
}

/** One channel's own address goes before a form that it is also of: they are the same. */
function firstAddress(
  channels: readonly string[],
  prefix: string | undefined,
  subject: string,
): string | undefined {
  for (const channel of channels) {
    const address = addressOn(channel, prefix, subject);
    if (address !== undefined) return address;
  }
  return undefined;
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
