/**
 * The ticketing, wired: the only file that knows all of its services. They share a process and a store here; in separate
 * processes each would have its own store and its own part of this file, and the outlooks would be clients.
 */
import { adminConsumer } from '@chirograph/generated/ticketing/consumers/admin';
import { concertsConsumer } from '@chirograph/generated/ticketing/consumers/concerts';
import { financeConsumer } from '@chirograph/generated/ticketing/consumers/finance';
import { ordersConsumer } from '@chirograph/generated/ticketing/consumers/orders';
import { paymentGatewayConsumer } from '@chirograph/generated/ticketing/consumers/payment-gateway';
import { paymentsConsumer } from '@chirograph/generated/ticketing/consumers/payments';
import { purchaseConsumer } from '@chirograph/generated/ticketing/consumers/purchase';
import { reservationsConsumer } from '@chirograph/generated/ticketing/consumers/reservations';
import { shoppingCartsConsumer } from '@chirograph/generated/ticketing/consumers/shopping-carts';
import { ticketDeliveryConsumer } from '@chirograph/generated/ticketing/consumers/ticket-delivery';
import { usersConsumer } from '@chirograph/generated/ticketing/consumers/users';
import { websiteConsumer } from '@chirograph/generated/ticketing/consumers/website';
import { concertsHttp } from '@chirograph/generated/ticketing/http/concerts';
import { reservationsHttp } from '@chirograph/generated/ticketing/http/reservations';
import { shoppingCartsHttp } from '@chirograph/generated/ticketing/http/shopping-carts';
import { usersHttp } from '@chirograph/generated/ticketing/http/users';
import { type AdminProducer, adminProducer } from '@chirograph/generated/ticketing/producers/admin';
import { concertsProducer } from '@chirograph/generated/ticketing/producers/concerts';
import { financeProducer } from '@chirograph/generated/ticketing/producers/finance';
import { ordersProducer } from '@chirograph/generated/ticketing/producers/orders';
import { paymentGatewayProducer } from '@chirograph/generated/ticketing/producers/payment-gateway';
import { paymentsProducer } from '@chirograph/generated/ticketing/producers/payments';
import { purchaseProducer } from '@chirograph/generated/ticketing/producers/purchase';
import { reservationsProducer } from '@chirograph/generated/ticketing/producers/reservations';
import { shoppingCartsProducer } from '@chirograph/generated/ticketing/producers/shopping-carts';
import { ticketDeliveryProducer } from '@chirograph/generated/ticketing/producers/ticket-delivery';
import { usersProducer } from '@chirograph/generated/ticketing/producers/users';
import { type WebsiteProducer, websiteProducer } from '@chirograph/generated/ticketing/producers/website';
import type { Service, Transaction } from '@chirograph/runtime';
import { type WireOptions, wiring } from '../shared/wiring/wiring.ts';
import { adminHandlers } from './admin/handlers.ts';
import { type ConcertsService, concertsService } from './concerts/concerts-service.ts';
import { concertsHandlers } from './concerts/handlers.ts';
import { financeService } from './finance/finance-service.ts';
import { financeHandlers } from './finance/handlers.ts';
import { ASKED_FROM_OUTSIDE, ticketingCallers } from './http.ts';
import { ordersHandlers } from './orders/handlers.ts';
import { type OrdersService, ordersService } from './orders/orders-service.ts';
import { paymentGatewayHandlers } from './payment-gateway/handlers.ts';
import { paymentsHandlers } from './payments/handlers.ts';
import type { PaymentProvider } from './payments/payment-provider.ts';
import { type PaymentsService, paymentsService } from './payments/payments-service.ts';
import { linesOf } from './price.ts';
import { purchaseHandlers } from './purchase/handlers.ts';
import { type PurchaseService, purchaseService } from './purchase/purchase-service.ts';
import { undoing } from './purchase/undo-concert.ts';
import { reservationsHandlers } from './reservations/handlers.ts';
import { isSetAside } from './reservations/reservation.ts';
import { type ReservationsService, reservationsService } from './reservations/reservations-service.ts';
import { shoppingCartsHandlers } from './shopping-carts/handlers.ts';
import { type ShoppingCartsService, shoppingCartsService } from './shopping-carts/shopping-carts-service.ts';
import type { Courier } from './ticket-delivery/courier.ts';
import { ticketDeliveryHandlers } from './ticket-delivery/handlers.ts';
import { ticketDeliveryService } from './ticket-delivery/ticket-delivery-service.ts';
import { usersHandlers } from './users/handlers.ts';
import { type UsersService, usersService } from './users/users-service.ts';
import { websiteHandlers } from './website/handlers.ts';

export interface Ticketing extends Service {
  /** Speaks for visitors and users: their commands go over the broker. */
  readonly website: WebsiteProducer;
  /** Speaks for admins. */
  readonly admin: AdminProducer;
  readonly users: UsersService;
  readonly concerts: ConcertsService;
  readonly carts: ShoppingCartsService;
  readonly reservations: ReservationsService;
  readonly orders: OrdersService;
  readonly payments: PaymentsService;
  readonly purchases: PurchaseService;
}

export interface TicketingOptions extends WireOptions {
  readonly provider: PaymentProvider;
  /** Carries tickets; the default only has them noted as delivered. */
  readonly courier?: Courier | undefined;
}

