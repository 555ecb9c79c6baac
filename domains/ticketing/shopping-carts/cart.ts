/** A cart: what somebody wants to buy, until they confirm it, and from then on the purchase that it stands for. Pure. */
import type {
  CartClearedData,
  CartClosedData,
  CartConfirmedData,
  CartCreatedData,
  CartTicket,
  PurchaseOutcome,
  Recipient,
  ShoppingCartsCommandRefusedData,
  TicketAddedToCartData,
  TicketLevels,
  TicketRemovedFromCartData,
  TicketType,
} from '@chirograph/generated/ticketing/types';
import { type Decider, type Refusal, refuse } from '@chirograph/runtime';

export type CartCommand =
  | { readonly type: 'CreateCart'; readonly cartId: string; readonly userId?: string | undefined }
  | (TicketsOfAKind & {
      readonly type: 'AddTicketToCart';
      /** Undefined when there is no such concert. */
      readonly concert: Offer | undefined;
    })
  | (TicketsOfAKind & { readonly type: 'RemoveTicketFromCart' })
  | { readonly type: 'ClearCart' }
  | ConfirmCart
  | { readonly type: 'CloseCart'; readonly outcome: PurchaseOutcome };

export interface ConfirmCart {
  readonly type: 'ConfirmCart';
  readonly userId: string;
  readonly recipient: Recipient;
  readonly paymentToken: string;
  readonly isLoggedIn: boolean;
  /** The cart that the user has confirmed, and that is not closed yet. */
  readonly confirmedCartId: string | undefined;
  /** Those in the cart that will not take place. */
  readonly cancelledConcertIds: readonly string[];
}

interface TicketsOfAKind {
  readonly concertId: string;
  readonly level: string;
  readonly ticketType: TicketType;
  readonly quantity: number;
}

/** What carts know of a concert. */
export interface Offer {
  readonly ticketLevels: TicketLevels;
  readonly isCancelled: boolean;
}

export type CartEvent =
  | { readonly type: 'CartCreated'; readonly data: CartCreatedData }
  | { readonly type: 'TicketAddedToCart'; readonly data: TicketAddedToCartData }
  | { readonly type: 'TicketRemovedFromCart'; readonly data: TicketRemovedFromCartData }
  | { readonly type: 'CartCleared'; readonly data: CartClearedData }
  | { readonly type: 'CartConfirmed'; readonly data: CartConfirmedData }
  | { readonly type: 'CartClosed'; readonly data: CartClosedData };

export type CartFailure = ShoppingCartsCommandRefusedData['failure'];

export type Cart = { readonly kind: 'unknown' } | KnownCart;

interface KnownCart {
  readonly kind: 'open' | 'confirmed' | 'closed';
  readonly cartId: string;
  /** Who is logged in, or has confirmed the cart. */
  readonly userId: string | undefined;
  /** No two have the concert, the level and the type in common. */
  readonly tickets: readonly CartTicket[];
}

/** So many tickets of one concert and level can be bought at once, of both types together. */
export const MOST = 20;

export const cart: Decider<Cart, CartCommand, CartEvent, CartFailure> = {
  initialState: () => ({ kind: 'unknown' }),

  decide(command, state) {
    if (command.type === 'CreateCart') {
      const { cartId, userId } = command;
      if (state.kind !== 'unknown') {
        return refuse('THERE_IS_A_CART_WITH_THIS_ID_ALREADY', 'There is a cart with this id.');
      }
      return [{ type: 'CartCreated', data: { cartId, ...(userId !== undefined && { userId }) } }];
    }
    if (state.kind === 'unknown') return refuse('CART_NOT_FOUND', 'There is no such cart.');
    const { cartId, userId } = state;
    if (command.type === 'ConfirmCart') return confirm(command, state);
    if (command.type === 'CloseCart') {
      if (state.kind !== 'confirmed' || userId === undefined) {
        return refuse('THE_CART_IS_NOT_CONFIRMED', 'The cart stands for no purchase.');
      }
      return [{ type: 'CartClosed', data: { cartId, userId, outcome: command.outcome } }];
    }
    if (state.kind !== 'open') return isConfirmed();
    switch (command.type) {
      case 'AddTicketToCart':
        return add(command, state);
      case 'RemoveTicketFromCart': {
        const { concertId, level, ticketType, quantity } = command;
        const held = state.tickets.find((it) => isOfKind(it, command))?.quantity ?? 0;
        if (held < quantity) return refuse('THE_CART_HOLDS_FEWER_TICKETS', `The cart holds ${held} of them.`);
        return [{ type: 'TicketRemovedFromCart', data: { cartId, concertId, level, ticketType, quantity } }];
      }
      case 'ClearCart':
        return state.tickets.length === 0 ? [] : [{ type: 'CartCleared', data: { cartId } }];
    }
  },

  evolve: evolveCart,
};

