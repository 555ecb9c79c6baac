/** The CRM system: contacts. It keeps no personal data of its own, and looks it up while there is any. */
import type { CrmHandlers } from '@chirograph/generated/shop/consumers/crm';
import type { Log, Transaction } from '@chirograph/runtime';

/** When the contact began, by customer. */
export function contacts(tx: Transaction) {
  return tx.documents<{ readonly since: string }>('crm/contacts');
}

export function crmHandlers(log: Log): CrmHandlers {
  return {
    async customerRegisteredNotification({ time: since, data: { customerId } }, context) {
      await contacts(context.tx).put(customerId, { since });
      log(context, 'opens a contact');
    },
  };
}
