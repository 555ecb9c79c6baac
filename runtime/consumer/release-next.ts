import type { Transaction } from '../ports/store.ts';

/** Lets the first message of a queue be tried now, after the one before it has left. */
export async function releaseNext(
  tx: Transaction,
  queue: { readonly consumer: string; readonly key?: string | undefined },
  now: number,
): Promise<void> {
  if (queue.key === undefined) return;
  const head = (await tx.parked.lockQueues(queue.consumer, [queue.key])).get(queue.key);
  if (head?.state.kind !== 'waiting') return;
  await tx.parked.update(head.id, {
    state: { kind: 'retrying', dueAt: now, delay: 0 },
    attempts: head.attempts,
    failure: head.failure,
  });
}
