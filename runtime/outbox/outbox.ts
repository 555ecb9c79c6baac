import type { Broker } from '../ports/broker.ts';
import type { WireMessage } from '../ports/message.ts';
import type { Publisher } from '../ports/publisher.ts';
import { sizeOf } from '../ports/size-of.ts';
import type { Store } from '../ports/store.ts';

export interface OutboxOptions {
  /** The broker that the relay publishes to: what it would never take is then refused while the transaction can still fail. */
  readonly broker?: Pick<Broker, 'limits'> | undefined;
}

/** A message is larger than the broker takes; nothing was written. */
export class MessageTooLargeError extends Error {
  override readonly name = 'MessageTooLargeError';
  readonly code = 'message-too-large';

  constructor(message: WireMessage, bytes: number, maxBytes: number) {
    super(
      `${message.name ?? 'a message'} for ${message.channel} has ${bytes} bytes, and the broker takes ${maxBytes} at the most: send a reference to what is large instead, or raise the broker's limit`,
    );
  }
}

/**
 * A publisher that writes messages into the store, in the transaction given, so that they are sent if and only
 * if what they tell of is committed. Without a transaction it makes one. A relay carries them to the broker.
 * Rejects with `MessageTooLargeError`.
 */
export function outbox(store: Store, { broker }: OutboxOptions = {}): Publisher {
  return {
    async publish(messages, { tx } = {}) {
      const { maxBytes = Number.POSITIVE_INFINITY } = broker?.limits() ?? {};
      for (const message of messages) {
        const bytes = sizeOf(message);
        if (bytes > maxBytes) throw new MessageTooLargeError(message, bytes, maxBytes);
      }
      await (tx ? tx.outbox.add(messages) : store.transaction((own) => own.outbox.add(messages)));
      return messages.map(() => ({ kind: 'acked' }));
    },
  };
}
