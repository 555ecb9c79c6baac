/** Watches for accounts being taken over: somebody who changes the address twice in a day hides from its owner. */
import type { SecurityHandlers } from '@chirograph/generated/learning-platform/consumers/security';
import type { Log, Transaction } from '@chirograph/runtime';

const DAY = 86_400_000;

function changes(tx: Transaction) {
  return tx.documents<{ readonly at: string }>('security/changes');
}

/** By user: since when the account should be looked at. */
export function suspicions(tx: Transaction) {
  return tx.documents<{ readonly since: string }>('security/suspicions');
}

export function securityHandlers(log: Log): SecurityHandlers {
  return {
    async userEmailChanged({ occurred_on: at, payload: { user_id } }, context) {
      const before = await changes(context.tx).get(user_id);
      await changes(context.tx).put(user_id, { at });
      if (!before || Date.parse(at) - Date.parse(before.at) > DAY)
        return log(context, 'sees one change of address');
      await suspicions(context.tx).put(user_id, { since: at });
      log(context, 'has the account looked at: two changes of address in a day');
    },
  };
}
