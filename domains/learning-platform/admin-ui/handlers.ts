/** Where the staff work: which policies are deprecated. */
import type { AdminUiHandlers } from '@chirograph/generated/learning-platform/consumers/admin-ui';
import type { Log, Transaction } from '@chirograph/runtime';

/** By policy. */
export function deprecatedPolicies(tx: Transaction) {
  return tx.documents<{ readonly name: string }>('admin/deprecated-policies');
}

export function adminUiHandlers(log: Log): AdminUiHandlers {
  return {
    async policyDeprecated({ payload: { policy_id, name } }, context) {
      await deprecatedPolicies(context.tx).put(policy_id, { name });
      log(context, `marks "${name}" as deprecated`);
    },
  };
}
