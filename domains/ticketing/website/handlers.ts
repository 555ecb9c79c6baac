/** The website: what the audience and the buyers see. Read models alone; it decides nothing. */
import type { WebsiteHandlers } from '@chirograph/generated/ticketing/consumers/website';
import type { CartTicket, InvoiceStatus, Money, Role } from '@chirograph/generated/ticketing/types';
import type { HandlerContext, Log, Transaction } from '@chirograph/runtime';

/** The programme, by concert. */
export interface Listing {
  readonly name: string;
  readonly venue: string;
  readonly startsAt: string;
  /** In the minor unit, by level. */
  readonly prices: Readonly<Record<string, number>>;
  readonly cancelled?: string;
}

export function programme(tx: Transaction) {
  return tx.documents<Listing>('website/programme');
}

/** What is in a cart, by cart. */
export interface CartPage {
  readonly tickets: readonly Omit<CartTicket, 'unitPrice'>[];
  readonly status: 'open' | 'bought' | 'given up';
}

export function cartPages(tx: Transaction) {
  return tx.documents<CartPage>('website/carts');
}

/** Where a purchase of the user stands, by order. */
export function orderPages(tx: Transaction) {
  return tx.documents<{ readonly status: string }>('website/orders');
}

/** Until when tickets are set aside, by reservation. */
export function countdowns(tx: Transaction) {
  return tx.documents<{ readonly expiresAt: string }>('website/countdowns');
}

/** By invoice. */
export function invoicePages(tx: Transaction) {
  return tx.documents<{ readonly status: InvoiceStatus; readonly total: Money }>('website/invoices');
}

/** What users see of their money, by user. */
export function accountPages(tx: Transaction) {
  return tx.documents<{ readonly ongoing: number; readonly completed: number }>('website/accounts');
}

/** What users may do, by user. */
export function roles(tx: Transaction) {
  return tx.documents<{ readonly role: Role }>('website/roles');
}

/** Why something was refused, by the command that asked for it. */
export function messages(tx: Transaction) {
  return tx.documents<{ readonly text: string }>('website/messages');
}

