import { randomUUID } from 'node:crypto';
import { lanes } from '../partitions/lanes.ts';
import { publishInOrder } from '../partitions/publish-in-order.ts';
import type { Broker } from '../ports/broker.ts';
import { systemClock } from '../ports/clock.ts';
import { faultListener } from '../ports/fault-listener.ts';
import { lateBroker } from '../ports/late-broker.ts';
import type { OutgoingMessage, WireMessage } from '../ports/message.ts';
import type { PublishOutcome } from '../ports/publisher.ts';
import type { Deliver, Subscription } from '../ports/subscriber.ts';
import { type Connection, connect, ServerUnavailableError } from './connect.ts';
import { deduplicationId, writeHeaders } from './headers.ts';
import { type HeldMessage, heldMessages } from './held-messages.ts';
import { loadClients } from './load-clients.ts';
import type { NatsBrokerOptions } from './nats-broker-options.ts';
import { publishAcks } from './publish-acks.ts';
import { outcomeOf, outcomeOfUnsent } from './publish-outcome.ts';
import { addressOn, jetStreamName, patternOf, subjectOf } from './subject.ts';
import { type StreamMember, subscribeToStream } from './subscribe-to-stream.ts';

const PUBLISH_TIMEOUT = 5_000;
const ACKED: PublishOutcome = { kind: 'acked' };

/**
 * A broker on NATS JetStream (server 2.9 or newer). Each group is a durable consumer that begins with the oldest
 * message its stream still holds. One member of a group takes from a stream at a time, up to `maxInFlight` messages, and another
 * goes on when it ends: so each key keeps its order whatever member dies when. A server that is away is waited for while the service starts; rejects when a stream cannot be had, or loses messages.
 */
export async function natsBroker(options: NatsBrokerOptions): Promise<Broker> {
  const { waitFor = 5_000 } = options;
  const onFault = faultListener(options.onFault);
  const clients = await loadClients();
  return lateBroker({
    open: async () => connectedBroker(await connect(clients, options), options),
    isAway: (error) => error instanceof ServerUnavailableError,
    waitFor,
    onFault,
  });
}

function connectedBroker(connection: Connection, options: NatsBrokerOptions): Broker {
  const { prefix, ackWait = 3_000, redeliveryDelay = 250 } = options;
  const onFault = faultListener(options.onFault);
  const { client, transport } = connection;
  const acks = publishAcks(client, transport.createInbox(), PUBLISH_TIMEOUT);
  const subscriptions = new Set<Subscription>();

  async function send(message: OutgoingMessage): Promise<PublishOutcome> {
    const subject = subjectOf(message.channel, prefix);
    const headers = writeHeaders(message, transport.headers());
    const id = deduplicationId(message);
    if (id !== undefined) headers.set('Nats-Msg-Id', id);
    try {
      const answer = await acks.publish(subject, message.body, headers);
      return answer.kind === 'stored' ? ACKED : await outcomeOf(connection, subject, answer);
    } catch (error) {
      return outcomeOfUnsent(connection, subject, error);
    }
  }

  return {
    async publish(messages, { tx } = {}) {
      if (tx) throw new Error('a broker cannot take part in a transaction: publish through outbox(store)');
      if (client.isClosed()) throw new Error('the broker is closed');
      return publishInOrder(messages, send);
    },
    limits: () => ({ maxBytes: client.info?.max_payload }),
    health: connection.health,
    async lag(group) {
      const infos = connection.streams.map(({ name }) =>
        connection.manager.consumers.info(name, jetStreamName(group)).catch(() => undefined),
      );
      const known = (await Promise.all(infos)).filter((it) => it !== undefined);
      if (known.length === 0) return undefined;
      return known.reduce((sum, it) => sum + it.num_pending + it.num_ack_pending, 0);
    },
    async subscribe(to, deliver) {
      const { group, channels, from = 'first', concurrency = 16, batch = 64, maxInFlight = 256 } = to;
      const byStream = Map.groupBy(channels, (it) => connection.streamFor(patternOf(it, prefix)));
      const held = heldMessages(ackWait);
      const member = randomUUID();
      const others = new WeakSet<WireMessage>();
      const members: StreamMember[] = [];

      /** What only other members have asked for waits, with the later ones of its key, until one of them has it. */
      const deliverKnown: Deliver = async (messages, context) => {
        if (!messages.some((message) => others.has(message))) return deliver(messages, context);
        for (const one of members) one.yield();
        const blocked = new Set<string>();
        const known = messages.filter((message) => {
          const { key } = message;
          if (!others.has(message) && (key === undefined || !blocked.has(key))) return true;
          if (key !== undefined) blocked.add(key);
          return false;
        });
        const outcomes = known.length > 0 ? await deliver(known, context) : [];
        const byMessage = new Map(known.map((message, index) => [message, outcomes[index]]));
        return messages.map((message) => byMessage.get(message) ?? { kind: 'again', after: redeliveryDelay });
      };
      // One for all streams, so that no two messages of a key are under way at once.
      const queue = lanes<HeldMessage>({
        clock: systemClock,
        messageOf: ({ message }) => message,
        deliver: deliverKnown,
        settled(item, outcome) {
          held.release(item);
          if (outcome.kind === 'done') item.received.ack();
          else {
            item.received.term();
            const { id, channel } = item.message;
            onFault(new Error(`the group ${group} refused message ${id} on ${channel}: ${outcome.reason}`));
          }
        },
        concurrency: () => concurrency,
        batch: () => batch,
        redeliveryDelay,
      });
      async function stop(within?: number): Promise<void> {
        // Before the last acknowledgement: else the server would send the next message to nobody.
        for (const one of members) one.pause();
        for (const item of await queue.stop(within)) {
          held.release(item);
          item.received.nak();
        }
        await Promise.all(members.map((one) => one.stop()));
        held.close();
      }
      try {
        for (const [stream, own] of byStream) {
          const part = {
            stream,
            group,
            member,
            from,
            channels: own,
            prefix,
            addressOf: (subject: string) => firstAddress(own, prefix, subject),
            lanes: queue,
            held,
            others,
            maxInFlight: Math.max(1, Math.floor(maxInFlight / byStream.size)),
            ackWait,
            redeliveryDelay,
            onFault,
          };
          members.push(await subscribeToStream(connection, part));
        }
      } catch (error) {
        await stop();
        throw error;
      }
      const subscription: Subscription = {
        async stop({ within } = {}) {
          subscriptions.delete(subscription);
          await stop(within);
        },
      };
      subscriptions.add(subscription);
      return subscription;
    },
    async close() {
      await Promise.all([...subscriptions].map((subscription) => subscription.stop()));
      await client.close();
    },
    async [Symbol.asyncDispose]() {
      await this.close();
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
