import type { NodeConnectionOptions } from '@nats-io/transport-node';
import type { Broker } from '../ports/broker.ts';
import type { WireMessage } from '../ports/message.ts';
import type { Deliver, Subscription } from '../ports/subscriber.ts';
import { ensureConsumer } from './ensure-consumer.ts';
import { ensureStream, type NatsStream } from './ensure-stream.ts';
import { deduplicationId, readMessage, writeHeaders } from './headers.ts';
import { loadClients } from './load-clients.ts';
import { publishInOrder } from './publish-in-order.ts';
import { pullLoop } from './pull-loop.ts';
import { jetStreamName, matches, subjectOf } from './subject.ts';

export type { NatsStream };

export interface NatsBrokerOptions {
  /** `nats://127.0.0.1:4222`, or several of one cluster. */
  readonly servers: string | readonly string[];
  /** Streams the channels belong to, usually one for each domain; made when missing. */
  readonly streams: readonly NatsStream[];
  /** Put before every subject and stream name, so that two environments can share a server. */
  readonly prefix?: string | undefined;
  /** What else the NATS client should know: credentials, TLS. */
  readonly connection?: NodeConnectionOptions | undefined;
  /** Milliseconds without a sign of life after which the server gives a message to another member. */
  readonly ackWait?: number | undefined;
  /** Milliseconds before a rejected message is delivered again. */
  readonly redeliveryDelay?: number | undefined;
  /** Told of lost consumers and the like, which mend themselves. Process warnings unless told otherwise. */
  readonly onFault?: ((error: unknown) => void) | undefined;
}

/**
 * A broker on NATS JetStream (server 2.9 or newer). Each group is a durable consumer that begins with the oldest
 * message its stream still holds. The server hands a group one message at a time, for that alone keeps the order
 * of each key whatever member dies when. Rejects when no server answers or a stream can not be had.
 */
export async function natsBroker(options: NatsBrokerOptions): Promise<Broker> {
  const { servers, prefix, connection, ackWait = 10_000, redeliveryDelay = 250 } = options;
  const { onFault = (error) => process.emitWarning(error instanceof Error ? error : String(error)) } =
    options;
  const { transport, jetStream } = await loadClients();
  const client = await transport.connect({
    // A broker that gives up would need someone to start it again.
    maxReconnectAttempts: -1,
    ...connection,
    servers: typeof servers === 'string' ? servers : [...servers],
  });
  const manager = await jetStream.jetstreamManager(client).catch(async (error: unknown) => {
    await client.close();
    throw new Error(`JetStream does not answer at ${servers}: is nats-server running with -js?`, {
      cause: error,
    });
  });
  const context = jetStream.jetstream(client);
  const streams = options.streams.map((stream) => prefixed(stream, prefix));
  for (const stream of streams) await ensureStream(manager, stream);
  const subscriptions = new Set<Subscription>();
  // Servers before 2.10 filter by one subject at most, and 2.9 delivers nothing more once that is changed.
  const [major = 0, minor = 0] = (client.info?.version ?? '').split('.').map(Number);
  const canFilter = major > 2 || (major === 2 && minor >= 10);

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

  async function subscribeTo(
    stream: NatsStream,
    group: string,
    channels: ReadonlyMap<string, string>,
    deliver: Deliver,
  ): Promise<Subscription> {
    const durable = jetStreamName(group);
    return pullLoop({
      onFault,
      pause: redeliveryDelay,
      async open() {
        await ensureStream(manager, stream);
        await ensureConsumer(manager, stream.name, {
          durable_name: durable,
          ack_policy: jetStream.AckPolicy.Explicit,
          deliver_policy: jetStream.DeliverPolicy.All,
          ack_wait: transport.nanos(ackWait),
          max_ack_pending: 1,
          max_deliver: -1,
          ...(canFilter && { filter_subjects: [...channels.keys()] }),
        });
        const consumer = await context.consumers.get(stream.name, durable);
        return consumer.consume({ max_messages: 16, abort_on_missing_resource: true });
      },
      async handle(received) {
        const channel = channels.get(received.subject);
        // From an old server the whole stream comes, what nobody asked for too.
        if (channel === undefined) return received.ack();
        const alive = setInterval(() => received.working(), ackWait / 3);
        try {
          await deliver(readMessage(received, channel, `${stream.name}/${received.seq}`));
          received.ack();
        } catch {
          received.nak(redeliveryDelay);
        } finally {
          clearInterval(alive);
        }
      },
    });
  }

  return {
    async publish(messages, { tx } = {}) {
      if (tx) throw new Error('a broker can not take part in a transaction: publish through outbox(store)');
      if (client.isClosed()) throw new Error('the broker is closed');
      await publishInOrder(messages, send);
    },
    async subscribe({ group, channels }, deliver) {
      const byStream = new Map<NatsStream, Map<string, string>>();
      for (const channel of channels) {
        const subject = subjectOf(channel, prefix);
        const stream = streams.find(({ subjects }) => subjects.some((pattern) => matches(pattern, subject)));
        if (!stream) throw new Error(`no stream takes ${subject}: name one in natsBroker's streams`);
        byStream.set(stream, (byStream.get(stream) ?? new Map<string, string>()).set(subject, channel));
      }
      const parts = await Promise.all(
        [...byStream].map(([stream, of]) => subscribeTo(stream, group, of, deliver)),
      );
      const subscription: Subscription = {
        async stop() {
          subscriptions.delete(subscription);
          await Promise.all(parts.map((part) => part.stop()));
          // So that the last acknowledgement has reached the server before anyone else asks for more.
          if (!client.isClosed()) await client.flush();
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

function prefixed(stream: NatsStream, prefix: string | undefined): NatsStream {
  if (prefix === undefined) return stream;
  const subjects = stream.subjects.map((subject) => `${prefix}.${subject}`);
  return { ...stream, name: `${jetStreamName(prefix)}_${stream.name}`, subjects };
}
