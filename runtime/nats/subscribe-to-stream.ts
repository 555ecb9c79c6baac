import type { JsMsg } from '@nats-io/jetstream';
import type { Lanes } from '../partitions/lanes.ts';
import type { Connection } from './connect.ts';
import { ensureConsumer } from './ensure-consumer.ts';
import { ensureStream, type NatsStream } from './ensure-stream.ts';
import { groupChannels } from './group-channels.ts';
import { readMessage } from './headers.ts';
import type { HeldMessage, HeldMessages } from './held-messages.ts';
import { type PullLoop, pullLoop } from './pull-loop.ts';
import { jetStreamName, patternOf, withoutOverlaps } from './subject.ts';

export interface StreamSubscription {
  readonly stream: NatsStream;
  readonly group: string;
  /** Where a group begins that is new. */
  readonly from: 'first' | 'new';
  /** Addresses of channels, or templates of them. */
  readonly channels: readonly string[];
  readonly prefix: string | undefined;
  /** The channel's address for a subject; undefined for one that this member has not asked for. */
  readonly addressOf: (subject: string) => string | undefined;
  readonly lanes: Lanes<HeldMessage>;
  readonly held: HeldMessages;
  readonly ackWait: number;
  readonly redeliveryDelay: number;
  onFault(error: unknown): void;
}

/** Takes a group's part of one stream. */
export function subscribeToStream(
  connection: Connection,
  subscription: StreamSubscription,
): Promise<PullLoop> {
  const { manager, context, transport, jetStream, canFilter } = connection;
  const { stream, group, from, channels, prefix, addressOf, lanes, held, ackWait, redeliveryDelay, onFault } =
    subscription;
  const durable = jetStreamName(group);
  const others = groupChannels(connection, stream.name, durable, prefix);

  async function handle(received: JsMsg): Promise<void> {
    const channel = addressOf(received.subject);
    const place = `${stream.name}/${received.seq}`;
    if (channel !== undefined) {
      const message = held.hold(place, received, () => readMessage(received, channel, place));
      if (message) lanes.add(message);
      return;
    }
    // What this member has not asked for comes too: from an old server the whole stream, and what other members ask for.
    // At first at once, for another member is most likely waiting for it, and the group stands still meanwhile.
    const pause = Math.min(redeliveryDelay, 2 ** (received.info.deliveryCount - 1));
    if (await others.isAskedFor(received)) received.nak(pause);
    else received.ack();
  }

  return pullLoop({
    handle,
    onFault,
    pause: redeliveryDelay,
    async open() {
      await ensureStream(manager, stream);
      const config = {
        durable_name: durable,
        ack_policy: jetStream.AckPolicy.Explicit,
        deliver_policy: from === 'new' ? jetStream.DeliverPolicy.New : jetStream.DeliverPolicy.All,
        ack_wait: transport.nanos(ackWait),
        max_ack_pending: 1,
        max_deliver: -1,
      };
      await ensureConsumer(manager, stream.name, config, channels, (all) =>
        canFilter ? withoutOverlaps(all.map((it) => patternOf(it, prefix))) : undefined,
      );
      const consumer = await context.consumers.get(stream.name, durable);
      return consumer.consume({ max_messages: 16, abort_on_missing_resource: true });
    },
  });
}
