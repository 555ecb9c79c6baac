import type { Lanes } from '../partitions/lanes.ts';
import type { WireMessage } from '../ports/message.ts';
import type { Connection } from './connect.ts';
import { type DeliveryGate, deliveryGate } from './delivery-gate.ts';
import { ensureConsumer } from './ensure-consumer.ts';
import { ensureStream, type NatsStream } from './ensure-stream.ts';
import { groupChannels } from './group-channels.ts';
import { ensureLeaseStream, groupLease } from './group-lease.ts';
import { readMessage } from './headers.ts';
import type { HeldMessage, HeldMessages } from './held-messages.ts';
import { pull } from './pull.ts';
import { type PullLoop, pullLoop } from './pull-loop.ts';
import type { Received } from './received.ts';
import { jetStreamName, patternOf, withoutOverlaps } from './subject.ts';

export interface StreamSubscription {
  readonly stream: NatsStream;
  readonly group: string;
  /** Names this member among those of its group. */
  readonly member: string;
  /** Where a group begins that is new. */
  readonly from: 'first' | 'new';
  /** Addresses of channels, or templates of them. */
  readonly channels: readonly string[];
  readonly prefix: string | undefined;
  /** The channel's address for a subject; undefined for one that this member has not asked for. */
  readonly addressOf: (subject: string) => string | undefined;
  /** Where messages are noted that this member has not asked for and another of its group has. */
  readonly others: WeakSet<WireMessage>;
  readonly lanes: Lanes<HeldMessage>;
  readonly held: HeldMessages;
  readonly maxInFlight: number;
  readonly ackWait: number;
  readonly redeliveryDelay: number;
  onFault(error: unknown): void;
}

/** A member's part in what a group takes of one stream. */
export interface StreamMember {
  /** Lets another member come first, for it may know what this one does not. */
  yield(): void;
  /** Takes no more. */
  pause(): void;
  /** After what is under way has ended: gives the rest back, so that another member has it at once. */
  stop(): Promise<void>;
}

/**
 * Takes a group's part of one stream whenever this member has the group's lease. Rejects when the consumer cannot be made.
 */
export async function subscribeToStream(
  connection: Connection,
  subscription: StreamSubscription,
): Promise<StreamMember> {
  const { client, manager, context, transport, jetStream, canFilter, onLost } = connection;
  const { group, member, from, channels, prefix, addressOf, lanes, held, onFault } = subscription;
  const { stream, others, maxInFlight, ackWait, redeliveryDelay } = subscription;
  const durable = jetStreamName(group);
  const asked = groupChannels(connection, stream.name, durable, prefix);
  let gate: DeliveryGate<HeldMessage> | undefined;
  let loop: PullLoop | undefined;
  let paused = false;

  async function prepare(): Promise<void> {
    await ensureStream(manager, stream);
    const config = {
      durable_name: durable,
      ack_policy: jetStream.AckPolicy.Explicit,
      deliver_policy: from === 'new' ? jetStream.DeliverPolicy.New : jetStream.DeliverPolicy.All,
      ack_wait: transport.nanos(ackWait),
      max_ack_pending: maxInFlight,
      max_deliver: -1,
    };
    await ensureConsumer(manager, stream.name, config, channels, (all) =>
      canFilter ? withoutOverlaps(all.map((it) => patternOf(it, prefix))) : undefined,
    );
  }

  function handle(received: Received): Promise<void> | void {
    const channel = addressOf(received.subject);
    if (channel !== undefined) hold(received, channel);
    // What this member has not asked for comes too: from an old server the whole stream, and what other members ask for.
    else return takeUnasked(received);
  }

  async function takeUnasked(received: Received): Promise<void> {
    if (await asked.isAskedFor(received)) {
      const item = hold(received, received.subject);
      if (item) others.add(item.message);
      return;
    }
    gate?.arrived(received, undefined);
    received.ack();
  }

  function hold(received: Received, channel: string): HeldMessage | undefined {
    if (!gate) {
      received.nak();
      return undefined;
    }
    const item = held.hold(received, (place) => readMessage(received, channel, place));
    gate.arrived(received, item);
    return item;
  }

  function begin(): void {
    loop = pullLoop({
      handle,
      onFault,
      pause: redeliveryDelay,
      reset: forgetAll,
      whenConnected: connection.whenConnected,
      async open(received) {
        await prepare();
        const { delivered, num_ack_pending } = await manager.consumers.info(stream.name, durable);
        gate = deliveryGate<HeldMessage>({
          held: () => held.count(stream.name),
          released: () => held.released(stream.name),
          open: async () => (await manager.consumers.info(stream.name, durable)).num_ack_pending,
          sequenceOf: ({ received: { seq } }) => seq,
          pass: (item) => lanes.add(item),
          onFault,
        });
        gate.restart({ delivered: delivered.consumer_seq, open: num_ack_pending });
        const inbox = transport.createInbox();
        return pull({ client, inbox, stream: stream.name, durable, batch: maxInFlight, received, onLost });
      },
    });
  }

  /** A server that has been away may know less than we do of what it has delivered: with an empty hand its count says what is missing. */
  async function forgetAll(): Promise<void> {
    const back = gate?.close() ?? [];
    const out = await lanes.withdraw(isOfStream, new Error(`the connection to ${stream.name} was lost`));
    for (const item of [...back, ...out]) held.release(item);
  }

  function isOfStream(item: HeldMessage): boolean {
    return item.stream === stream.name;
  }

  /** What is held back goes back, and so does what still comes. */
  async function shut(): Promise<void> {
    giveBackHeld();
    await loop?.stop();
    // It may just have begun.
    giveBackHeld();
  }

  function giveBackHeld(): void {
    for (const item of gate?.close() ?? []) {
      held.release(item);
      item.received.nak();
    }
    gate = undefined;
  }

  /** Takes no more, and gives back what is not done. */
  async function end(reason?: Error): Promise<void> {
    await shut();
    loop = undefined;
    const out = await lanes.withdraw(isOfStream, reason);
    for (const item of out) {
      held.release(item);
      if (!reason) item.received.nak();
    }
    if (!reason) await flush();
  }

  /** One that the server does not answer is not waited for. */
  async function flush(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FLUSH_PATIENCE);
    });
    // So that the last acknowledgement has reached the server before anyone else asks for more.
    await Promise.race([client.flush().catch(() => undefined), patience]);
    clearTimeout(timer);
  }

  await prepare();
  await ensureLeaseStream(manager, prefix);
  const lease = groupLease({
    client,
    context,
    manager,
    prefix,
    stream: stream.name,
    durable,
    holder: member,
    ttl: ackWait,
    began: () => !paused && begin(),
    ended: (why) =>
      end(
        why === 'lapsed'
          ? new Error(`the lease of the group ${group} on ${stream.name} was lost`)
          : undefined,
      ),
    onFault,
  });

  return {
    yield: () => lease.yield(redeliveryDelay),
    pause() {
      paused = true;
      void shut();
    },
    stop: () => lease.stop(),
  };
}

const FLUSH_PATIENCE = 1_000;