type Decision = readonly CartEvent[] | Refusal<CartFailure>;

function add(
  { concertId, level, ticketType, quantity, concert }: Extract<CartCommand, { type: 'AddTicketToCart' }>,
  { cartId, tickets }: KnownCart,
): Decision {
  if (!concert) return refuse('CONCERT_NOT_FOUND', 'There is no such concert.');
  if (concert.isCancelled) return refuse('THE_CONCERT_IS_CANCELLED', 'The concert is cancelled.');
  const offered = concert.ticketLevels[level];
  if (!offered) return refuse('THE_CONCERT_DOES_NOT_HAVE_THE_LEVEL', `The concert has no ${level} tickets.`);
  const { price: unitPrice } = offered;
  if (tickets.some((it) => it.unitPrice.currency !== unitPrice.currency)) {
    return refuse('THE_CURRENCY_IS_NOT_THAT_OF_THE_CART', 'One payment is in one currency.');
  }
  const held = tickets
    .filter((it) => it.concertId === concertId && it.level === level)
    .reduce((sum, it) => sum + it.quantity, 0);
  if (held + quantity > MOST) {
    return refuse(
      'MORE_THAN_A_CART_CAN_HOLD',
      `No more than ${MOST} tickets of a level can be bought at once.`,
    );
  }
  const data = { cartId, concertId, level, ticketType, quantity, unitPrice };
  return [{ type: 'TicketAddedToCart', data }];
}

function confirm(command: ConfirmCart, { kind, cartId, userId: owner, tickets }: KnownCart): Decision {
  const { userId, recipient, paymentToken, confirmedCartId, cancelledConcertIds } = command;
  if (!command.isLoggedIn) return refuse('THE_USER_IS_NOT_LOGGED_IN', 'Log in to buy tickets.');
  if (owner !== undefined && owner !== userId) {
    return refuse('THE_CART_BELONGS_TO_ANOTHER_USER', 'The cart belongs to somebody else.');
  }
  if (kind !== 'open') return isConfirmed();
  if (tickets.length === 0) return refuse('THE_CART_IS_EMPTY', 'There is nothing in the cart.');
  if (confirmedCartId !== undefined) {
    return refuse('THE_USER_HAS_A_CONFIRMED_CART_ALREADY', 'Another purchase of yours is under way.');
  }
  if (tickets.some(({ ticketType }) => ticketType === 'PRINTED') && !recipient.address) {
    return refuse('PRINTED_TICKETS_NEED_A_POSTAL_ADDRESS', 'Printed tickets go to a postal address.');
  }
  if (tickets.some(({ concertId }) => cancelledConcertIds.includes(concertId))) {
    return refuse('A_CONCERT_IN_THE_CART_IS_CANCELLED', 'A concert in the cart is cancelled.');
  }
  return [{ type: 'CartConfirmed', data: { cartId, userId, tickets, recipient, paymentToken } }];
}

function isConfirmed(): Refusal<CartFailure> {
  return refuse('THE_CART_IS_CONFIRMED', 'The cart is confirmed already.');
}

function isOfKind(ticket: CartTicket, { concertId, level, ticketType }: TicketsOfAKind): boolean {
  return ticket.concertId === concertId && ticket.level === level && ticket.ticketType === ticketType;
}

function evolveCart(state: Cart, event: CartEvent): Cart {
  if (event.type === 'CartCreated') {
    const { cartId, userId } = event.data;
    return { kind: 'open', cartId, userId, tickets: [] };
  }
  if (state.kind === 'unknown') throw new Error(`${event.type} of a cart that was never created`);
  switch (event.type) {
    case 'TicketAddedToCart': {
      const { cartId: _, quantity, ...ticket } = event.data;
      const held = state.tickets.find((it) => isOfKind(it, event.data));
      // What is added counts at its price, and so does what was there of its kind.
      const now: CartTicket = { ...ticket, quantity: (held?.quantity ?? 0) + quantity };
      const tickets = held ? state.tickets.map((it) => (it === held ? now : it)) : [...state.tickets, now];
      return { ...state, tickets };
    }
    case 'TicketRemovedFromCart': {
      const tickets = state.tickets.map((it) =>
        isOfKind(it, event.data) ? { ...it, quantity: it.quantity - event.data.quantity } : it,
      );
      return { ...state, tickets: tickets.filter(({ quantity }) => quantity > 0) };
    }
    case 'CartCleared':
      return { ...state, tickets: [] };
    case 'CartConfirmed':
      return { ...state, kind: 'confirmed', userId: event.data.userId };
    case 'CartClosed':
      return { ...state, kind: 'closed' };
  }
}
