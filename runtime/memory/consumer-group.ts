import { AsyncResource } from 'node:async_hooks';
import { type Lanes, lanes } from '../partitions/lanes.ts';
import { readAddress } from '../ports/address.ts';
import type { Clock } from '../ports/clock.ts';
import type { WireMessage } from '../ports/message.ts';
import type { Deliver, DeliveryOutcome, StopOptions } from '../ports/subscriber.ts';

/** A delivery that someone may be waiting for. */
export interface PendingDelivery {
  readonly message: WireMessage;
  acknowledged(): void;
}

export interface MemberOptions {
  readonly channels: readonly string[];
  readonly concurrency: number;
  readonly batch: number;
  /** The most messages that are with the member at once. */
  readonly maxInFlight: number;
}

interface Member extends Omit<MemberOptions, 'channels'> {
  readonly asked: ReadonlySet<string>;
  readonly deliver: Deliver;
  readonly control: AbortController;
  /** Resolves when the control is aborted. */
  readonly aborted: Promise<void>;
  inFlight: number;
  /** Messages of the deliveries that are under way. */
  held: number;
  idle: PromiseWithResolvers<void> | undefined;
}

/** What is pending for one group, and the members who share it. */
export interface ConsumerGroup {
  /** Whether any member has ever asked for messages of this address. */
  takes(address: string): boolean;
  add(pending: PendingDelivery): void;
  /** Answers with the way to leave, which resolves when what the member has under way is done. */
  join(options: MemberOptions, deliver: Deliver): (options?: StopOptions) => Promise<void>;
  /** Whether nothing is pending, or nobody is there to take it. */
  isSettled(): boolean;
}

export interface ConsumerGroupOptions {
  readonly clock: Clock;
  /** Milliseconds before a rejected message is delivered again. */
  readonly redeliveryDelay: number;
  onSettled(): void;
  /** Told of a message that the group will never handle. */
  onRefused(message: WireMessage, reason: string): void;
}

export function consumerGroup(options: ConsumerGroupOptions): ConsumerGroup {
  const { clock, redeliveryDelay, onSettled, onRefused } = options;
  const channels = new Set<string>();
  const members: Member[] = [];

  const queue: Lanes<PendingDelivery> = lanes({
    clock,
    messageOf: ({ message }) => message,
    deliver,
    settled({ message, acknowledged }, outcome) {
      if (outcome.kind === 'refused') onRefused(message, outcome.reason);
      acknowledged();
      // Not within this call: what is acknowledged is still counted.
      queueMicrotask(checkSettled);
    },
    concurrency: () =>
      members.some(hasRoom) ? members.reduce((sum, member) => sum + member.concurrency, 0) : 0,
    // What fits any of those who may get it.
    batch: () =>
      Math.min(
        ...members.filter(hasRoom).map(({ batch, maxInFlight, held }) => Math.min(batch, maxInFlight - held)),
      ),
    redeliveryDelay,
  });

  /** Gives a batch to the member who has waited longest, but for those messages that it has not asked for. */
  async function deliver(messages: readonly WireMessage[]): Promise<readonly DeliveryOutcome[]> {
    const [first] = messages;
    const at = members.findIndex((member) => hasRoom(member) && first && wants(member, first));
    const [member] = at < 0 ? [] : members.splice(at, 1);
    if (!member) return messages.map(() => ({ kind: 'again', after: redeliveryDelay }));
    members.push(member);
    const own = wantedInOrder(member, messages);
    const outcomes = new Map(
      (await outcomesOf(member, own)).map((outcome, index) => [own[index], outcome] as const),
    );
    return messages.map((message) => outcomes.get(message) ?? { kind: 'again', after: 0 });
  }

  /** What the member has asked for; of each key no more than what stands before the first message that is for another. */
  function wantedInOrder(member: Member, messages: readonly WireMessage[]): readonly WireMessage[] {
    const waiting = new Set<string>();
    return messages.filter((message) => {
      const { key } = message;
      if (key !== undefined && waiting.has(key)) return false;
      const isWanted = wants(member, message);
      if (!isWanted && key !== undefined) waiting.add(key);
      return isWanted;
    });
  }

  async function outcomesOf(
    member: Member,
    messages: readonly WireMessage[],
  ): Promise<readonly DeliveryOutcome[]> {
    member.inFlight += 1;
    member.held += messages.length;
    try {
      const delivered = member.deliver(messages, { signal: member.control.signal });
      // What a member answers after it had to give the messages back is not heard.
      return (await Promise.race([delivered, member.aborted])) ?? [];
    } finally {
      member.inFlight -= 1;
      member.held -= messages.length;
      if (member.inFlight === 0) member.idle?.resolve();
    }
  }

  function isSettled(): boolean {
    return queue.size === 0 || members.length === 0;
  }

  function checkSettled(): void {
    if (isSettled()) onSettled();
  }

  return {
    takes: (address) => asksFor(channels, address),
    add: (pending) => queue.add(pending),
    join(memberOptions, memberDeliver) {
      for (const channel of memberOptions.channels) channels.add(channel);
      const control = new AbortController();
      const member: Member = {
        concurrency: memberOptions.concurrency,
        batch: memberOptions.batch,
        maxInFlight: memberOptions.maxInFlight,
        asked: new Set(memberOptions.channels),
        // A delivery belongs to the subscriber, not to the first subscriber or the publisher.
        deliver: AsyncResource.bind(memberDeliver),
        control,
        aborted: new Promise((resolve) =>
          control.signal.addEventListener('abort', () => resolve(), { once: true }),
        ),
        inFlight: 0,
        held: 0,
        idle: undefined,
      };
      members.push(member);
      queue.pump();
      return async ({ within = Number.POSITIVE_INFINITY } = {}) => {
        const at = members.indexOf(member);
        if (at >= 0) members.splice(at, 1);
        if (member.inFlight > 0) {
          member.idle ??= Promise.withResolvers();
          const cancel =
            within === Number.POSITIVE_INFINITY
              ? () => undefined
              : clock.after(within, async () =>
                  control.abort(new Error(`stopped: the handlers had ${within} ms to end`)),
                );
          await member.idle.promise;
          cancel();
        }
        checkSettled();
      };
    },
    isSettled,
  };
}

function hasRoom({ inFlight, concurrency, held, maxInFlight }: Member): boolean {
  return inFlight < concurrency && held < maxInFlight;
}

function wants({ asked }: Member, { channel }: WireMessage): boolean {
  return asksFor(asked, channel);
}

function asksFor(channels: ReadonlySet<string>, address: string): boolean {
  return channels.has(address) || [...channels].some((it) => readAddress(it, address) !== undefined);
}