export function websiteHandlers(log: Log): WebsiteHandlers {
  async function show(
    { data: { commandId, message: text } }: { readonly data: { commandId: string; message: string } },
    context: HandlerContext,
  ): Promise<void> {
    await messages(context.tx).put(commandId, { text });
    log(context, `says: ${text}`);
  }

  async function change(
    context: HandlerContext,
    cartId: string,
    by: (tickets: CartPage['tickets']) => CartPage['tickets'],
  ): Promise<void> {
    const page = await cartPages(context.tx).get(cartId);
    await cartPages(context.tx).put(cartId, { status: 'open', tickets: by(page?.tickets ?? []) });
    log(context, 'shows what is in the cart');
  }

  async function standing(context: HandlerContext, orderId: string, status: string): Promise<void> {
    await orderPages(context.tx).put(orderId, { status });
    log(context, `the order is ${status}`);
  }

  async function list(
    context: HandlerContext,
    concertId: string,
    changes: Partial<Listing>,
    says: string,
  ): Promise<void> {
    const none: Listing = { name: '', venue: '', startsAt: '', prices: {} };
    const before = (await programme(context.tx).get(concertId)) ?? none;
    await programme(context.tx).put(concertId, { ...before, ...changes });
    log(context, says);
  }

  return {
    concertCreated: ({ data: { concertId, name, venue, startsAt, ticketLevels } }, context) =>
      list(
        context,
        concertId,
        { name, venue, startsAt, prices: pricesOf(ticketLevels) },
        `announces ${name} at ${venue}`,
      ),
    concertUpdated: ({ data: { concertId, name, venue, startsAt } }, context) =>
      list(context, concertId, { name, venue, startsAt }, `${name} is at ${venue} now`),
    ticketLevelsUpdated: ({ data: { concertId, ticketLevels } }, context) =>
      list(context, concertId, { prices: pricesOf(ticketLevels) }, 'shows the new levels'),
    concertCancelled: ({ data: { concertId, reason: cancelled } }, context) =>
      list(context, concertId, { cancelled }, `announces that it is cancelled: ${cancelled}`),
    async cartCreated({ data: { cartId } }, context) {
      await cartPages(context.tx).put(cartId, { tickets: [], status: 'open' });
      log(context, 'shows an empty cart');
    },
    ticketAddedToCart: ({ data: { cartId, unitPrice: _, ...added } }, context) =>
      change(context, cartId, (tickets) => counted(tickets, added, added.quantity)),
    ticketRemovedFromCart: ({ data: { cartId, ...removed } }, context) =>
      change(context, cartId, (tickets) => counted(tickets, removed, -removed.quantity)),
    cartCleared: ({ data: { cartId } }, context) => change(context, cartId, () => []),
    async cartClosed({ data: { cartId, outcome } }, context) {
      const status = outcome === 'COMPLETED' ? 'bought' : 'given up';
      await cartPages(context.tx).put(cartId, { tickets: [], status });
      log(context, `the cart is ${status}; another can be filled`);
    },
    async reservationCreated({ data: { reservationId, expiresAt } }, context) {
      await countdowns(context.tx).put(reservationId, { expiresAt });
      log(context, `shows the time that is left until ${expiresAt}`);
    },
    async reservationExpired({ data: { reservationId } }, context) {
      await countdowns(context.tx).delete(reservationId);
      log(context, 'says that the time is up');
    },
    orderCompleted: ({ data: { orderId } }, context) => standing(context, orderId, 'complete'),
    orderCancelled: ({ data: { orderId, reason } }, context) =>
      standing(context, orderId, `cancelled: ${reason}`),
    onlineTicketDelivered: ({ data: { orderId } }, context) => standing(context, orderId, 'in your mail box'),
    printedTicketDelivered: ({ data: { orderId } }, context) => standing(context, orderId, 'in the post'),
    async invoiceCreated({ data: { invoiceId, total, status } }, context) {
      await invoicePages(context.tx).put(invoiceId, { total, status });
      log(context, 'shows the invoice');
    },
    async invoiceUpdated({ data: { invoiceId, status, total } }, context) {
      const before = await invoicePages(context.tx).get(invoiceId);
      // Tried again: the invoice was written first, and is told on another channel.
      if (!before) throw new Error(`invoice ${invoiceId} is updated, and its creation was not told yet`);
      await invoicePages(context.tx).put(invoiceId, { status, total: total ?? before.total });
      log(context, `the invoice is ${status.toLowerCase()}`);
    },
    async userFinancialInfoCreated({ data: { userId } }, context) {
      await accountPages(context.tx).put(userId, { ongoing: 0, completed: 0 });
      log(context, 'shows the accounts, still empty');
    },
    async userFinancialInfoUpdated({ data: { userId, ongoing, completed } }, context) {
      const amounts = { ongoing: ongoing.amount, completed: completed.amount };
      await accountPages(context.tx).put(userId, amounts);
      log(context, `${inEuros(ongoing.amount)} under way, ${inEuros(completed.amount)} paid`);
    },
    async userRoleUpdated({ data: { userId, newRole: role } }, context) {
      await roles(context.tx).put(userId, { role });
      log(context, `the user is ${role}`);
    },
    reservationsCommandRefused: show,
    shoppingCartsCommandRefused: show,
    usersCommandRefused: show,
  };
}

type Kind = Omit<CartTicket, 'unitPrice' | 'quantity'>;

function counted(tickets: CartPage['tickets'], kind: Kind, by: number): CartPage['tickets'] {
  const { concertId, level, ticketType } = kind;
  const isKind = (it: Kind) =>
    it.concertId === concertId && it.level === level && it.ticketType === ticketType;
  const quantity = (tickets.find(isKind)?.quantity ?? 0) + by;
  const others = tickets.filter((it) => !isKind(it));
  return quantity > 0 ? [...others, { concertId, level, ticketType, quantity }] : others;
}

function pricesOf(levels: Readonly<Record<string, { readonly price: Money }>>): Record<string, number> {
  return Object.fromEntries(Object.entries(levels).map(([level, { price }]) => [level, price.amount]));
}

function inEuros(amount: number): string {
  return (amount / 100).toFixed(2);
}
