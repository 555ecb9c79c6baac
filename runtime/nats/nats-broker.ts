import { setTimeout as sleep } from 'node:timers/promises';
import { lanes } from '../partitions/lanes.ts';
import { publishInOrder } from '../partitions/publish-in-order.ts';
import type { Broker } from '../ports/broker.ts';
import { systemClock } from '../ports/clock.ts';
import { lateBroker } from '../ports/late-broker.ts';
import type { OutgoingMessage } from '../ports/message.ts';
import type { PublishOutcome } from '../ports/publisher.ts';
import type { Subscription } from '../ports/subscriber.ts';
import { type Connection, connect, ServerAway } from './connect.ts';
import { deduplicationId, writeHeaders } from './headers.ts';
import { type HeldMessage, heldMessages } from './held-messages.ts';
import { loadClients } from './load-clients.ts';
import type { NatsBrokerOptions } from './nats-broker-options.ts';
import { publishAcks } from './publish-acks.ts';
import { outcomeOf, outcomeOfUnsent } from './publish-outcome.ts';
import type { PullLoop } from './pull-loop.ts';
import { addressOn, patternOf, subjectOf } from './subject.ts';
import { subscribeToStream } from './subscribe-to-stream.ts';

const FLUSH_PATIENCE = 1_000;
const PUBLISH_TIMEOUT = 5_000;
const ACKED: PublishOutcome = { kind: 'acked' };

/**
 * A broker on NATS JetStream (server 2.9 or newer). Each group is a durable consumer that begins with the oldest
 * message its stream still holds. The server hands a group one message at a time, for that alone keeps the order
 * of each key whatever member dies when. A server that is away is waited for while the service starts; rejects when a stream cannot be had, or loses messages.
 */
export async function natsBroker(options: NatsBrokerOptions): Promise<Broker> {
  const { waitFor = 5_000, onFault = warn } = options;
  const clients = await loadClients();
  return lateBroker({
    open: async () => connectedBroker(await connect(clients, options), options),
    isAway: (error) => error instanceof ServerAway,
    waitFor,
    onFault,
  });
}

function connectedBroker(connection: Connection, options: NatsBrokerOptions): Broker {
  const { prefix, ackWait = 3_000, redeliveryDelay = 250, onFault = warn } = options;
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
    async subscribe(to, deliver) {
      const { group, channels, from = 'first', concurrency = 16, batch = 64 } = to;
      const byStream = Map.groupBy(channels, (it) => connection.streamFor(patternOf(it, prefix)));
      const held = heldMessages(ackWait);
      // One for all streams, so that no two messages of a key are under way at once.
      const queue = lanes<HeldMessage>({
        clock: systemClock,
        messageOf: ({ message }) => message,
        deliver,
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
      const loops: PullLoop[] = [];
      async function stop(within?: number): Promise<void> {
        // Before the last acknowledgement: else the server would send the next message to nobody.
        await Promise.all(loops.map((loop) => loop.stop()));
        for (const item of await queue.stop(within)) item.received.nak();
        held.close();
        // So that the last acknowledgement has reached the server before anyone else asks for more. One that
        // is lost leads to a duplicate and no worse, so a server that is away is not waited for.
        await Promise.race([
          client.flush().catch(() => undefined),
          sleep(FLUSH_PATIENCE, undefined, { ref: false }),
        ]);
      }
      try {
        for (const [stream, own] of byStream) {
          const part = {
            stream,
            group,
            from,
            channels: own,
            prefix,
            addressOf: (subject: string) => firstAddress(own, prefix, subject),
            lanes: queue,
            held,
            ackWait,
            redeliveryDelay,
            onFault,
          };
          loops.push(await subscribeToStream(connection, part));
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

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
