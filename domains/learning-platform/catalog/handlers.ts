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

function listings(tx: Transaction) {
  return tx.documents<Listing>('catalog/courses');
}

/** What was taken out stays out, whatever is told late. */
function withdrawn(tx: Transaction) {
  return tx.documents<Record<string, never>>('catalog/withdrawn');
}

/** The courses on offer, by course. */
export async function catalog(tx: Transaction): Promise<ReadonlyMap<string, Listing>> {
  const gone = new Set((await withdrawn(tx).list()).map(({ id }) => id));
  const all = (await listings(tx).list()).filter(({ id }) => !gone.has(id));
  return new Map(all.map(({ id, document }) => [id, document]));
}

export function catalogProjectionHandlers(log: Log): CatalogProjectionHandlers {
  return {
    async courseCreated({ payload: { course_id, title, instructor_id: instructorId } }, context) {
      // An update that was told before it is newer.
      const newer = await listings(context.tx).get(course_id);
      await listings(context.tx).put(course_id, { title, instructorId, ...newer });
      log(context, `shows "${title}"`);
    },
    async courseUpdated({ payload: { course_id, title, description, price } }, context) {
      const before = await listings(context.tx).get(course_id);
      await listings(context.tx).put(course_id, { ...before, title, description, price });
      log(context, `shows "${title}" as it is now`);
    },
  };
}

export function catalogCleanupHandlers(log: Log): CatalogCleanupHandlers {
  return {
    async courseDeprecated({ payload: { course_id, title } }, context) {
      await withdrawn(context.tx).put(course_id, {});
      await listings(context.tx).delete(course_id);
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
