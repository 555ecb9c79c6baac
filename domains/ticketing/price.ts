import type { ConcertTicket, InvoiceLine, Money } from '@chirograph/generated/ticketing/types';

/** What tickets or lines cost together. Carts take one currency, so all that follows from one has one. */
export function priceOf(priced: readonly { readonly quantity: number; readonly unitPrice: Money }[]): Money {
  const amount = priced.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice.amount, 0);
  return { amount, currency: priced[0]?.unitPrice.currency ?? '' };
}

/** The lines that an order makes in an invoice, which does not tell online tickets from printed ones. */
export function linesOf(order: {
  readonly orderId: string;
  readonly concertId: string;
  readonly tickets: readonly ConcertTicket[];
}): readonly InvoiceLine[] {
  const { orderId, concertId } = order;
  const lines = new Map<string, InvoiceLine>();
  for (const { level, quantity, unitPrice } of order.tickets) {
    const key = `${level} ${unitPrice.amount}`;
    const before = lines.get(key)?.quantity ?? 0;
    lines.set(key, { orderId, concertId, level, quantity: before + quantity, unitPrice });
  }
  return [...lines.values()];
}
