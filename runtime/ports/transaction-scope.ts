import { AsyncLocalStorage } from 'node:async_hooks';

/** That code runs inside a transaction, for those who would wait for it to end: stores, and brokers that wait for handlers. */
export interface TransactionScope {
  /** The store's own object. */
  readonly store: object;
  isOpen(): boolean;
}

interface NestedScope extends TransactionScope {
  readonly outer: NestedScope | undefined;
}

const current = new AsyncLocalStorage<NestedScope>();

/** Runs what belongs to a transaction. */
export function runInScope<T>(scope: TransactionScope, work: () => T): T {
  const nested: NestedScope = { ...scope, outer: current.getStore() };
  return current.run(nested, work);
}

/** Whether the caller is inside an open transaction: of this store, or of any without one. */
export function isInTransaction(store?: object): boolean {
  for (let scope = current.getStore(); scope; scope = scope.outer) {
    if ((store === undefined || scope.store === store) && scope.isOpen()) return true;
  }
  return false;
}
