import type { LineItem, Money } from '@chirograph/generated/shop/types';

/** What an order costs, in the minor unit of its currency. */
export interface Price {
  readonly subtotal: Money;
  readonly shippingCost: Money;
  readonly tax: Money;
  readonly totalAmount: Money;
}

/** What shipping costs within the country. */
export const SHIPPING = 490;
/** The rate of VAT, on goods and shipping. */
export const TAX_RATE = 0.19;

/** All items of an order have one currency: carts take no other. Throws when they have not. */
export function priceOf(lineItems: readonly LineItem[]): Price {
  const [first, ...others] = lineItems;
  if (!first) throw new Error('an order without items has no price');
  const { currency } = first.unitPrice;
  if (others.some(({ unitPrice }) => unitPrice.currency !== currency)) {
    throw new Error('the items of an order have several currencies');
  }
  const subtotal = lineItems.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice.amount, 0);
  const tax = Math.round((subtotal + SHIPPING) * TAX_RATE);
  const money = (amount: number): Money => ({ amount, currency });
  return {
    subtotal: money(subtotal),
    shippingCost: money(SHIPPING),
    tax: money(tax),
    totalAmount: money(subtotal + SHIPPING + tax),
  };
}

/** How many of each product an order needs: the stock does not tell variants apart. */
export function demandOf(lineItems: readonly LineItem[]): ReadonlyMap<string, number> {
  const demand = new Map<string, number>();
  for (const { productId, quantity } of lineItems) {
    demand.set(productId, (demand.get(productId) ?? 0) + quantity);
  }
  return demand;
}
