import { AsyncResource } from 'node:async_hooks';
import { readAddress } from '../ports/address.ts';
import type { Clock } from '../ports/clock.ts';
import type { WireMessage } from '../ports/message.ts';
import type { Deliver } from '../ports/subscriber.ts';

/** A delivery that someone may be waiting for. */
export interface PendingDelivery {
  readonly message: WireMessage;
  acknowledged(): void;
}

/** Messages of one key, delivered one after the other; a message without a key has a lane to itself. */
interface Lane {
  readonly key: string | undefined;
  readonly queue: PendingDelivery[];
}

interface Member {
  readonly deliver: Deliver;
  inFlight: number;
  idle: PromiseWithResolvers<void> | undefined;
}

/** What is pending for one group, and the members who share it. */
export interface ConsumerGroup {
  /** Addresses of channels, or their forms. */
  readonly channels: Set<string>;
  takes(address: string): boolean;
  add(pending: PendingDelivery): void;
  /** Answers the way to leave, which resolves when what the member has under way is done. */
  join(deliver: Deliver): () => Promise<void>;
  /** Whether nothing is pending, or nobody is there to take it. */
  isSettled(): boolean;
}

export interface ConsumerGroupOptions {
  readonly clock: Clock;
  /** Milliseconds before a rejected message is delivered again. */
  readonly redeliveryDelay: number;
  /** How many messages a member is given at once, each of another key. */
  readonly concurrency: number;
  onSettled(): void;
}

export function consumerGroup(options: ConsumerGroupOptions): ConsumerGroup {
  const { clock, redeliveryDelay, concurrency, onSettled } = options;
  const lanes = new Map<string, Lane>();
  const ready: Lane[] = [];
  const members: Member[] = [];
  let pending = 0;

  function pump(): void {
    while (ready.length > 0) {
      const free = members.findIndex((member) => member.inFlight < concurrency);
      if (free < 0) return;
      // Whoever is served goes to the end, so that members share the load.
      const [member] = members.splice(free, 1);
      const lane = ready.shift();
      if (!member || !lane) return;
      members.push(member);
      void serve(member, lane);
    }
  }

  async function serve(member: Member, lane: Lane): Promise<void> {
    const head = lane.queue[0];
    if (!head) return;
    member.inFlight += 1;
    try {
      await member.deliver(head.message);
      acknowledge(lane, head);
    } catch {
      clock.after(redeliveryDelay, async () => offer(lane));
    }
    member.inFlight -= 1;
    if (member.inFlight === 0) member.idle?.resolve();
    pump();
    if (isSettled()) onSettled();
  }

  function acknowledge(lane: Lane, head: PendingDelivery): void {
    pending -= 1;
    lane.queue.shift();
    if (lane.queue.length > 0) ready.push(lane);
    else if (lane.key !== undefined) lanes.delete(lane.key);
    head.acknowledged();
  }

  function offer(lane: Lane): void {
    ready.push(lane);
    pump();
  }

  function isSettled(): boolean {
    return pending === 0 || members.length === 0;
  }

  const channels = new Set<string>();

  return {
    channels,
    takes: (address) =>
      channels.has(address) || [...channels].some((it) => readAddress(it, address) !== undefined),
    add(added) {
      pending += 1;
      const { key } = added.message;
      const opened = key === undefined ? undefined : lanes.get(key);
      if (opened) {
        opened.queue.push(added);
        return;
      }
      const lane: Lane = { key, queue: [added] };
      if (key !== undefined) lanes.set(key, lane);
      offer(lane);
    },
    join(deliver) {
      // A delivery belongs to the subscriber, not to whoever happened to publish: its async context is not inherited.
      const member: Member = { deliver: AsyncResource.bind(deliver), inFlight: 0, idle: undefined };
      members.push(member);
      pump();
      return async () => {
        const at = members.indexOf(member);
        if (at >= 0) members.splice(at, 1);
        if (member.inFlight > 0) {
          member.idle ??= Promise.withResolvers();
          await member.idle.promise;
        }
        if (isSettled()) onSettled();
      };
    },
    isSettled,
  };
}
