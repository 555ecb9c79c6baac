import { createHash } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';
import type { Store, Transaction } from '../ports/store.ts';
import { entityDeadlines } from '../process/entity-deadlines.ts';
import type { ServiceWorker } from '../service/service-worker.ts';
import { HttpProblemError } from './problem.ts';

/** An answer as it is kept, to be given again where the same key comes again. */
export interface KeptAnswer {
  readonly status: number;
  readonly body: unknown;
}

interface Entry extends KeptAnswer {
  /** Of the request that it answers. */
  readonly fingerprint: string;
}

/** Answers by their idempotency keys (draft-ietf-httpapi-idempotency-key-header). */
export interface Answers {
  /**
   * Runs `work` unless it was run under the key before: then answers as it did. Both in the transaction given, so that a key is kept if and only if
   * what was done stays done. Of two that come at once the second waits for the first.
   * @throws {HttpProblemError} when the key has come with another request
   */
  once(
    tx: Transaction,
    key: string,
    fingerprint: string,
    work: () => Promise<KeptAnswer>,
  ): Promise<KeptAnswer>;
  /** Forgets them when their time is over. */
  worker: ServiceWorker;
}

export interface AnswersOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Milliseconds for which they are kept. */
  readonly keep: number;
}

export function answers(service: string, { store, clock, keep }: AnswersOptions): Answers {
  const name = `http/${service}`;
  const ends = entityDeadlines<number>(name, (until) => until);
  const kept = (tx: Transaction) => tx.documents<Entry>(name);

  return {
    async once(tx, key, fingerprint, work) {
      const [isFirst] = await tx.inbox.claim(name, [key]);
      if (!isFirst) return again(await kept(tx).get(key), fingerprint);
      const answer = await work();
      await kept(tx).put(key, { ...answer, fingerprint });
      await ends.note(tx, key, clock.now() + keep);
      return answer;
    },
    worker: ends.watch(
      store,
      async (tx, key) => {
        await kept(tx).delete(key);
        await tx.inbox.prune(name, { keep, limit: 100 });
      },
      { clock },
    ),
  };
}

function again(entry: Entry | undefined, fingerprint: string): KeptAnswer {
  if (entry?.fingerprint === fingerprint) return { status: entry.status, body: entry.body };
  const detail = entry
    ? 'Another request came under this Idempotency-Key. Give each request a key of its own; repeat one only to send the same again.'
    : 'This Idempotency-Key was used so long ago that its answer is forgotten. Give each request a key of its own.';
  throw new HttpProblemError(422, 'idempotency-key-reused', detail);
}

/** The same for the same values, and of a length that any store takes as a key. */
export function hashOf(...values: readonly unknown[]): string {
  return createHash('sha256')
    .update(JSON.stringify(values.map(sorted)))
    .digest('base64url');
}

/** JSON with the keys of objects in order: what differs in nothing else is the same request. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, it]) => [key, sorted(it)]);
}
