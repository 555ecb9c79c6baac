import type { WireMessage } from '../ports/message.ts';
import type { Transaction } from '../ports/store.ts';

/** A view of a transaction that notes what is written into its outbox. */
export function sentWithin(tx: Transaction, sent: WireMessage[]): Transaction {
  return new Proxy(tx, {
    get(target, name) {
      if (name === 'outbox') {
        return {
          ...bound(target.outbox),
          async add(messages: readonly WireMessage[]) {
            await target.outbox.add(messages);
            sent.push(...messages);
          },
        };
      }
      if (name === 'attempt') {
        // What an attempt has sent counts when it succeeds.
        return async <T>(work: (inner: Transaction) => Promise<T>): Promise<T> => {
          const own: WireMessage[] = [];
          const result = await target.attempt((inner) => work(sentWithin(inner, own)));
          sent.push(...own);
          return result;
        };
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function bound(rows: Transaction['outbox']): Transaction['outbox'] {
  return {
    add: (messages) => rows.add(messages),
    next: (page) => rows.next(page),
    remove: (ids, fence) => rows.remove(ids, fence),
    depth: () => rows.depth(),
  };
}
