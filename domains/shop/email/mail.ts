import type { Transaction } from '@chirograph/runtime';

/** A mail. It names its reader by id: the address is personal data, looked up by the mailer. */
export interface Mail {
  /** The same at every try, so that a mail server can drop a repeat. */
  readonly id: string;
  readonly to: Reader;
  readonly subject: string;
  /** What the mail leads to, such as the token of a verification link. */
  readonly link?: string | undefined;
}

export type Reader = { readonly kind: 'customer'; readonly customerId: string } | { readonly kind: 'buyers' };

/** Hands a mail to the mailer. After a failure or a crash the same mail may come again, under the same id. */
export type Mailer = (mail: Mail) => Promise<void>;

/** What was sent, by mail id. The link is not kept. */
export function sentMails(tx: Transaction) {
  return tx.documents<Omit<Mail, 'link'>>('email/sent');
}

/** Whose an order is, by order: not all of its events name the customer. */
export function readers(tx: Transaction) {
  return tx.documents<{ readonly customerId: string }>('email/readers');
}
