/** The carts service: it fills carts, and lets each user have one purchase under way. */
import type { ShoppingCartsProducer } from '@chirograph/generated/ticketing/producers/shopping-carts';
import type {
  AddTicketToCartData,
  CloseCartData,
  ConfirmCartData,
  CreateCartData,
  RemoveTicketFromCartData,
} from '@chirograph/generated/ticketing/types';
import {
  type Clock,
  type CommandContext,
  claims,
  type Entities,
  entities,
  type Outcome,
  personalData,
  type Store,
  type Transaction,
  within,
} from '@chirograph/runtime';
import { type Cart, type CartCommand, type CartEvent, type CartFailure, cart, type Offer } from './cart.ts';
import { publishCart } from './publish-cart.ts';

export type CartOutcome = Outcome<CartEvent, CartFailure>;

export interface ShoppingCartsService {
  create(request: CreateCartData, context?: CommandContext): Promise<CartOutcome>;
  addTicket(request: AddTicketToCartData, context?: CommandContext): Promise<CartOutcome>;
  removeTicket(request: RemoveTicketFromCartData, context?: CommandContext): Promise<CartOutcome>;
  clear(cartId: string, context?: CommandContext): Promise<CartOutcome>;
  confirm(request: ConfirmCartData, context?: CommandContext): Promise<CartOutcome>;
  close(request: CloseCartData, context?: CommandContext): Promise<CartOutcome>;
  find(tx: Transaction, cartId: string): Promise<Cart>;
}

export interface ShoppingCartsServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly producer: ShoppingCartsProducer;
  readonly outlook: { isLoggedIn(tx: Transaction, userId: string): Promise<boolean> };
}

/** What the carts know of the concerts, by concert. */
export function offers(tx: Transaction) {
  return tx.documents<Offer>('shopping-carts/offers');
}

export function shoppingCartsService(options: ShoppingCartsServiceOptions): ShoppingCartsService {
  const { store, clock, producer, outlook } = options;
  /** The cart that a user has confirmed and that is not closed, by user. */
  const confirmed = claims('shopping-carts/confirmed', { clock });
  const carts: Entities<Cart, CartCommand, CartEvent, CartFailure> = entities({
    name: 'cart',
    store,
    clock,
    decider: cart,
    publish: publishCart(producer),
    stored: personalData<CartEvent>({
      subjectOf: (event) => (event.type === 'CartConfirmed' ? event.data.userId : undefined),
      places: personalPlacesOf,
    }),
  });

  return {
    create: (request, context) => carts.decide(request.cartId, { type: 'CreateCart', ...request }, context),
    addTicket: ({ cartId, ...request }, context) =>
      carts.decide(
        cartId,
        async (tx) => {
          const concert = await offers(tx).get(request.concertId);
          return { type: 'AddTicketToCart', ...request, concert };
        },
        context,
      ),
    removeTicket: ({ cartId, ...request }, context) =>
      carts.decide(cartId, { type: 'RemoveTicketFromCart', ...request }, context),
    clear: (cartId, context) => carts.decide(cartId, { type: 'ClearCart' }, context),
    confirm: ({ cartId, ...request }, context = {}) =>
      within(store, context, async (tx) => {
        const { userId } = request;
        const outcome = await carts.decide(
          cartId,
          {
            type: 'ConfirmCart',
            ...request,
            isLoggedIn: await outlook.isLoggedIn(tx, userId),
            confirmedCartId: await confirmed.ownerOf(tx, userId),
            cancelledConcertIds: await cancelledIn(tx, await carts.load(tx, cartId)),
          },
          { ...context, tx },
        );
        if (outcome.kind === 'accepted' && (await confirmed.claim(tx, userId, cartId)) !== cartId) {
          throw new Error('the user confirmed another cart meanwhile');
        }
        return outcome;
      }),
    close: ({ cartId, outcome: ended }, context = {}) =>
      within(store, context, async (tx) => {
        const command: CartCommand = { type: 'CloseCart', outcome: ended };
        const outcome = await carts.decide(cartId, command, { ...context, tx });
        const state = await carts.load(tx, cartId);
        if (outcome.kind === 'accepted' && state.kind === 'closed' && state.userId !== undefined) {
          await confirmed.release(tx, state.userId, cartId);
        }
        return outcome;
      }),
    find: (tx, cartId) => carts.load(tx, cartId),
  };
}

/** Where a cart's events hold what the contracts mark as personal, and what pays. */
export function personalPlacesOf({ type }: Pick<CartEvent, 'type'>): readonly (readonly string[])[] {
  return type === 'CartConfirmed'
    ? [
        ['data', 'recipient'],
        ['data', 'paymentToken'],
      ]
    : [];
}

async function cancelledIn(tx: Transaction, state: Cart): Promise<readonly string[]> {
  if (state.kind === 'unknown') return [];
  const cancelled: string[] = [];
  for (const { concertId } of state.tickets) {
    if ((await offers(tx).get(concertId))?.isCancelled) cancelled.push(concertId);
  }
  return cancelled;
}
