import { derivedId } from '@chirograph/runtime';

/** An id as the checkout's contracts want it, `txn_...`, that follows from what it belongs to. */
export function idOf(prefix: string, ...parts: readonly string[]): string {
  return `${prefix}_${derivedId(prefix, ...parts).replaceAll('-', '')}`;
}
