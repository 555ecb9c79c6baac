import type { JsMsg } from '@nats-io/jetstream';
import type { Deliver, Subscription } from '../ports/subscriber.ts';
import type { Connection } from './connect.ts';
import { ensureConsumer } from './ensure-consumer.ts';
import { ensureStream, type NatsStream } from './ensure-stream.ts';
import { readMessage } from './headers.ts';
import { pullLoop } from './pull-loop.ts';
import { jetStreamName } from './subject.ts';

export interface StreamSubscription {
  readonly stream: NatsStream;
  readonly group: string;
  /** Patterns of the subjects asked for. */
  readonly subjects: readonly string[];
  /** The channel's address for a subject; undefined for one that nobody asked for. */
  readonly addressOf: (subject: string) => string | undefined;
  readonly deliver: Deliver;
  readonly ackWait: number;
  readonly redeliveryDelay: number;
  onFault(error: unknown): void;
}

/** Takes a group's part of one stream. */
export function subscribeToStream(
  connection: Connection,
  subscription: StreamSubscription,
): Promise<Subscription> {
  const { manager, context, transport, jetStream, canFilter } = connection;
  const { stream, group, subjects, addressOf, deliver, ackWait, redeliveryDelay, onFault } = subscription;
  const durable = jetStreamName(group);

  async function handle(received: JsMsg): Promise<void> {
    const channel = addressOf(received.subject);
    // What nobody asked for comes too: from an old server the whole stream, from others what two patterns have between them.
    if (channel === undefined) return received.ack();
    const signsOfLife = setInterval(() => received.working(), ackWait / 3);
    try {
      await deliver(readMessage(received, channel, `${stream.name}/${received.seq}`));
      received.ack();
    } catch {
      received.nak(redeliveryDelay);
    } finally {
      clearInterval(signsOfLife);
    }
  }

  return pullLoop({
    handle,
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
        ...(canFilter && { filter_subjects: [...subjects] }),
      });
      const consumer = await context.consumers.get(stream.name, durable);
      return consumer.consume({ max_messages: 16, abort_on_missing_resource: true });
    },
  });
}