export function wire(options: TicketingOptions): Ticketing {
  const { store, broker, provider, courier = async () => undefined } = options;
  const { sending, working, consuming, serving, answering, authenticate, logOf, processOf } = wiring(options);

  const producers = {
    users: usersProducer(sending, working),
    concerts: concertsProducer(sending, working),
    carts: shoppingCartsProducer(sending, working),
    reservations: reservationsProducer(sending, working),
    orders: ordersProducer(sending, working),
    payments: paymentsProducer(sending, working),
    gateway: paymentGatewayProducer(sending, working),
    finance: financeProducer(sending, working),
    delivery: ticketDeliveryProducer(sending, working),
    purchase: purchaseProducer(sending, working),
  };
  const users = usersService({ ...serving, producer: producers.users });
  const reservations = reservationsService({ ...serving, producer: producers.reservations });
  const concerts = concertsService({
    ...serving,
    producer: producers.concerts,
    outlook: { isAdmin: users.isAdmin, limitTo: reservations.limitTo },
  });
  const carts = shoppingCartsService({
    ...serving,
    producer: producers.carts,
    outlook: { isLoggedIn: users.isLoggedIn },
  });
  const orders = ordersService({
    ...serving,
    producer: producers.orders,
    outlook: {
      async setAsideFor(tx, reservationId) {
        const state = await reservations.find(tx, reservationId);
        if (state.kind === 'unknown' || !isSetAside(state)) return undefined;
        const { userId, concertId, tickets } = state;
        return { userId, concertId, tickets };
      },
      async isPaid(tx, paymentId, orderId) {
        const state = await payments.find(tx, paymentId);
        return state.kind === 'confirmed' && state.orderIds.includes(orderId);
      },
    },
  });
  const openOrder = async (tx: Transaction, orderId: string) => {
    const state = await orders.find(tx, orderId);
    return state.kind === 'open' ? state : undefined;
  };
  const payments: PaymentsService = paymentsService({
    ...serving,
    producer: producers.payments,
    provider,
    outlook: {
      async totalOf(tx, orderId) {
        const order = await openOrder(tx, orderId);
        return order && { orderId, total: order.totalAmount };
      },
    },
  });
  const finance = financeService({
    ...serving,
    producer: producers.finance,
    outlook: {
      async linesOf(tx, orderId) {
        const order = await orders.find(tx, orderId);
        return order.kind === 'unknown' ? [] : linesOf(order);
      },
    },
  });
  const delivery = ticketDeliveryService({
    ...serving,
    producer: producers.delivery,
    courier,
    outlook: { isComplete: async (tx, orderId) => (await orders.find(tx, orderId)).kind === 'complete' },
  });
  const purchases = purchaseService({ ...serving, producer: producers.purchase });

  const handlers = {
    users: usersHandlers(users, producers.users, logOf('users')),
    concerts: concertsHandlers(concerts, producers.concerts, logOf('concerts')),
    shoppingCarts: shoppingCartsHandlers(carts, producers.carts, logOf('shopping-carts')),
    reservations: reservationsHandlers(reservations, producers.reservations, logOf('reservations')),
  };
  const asking = (subject: string) => ({ ...answering, ...ticketingCallers(authenticate, subject) });

  return {
    ...processOf('ticketing', {
      users: {
        api: usersHttp({ ...asking('userId'), only: ASKED_FROM_OUTSIDE.users }, handlers.users),
        consumer: usersConsumer(broker, consuming, handlers.users),
      },
      concerts: {
        api: concertsHttp(asking('concertId'), handlers.concerts),
        consumer: concertsConsumer(broker, consuming, handlers.concerts),
      },
      'shopping-carts': {
        api: shoppingCartsHttp(asking('cartId'), handlers.shoppingCarts),
        consumer: shoppingCartsConsumer(broker, consuming, handlers.shoppingCarts),
      },
      reservations: {
        api: reservationsHttp(
          { ...asking('reservationId'), only: ASKED_FROM_OUTSIDE.reservations },
          handlers.reservations,
        ),
        consumer: reservationsConsumer(broker, consuming, handlers.reservations),
        workers: [reservations.watch(working)],
      },
      orders: {
        consumer: ordersConsumer(
          broker,
          consuming,
          ordersHandlers(orders, producers.orders, logOf('orders')),
        ),
      },
      payments: {
        consumer: paymentsConsumer(
          broker,
          consuming,
          paymentsHandlers(payments, producers.payments, logOf('payments')),
        ),
      },
      'payment-gateway': {
        consumer: paymentGatewayConsumer(
          broker,
          consuming,
          paymentGatewayHandlers(producers.gateway, provider, logOf('payment-gateway')),
        ),
      },
      finance: {
        consumer: financeConsumer(
          broker,
          consuming,
          financeHandlers(finance, producers.finance, logOf('finance')),
        ),
      },
      'ticket-delivery': {
        consumer: ticketDeliveryConsumer(
          broker,
          consuming,
          ticketDeliveryHandlers(delivery, producers.delivery, logOf('ticket-delivery')),
        ),
      },
      purchase: {
        workers: [undoing(store, purchases, logOf('purchase'), working)],
        consumer: purchaseConsumer(broker, consuming, purchaseHandlers(purchases, logOf('purchase'))),
      },
      website: {
        consumer: websiteConsumer(broker, consuming, websiteHandlers(logOf('website'))),
      },
      admin: {
        consumer: adminConsumer(broker, consuming, adminHandlers(logOf('admin'))),
      },
    }),
    website: websiteProducer(broker, working),
    admin: adminProducer(broker, working),
    users,
    concerts,
    carts,
    reservations,
    orders,
    payments,
    purchases,
  };
}
