/** What the purchase process hears of, and what each means to a purchase. */
import type { PurchaseHandlers } from '@chirograph/generated/ticketing/consumers/purchase';
import type {
  OrderCancellationReason,
  ReservationsCommandRefusedData,
} from '@chirograph/generated/ticketing/types';
import type { HandlerContext, Log, Transaction } from '@chirograph/runtime';
import type { PurchaseCommand } from './purchase.ts';
import { type PurchaseService, parts, purchasesOf } from './purchase-service.ts';
import { cancelledConcerts, undoConcert } from './undo-concert.ts';

/** Purchases that people have to look at, by the message that says why. */
export function held(tx: Transaction) {
  return tx.documents<{
    readonly cartId: string | undefined;
    readonly command: string;
    readonly message: string;
  }>('purchase/held');
}

type Note = Exclude<PurchaseCommand, { type: 'Begin' }>;
type OfConcert = Extract<Note, { readonly concertId: string }>;

export function purchaseHandlers(service: PurchaseService, log: Log): PurchaseHandlers {
  async function note(context: HandlerContext, cartId: string, command: Note, says: string): Promise<void> {
    await service.note(cartId, command, context);
    log(context, says);
  }

  /** For answers that name an order or a reservation, and not always the purchase. */
  async function noteOf(
    context: HandlerContext,
    id: string | undefined,
    commandOf: (concertId: string) => OfConcert,
    says: string,
  ): Promise<void> {
    const part = id === undefined ? undefined : await parts(context.tx).get(id);
    if (part) await note(context, part.cartId, commandOf(part.concertId), says);
    else log(context, 'not about a purchase');
  }

  async function hold(
    { id, data }: { readonly id: string; readonly data: Refused },
    context: HandlerContext,
  ): Promise<void> {
    const { cartId, command, message } = data;
    await held(context.tx).put(id, { cartId, command, message });
    log(context, `holds the purchase for people to look at: ${message}`);
  }

  return {
    async cartConfirmed({ data }, context) {
      await service.begin(data, context);
      log(context, 'the purchase begins');
    },
    async reservationCreated({ data: { cartId, concertId } }, context) {
      const isConcertCancelled = (await cancelledConcerts(context.tx).get(concertId)) !== undefined;
      const command = { type: 'NoteReserved', concertId, isConcertCancelled } as const;
      await note(context, cartId, command, 'the tickets are set aside');
    },
    reservationCancelled: ({ data: { cartId, concertId, reason } }, context) =>
      note(
        context,
        cartId,
        { type: 'NoteReservationEnded', concertId, reason },
        `the tickets are free: ${reason}`,
      ),
    reservationExpired: ({ data: { cartId, concertId } }, context) =>
      note(
        context,
        cartId,
        { type: 'NoteReservationEnded', concertId, reason: 'RESERVATION_EXPIRED' },
        'it took too long: the tickets are free',
      ),
    async reservationsCommandRefused({ data }, context) {
      const { command, failure, reservationId, message } = data;
      if (command === 'ticketing.reservation.create') {
        const reason = reasonOf(failure);
        if (reason) {
          const commandOf = (concertId: string) =>
            ({ type: 'NoteReservationRefused', concertId, reason }) as const;
          await noteOf(context, reservationId, commandOf, `gives the purchase up: ${message}`);
        } else log(context, 'the reservation is there already');
      } else log(context, 'the reservation is as it was');
    },
    orderCreated: ({ data: { cartId, concertId } }, context) =>
      note(context, cartId, { type: 'NoteOrdered', concertId }, 'the tickets are ordered'),
    orderCompleted: ({ data: { cartId, concertId } }, context) =>
      note(context, cartId, { type: 'NoteOrderCompleted', concertId }, 'the order is complete'),
    orderCancelled: ({ data: { cartId, concertId, reason } }, context) =>
      note(
        context,
        cartId,
        { type: 'NoteOrderCancelled', concertId, reason },
        `the order is undone: ${reason}`,
      ),
    async ordersCommandRefused(refusal, context) {
      const { command, failure, orderId, message } = refusal.data;
      if (command === 'ticketing.order.create' && failure === 'THE_TICKETS_ARE_NOT_SET_ASIDE') {
        const commandOf = (concertId: string) => ({ type: 'NoteOrderRefused', concertId }) as const;
        await noteOf(context, orderId, commandOf, `gives the purchase up: ${message}`);
      } else if (failure === 'ORDER_NOT_FOUND') {
        const commandOf = (concertId: string) => ({ type: 'NoteNothingToCancel', concertId }) as const;
        await noteOf(context, orderId, commandOf, 'the order is not there yet');
      } else if (failure === 'THE_ORDER_IS_CANCELLED_ALREADY' || failure === 'THE_ORDER_IS_CANCELLED') {
        log(context, 'the order was undone already');
      } else await hold(refusal, context);
    },
    paymentInitiated: ({ data: { cartId } }, context) =>
      note(context, cartId, { type: 'NotePaymentInitiated' }, 'the payment is under way'),
    paymentConfirmed: ({ data: { cartId } }, context) =>
      note(context, cartId, { type: 'NotePaid' }, 'the purchase is paid'),
    paymentRefunded: ({ data: { cartId, orderIds, reason } }, context) =>
      note(context, cartId, { type: 'NoteRefunded', orderIds }, `nothing more is owed: ${reason}`),
    async paymentsCommandRefused(refusal, context) {
      const { command, cartId, message } = refusal.data;
      if (command === 'ticketing.payment.initiate' && cartId !== undefined) {
        await note(context, cartId, { type: 'NotePaymentRefused' }, `gives the purchase up: ${message}`);
      } else log(context, 'the payment is as it was');
    },
    onlineTicketDelivered: ({ data: { orderId } }, context) =>
      noteOf(
        context,
        orderId,
        (concertId) => ({ type: 'NoteDelivered', concertId, ticketType: 'ONLINE' }),
        'the tickets have arrived',
      ),
    printedTicketDelivered: ({ data: { orderId } }, context) =>
      noteOf(
        context,
        orderId,
        (concertId) => ({ type: 'NoteDelivered', concertId, ticketType: 'PRINTED' }),
        'the tickets are in the post',
      ),
    async concertCancelled({ data: { concertId }, time }, context) {
      await undoConcert(context.tx, concertId, context.causedBy, Date.parse(time));
      log(context, 'begins to undo its purchases');
    },
    async cartClosed({ data: { cartId, outcome } }, context) {
      const state = await service.find(context.tx, cartId);
      // What was bought can still be undone, when the concert is cancelled.
      if (outcome === 'CANCELLED' && state.kind === 'known') {
        for (const concertId of state.legs.keys()) await purchasesOf(context.tx, concertId).delete(cartId);
      }
      log(context, outcome === 'COMPLETED' ? 'the purchase is complete' : 'the purchase is undone');
    },
    shoppingCartsCommandRefused: async (refusal, context) => {
      if (refusal.data.command === 'ticketing.shopping-cart.close') await hold(refusal, context);
      else log(context, 'not about a purchase');
    },
    ticketDeliveryCommandRefused: hold,
    financeCommandRefused: hold,
  };
}

interface Refused {
  readonly cartId?: string;
  readonly command: string;
  readonly message: string;
}

/** Why a purchase is given up whose tickets cannot be set aside; undefined when they are. */
function reasonOf(failure: ReservationsCommandRefusedData['failure']): OrderCancellationReason | undefined {
  if (failure === 'TOO_FEW_TICKETS_ARE_AVAILABLE') return 'SOLD_OUT';
  return failure === 'THE_CONCERT_IS_CANCELLED' || failure === 'CONCERT_NOT_FOUND'
    ? 'CONCERT_CANCELLED'
    : undefined;
}
