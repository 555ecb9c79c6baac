import type { Transaction } from '@chirograph/runtime';

/** A message to people. */
export interface Mail {
  /** The same at every try, so that a mail server can drop a repeat. */
  readonly id: string;
  readonly to: Recipient;
  readonly subject: string;
}

export type Recipient =
  | { readonly kind: 'customer'; readonly customerId: string }
  | { readonly kind: 'business'; readonly businessId: string }
  /** All customers of a business, enrolled or not. */
  | { readonly kind: 'customers-of'; readonly businessId: string };

/**
 * Hands a mail to the mailer. It is outside the transaction: after a failure or a crash the same mail may
 * come again, under the same id.
 */
export type Mailer = (mail: Mail) => Promise<void>;

/** What was sent, by mail id. */
export function sentMails(tx: Transaction) {
  return tx.documents<Mail>('notification/sent');
}

/** Who is to be told when something happens to a programme, by programme. */
export function audience(tx: Transaction) {
  return tx.documents<{ readonly customerIds: readonly string[] }>('notification/audience');
}

/** The programmes of which customers have been told, by programme: one that comes back is not announced again. */
export function announced(tx: Transaction) {
  return tx.documents<{ readonly programName: string }>('notification/announced');
}
