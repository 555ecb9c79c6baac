import type { Publisher } from '../ports/publisher.ts';
import type { Store } from '../ports/store.ts';

/**
 * A publisher that writes messages into the store, in the transaction given, so that they are sent if and only
 * if what they tell of is committed. Without a transaction it makes one. A relay carries them to the broker.
 */
export function outbox(store: Store): Publisher {
  return {
    async publish(messages, { tx } = {}) {
      await (tx ? tx.outbox.add(messages) : store.transaction((own) => own.outbox.add(messages)));
    },
  };
}
