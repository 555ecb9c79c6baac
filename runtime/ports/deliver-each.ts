import type { WireMessage } from './message.ts';
import type { Deliver, DeliveryOutcome } from './subscriber.ts';

/**
 * For subscribers that take one message at a time: calls `handle` for each in order. One for which it rejects is delivered again after
 * `redeliveryDelay` milliseconds, and with it the later ones of its key.
 */
export function deliverEach(handle: (message: WireMessage) => Promise<void>, redeliveryDelay = 250): Deliver {
  return async (messages, { signal }) => {
    const again: DeliveryOutcome = { kind: 'again', after: redeliveryDelay };
    const failed = new Set<string>();
    const outcomes: DeliveryOutcome[] = [];
    for (const message of messages) {
      const { key } = message;
      const isBehind = key !== undefined && failed.has(key);
      const isDone =
        !isBehind &&
        !signal.aborted &&
        (await handle(message).then(
          () => true,
          () => false,
        ));
      if (!isDone && key !== undefined) failed.add(key);
      outcomes.push(isDone ? { kind: 'done' } : again);
    }
    return outcomes;
  };
}
