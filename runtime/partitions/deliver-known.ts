import { readAddress } from '../ports/address.ts';
import type { WireMessage } from '../ports/message.ts';
import type { Deliver, DeliveryOutcome } from '../ports/subscriber.ts';

/** Whether an address is one of the channels', or of their templates'. */
export function channelFilter(channels: Iterable<string>): (address: string) => boolean {
  const exact = new Set(channels);
  const templates = [...exact].filter((it) => it.includes('{'));
  return (address) => exact.has(address) || templates.some((it) => readAddress(it, address) !== undefined);
}

export interface KnownOptions {
  isAskedFor(message: WireMessage): boolean;
  /** Whether it came by mistake, and nobody in the group has ever asked for it: it is done unread. */
  isOfNoUse(message: WireMessage): boolean;
  /** Told of what only other members of the group have asked for. */
  onForeign(message: WireMessage): void;
  readonly redeliveryDelay: number;
}

/**
 * Delivers what this member of a group has asked for. What only other members have asked for waits, with the later ones of its key, until
 * one of them has it.
 */
export function deliverKnown(deliver: Deliver, options: KnownOptions): Deliver {
  const { isAskedFor, isOfNoUse, onForeign, redeliveryDelay } = options;
  return async (messages, context) => {
    if (messages.every(isAskedFor)) return deliver(messages, context);
    const blocked = new Set<string>();
    const known = messages.filter((message) => {
      const { key } = message;
      if (isAskedFor(message)) return key === undefined || !blocked.has(key);
      if (isOfNoUse(message)) return false;
      if (key !== undefined) blocked.add(key);
      onForeign(message);
      return false;
    });
    const outcomes = known.length > 0 ? await deliver(known, context) : [];
    const byMessage = new Map(known.map((message, index) => [message, outcomes[index]]));
    return messages.map((message): DeliveryOutcome => {
      const isDropped = !isAskedFor(message) && isOfNoUse(message);
      return isDropped
        ? { kind: 'done' }
        : (byMessage.get(message) ?? { kind: 'again', after: redeliveryDelay });
    });
  };
}
