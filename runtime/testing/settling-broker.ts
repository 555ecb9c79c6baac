import { readAddress } from '../ports/address.ts';
import type { Broker } from '../ports/broker.ts';
import type { WireMessage } from '../ports/message.ts';

/** A broker that knows what is still on its way to the groups of this process. */
export interface SettlingBroker extends Broker {
  /** Whether every message published through it was acknowledged by every group that subscribed through it. */
  isSettled(): boolean;
  /** Resolves when that is so; rejects, naming what is missing, after so long with nothing arriving. */
  settled(): Promise<void>;
}

/** Milliseconds without a single arrival. */
const PATIENCE = 30_000;

/** Keeps account of what any broker carries, by who publishes and subscribes through it. */
export function settlingBroker(broker: Broker): SettlingBroker {
  const groups = new Map<string, Map<object, readonly string[]>>();
  const underWay = new Set<string>();
  let wake: (() => void) | undefined;

  const takes = (group: string, address: string): boolean =>
    [...(groups.get(group)?.values() ?? [])].some((channels) =>
      channels.some((channel) => readAddress(channel, address) !== undefined),
    );

  function arrived(key: string): void {
    underWay.delete(key);
    wake?.();
  }

  /** Resolves to whether anything has arrived before the patience is at its end. */
  function nextArrival(): Promise<boolean> {
    return new Promise((resolve) => {
      const giveUp = setTimeout(() => resolve(false), PATIENCE);
      wake = () => {
        clearTimeout(giveUp);
        resolve(true);
      };
    });
  }

  return {
    ...broker,
    async publish(messages, options) {
      for (const message of messages) {
        for (const group of groups.keys())
          if (takes(group, message.channel)) underWay.add(delivery(group, message));
      }
      return broker.publish(messages, options);
    },
    async subscribe(to, deliver) {
      const { group, channels } = to;
      const member = {};
      const members = groups.get(group) ?? new Map<object, readonly string[]>();
      groups.set(group, members.set(member, channels));
      const subscription = await broker.subscribe(to, async (messages, context) => {
        const outcomes = await deliver(messages, context);
        for (const [index, message] of messages.entries())
          if (outcomes[index]?.kind !== 'again') arrived(delivery(group, message));
        return outcomes;
      });
      return {
        async stop(options) {
          members.delete(member);
          await subscription.stop(options);
          // What a group without members has not had, it gets when one comes back.
          if (members.size > 0) return;
          for (const key of underWay) if (key.startsWith(`${group} `)) arrived(key);
        },
      };
    },
    isSettled: () => underWay.size === 0,
    async settled() {
      while (underWay.size > 0) {
        if (await nextArrival()) continue;
        throw new Error(
          `nothing has arrived for ${PATIENCE / 1000} seconds; under way are still: ${[...underWay].join(', ')}`,
        );
      }
    },
  };
}

/** One message on its way to one group. */
function delivery(group: string, { name = '', channel, id }: WireMessage): string {
  return `${group} <- ${name} on ${channel} (${id})`;
}
