/** The purchase process: it leads each confirmed cart through reservations, orders, payment and delivery to its end. */
import type { PurchaseProducer } from '@chirograph/generated/ticketing/producers/purchase';
import type { CartConfirmedData } from '@chirograph/generated/ticketing/types';
import {
  type Clock,
  type CommandContext,
  type Entities,
  entities,
  type Outcome,
  personalData,
  type Store,
  type Transaction,
} from '@chirograph/runtime';
import { publishPurchase } from './publish-purchase.ts';
import {
  orderIdOf,
  type Purchase,
  type PurchaseCommand,
  type PurchaseEvent,
  purchase,
  reservationIdOf,
} from './purchase.ts';

export interface PurchaseService {
  begin(data: CartConfirmedData, context: InTransaction): Promise<void>;
  note(
    cartId: string,
    command: Exclude<PurchaseCommand, { type: 'Begin' }>,
    context?: CommandContext,
  ): Promise<Outcome<PurchaseEvent, never>>;
  find(tx: Transaction, cartId: string): Promise<Purchase>;
}

type InTransaction = CommandContext & { readonly tx: Transaction };

export interface PurchaseServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly producer: PurchaseProducer;
}

/** What an order or a reservation is part of, by its id: answers do not always say. */
export function parts(tx: Transaction) {
  return tx.documents<{ readonly cartId: string; readonly concertId: string }>('purchase/parts');
}

/** The purchases of a concert that are not undone, by cart. */
export function purchasesOf(tx: Transaction, concertId: string) {
  return tx.documents<{ readonly begun: true }>(`purchase/of-concert/${concertId}`);
}

export function purchaseService({ store, clock, producer }: PurchaseServiceOptions): PurchaseService {
  const purchases: Entities<Purchase, PurchaseCommand, PurchaseEvent, never> = entities({
    name: 'purchase',
    store,
    clock,
    decider: purchase,
    publish: publishPurchase(producer),
    stored: personalData<PurchaseEvent>({
      subjectOf: (event) => (event.type === 'PurchaseBegun' ? event.data.userId : undefined),
      places: personalPlacesOf,
    }),
  });

  return {
    async begin(data, context) {
      const { cartId, tickets } = data;
      const { tx } = context;
      for (const concertId of new Set(tickets.map((it) => it.concertId))) {
        await parts(tx).put(orderIdOf(cartId, concertId), { cartId, concertId });
        await parts(tx).put(reservationIdOf(cartId, concertId), { cartId, concertId });
        await purchasesOf(tx, concertId).put(cartId, { begun: true });
      }
      await purchases.decide(cartId, { type: 'Begin', data }, context);
    },
    note: (cartId, command, context) => purchases.decide(cartId, command, context),
    find: (tx, cartId) => purchases.load(tx, cartId),
  };
}

/** Where a purchase's events hold what the contracts mark as personal, and what pays. */
export function personalPlacesOf({ type }: Pick<PurchaseEvent, 'type'>): readonly (readonly string[])[] {
  return type === 'PurchaseBegun'
    ? [
        ['data', 'recipient'],
        ['data', 'paymentToken'],
      ]
    : [];
}
