/** The catalogue of the courses on offer: one service shows them, another takes out those that are no longer offered. */
import type { CatalogCleanupHandlers } from '@chirograph/generated/learning-platform/consumers/catalog-cleanup';
import type { CatalogProjectionHandlers } from '@chirograph/generated/learning-platform/consumers/catalog-projection';
import type { PoliciesProjectionHandlers } from '@chirograph/generated/learning-platform/consumers/policies-projection';
import type { Money, PolicyType } from '@chirograph/generated/learning-platform/types';
import type { Log, Transaction } from '@chirograph/runtime';

export interface Listing {
  readonly title: string;
  readonly instructorId?: string;
  readonly description?: string;
  /** Absent until it is for sale. */
  readonly price?: Money;
}

/** Kept apart, for they are told on two channels, and may be handled side by side and in any order. */
function created(tx: Transaction) {
  return tx.documents<Listing>('catalog/created');
}

function updated(tx: Transaction) {
  return tx.documents<Listing>('catalog/updated');
}

/** What was taken out stays out, whatever is told late. */
function withdrawn(tx: Transaction) {
  return tx.documents<Record<string, never>>('catalog/withdrawn');
}

/** The courses on offer, by course. */
export async function catalog(tx: Transaction): Promise<ReadonlyMap<string, Listing>> {
  const gone = new Set((await withdrawn(tx).list()).map(({ id }) => id));
  const shown = new Map<string, Listing>();
  for (const { id, document } of [...(await created(tx).list()), ...(await updated(tx).list())]) {
    if (!gone.has(id)) shown.set(id, { ...shown.get(id), ...document });
  }
  return shown;
}

export function catalogProjectionHandlers(log: Log): CatalogProjectionHandlers {
  return {
    async courseCreated({ payload: { course_id, title, instructor_id: instructorId } }, context) {
      await created(context.tx).put(course_id, { title, instructorId });
      log(context, `shows "${title}"`);
    },
    async courseUpdated({ payload: { course_id, title, description, price } }, context) {
      await updated(context.tx).put(course_id, { title, description, price });
      log(context, `shows "${title}" as it is now`);
    },
  };
}

export function catalogCleanupHandlers(log: Log): CatalogCleanupHandlers {
  return {
    async courseDeprecated({ payload: { course_id, title } }, context) {
      await withdrawn(context.tx).put(course_id, {});
      log(context, `takes "${title}" out of the catalogue`);
    },
  };
}

/** The refund policies as they were created. */
export function policies(tx: Transaction) {
  return tx.documents<{ readonly name: string; readonly type: PolicyType; readonly days: number }>(
    'catalog/policies',
  );
}

export function policiesProjectionHandlers(log: Log): PoliciesProjectionHandlers {
  return {
    async policyCreated({ payload: { policy_id, name, type, refund_period_days: days } }, context) {
      await policies(context.tx).put(policy_id, { name, type, days });
      log(context, `shows the policy "${name}"`);
    },
  };
}
