/**
 * The shop, wired: the only file that knows all of its services. They share a process and a store here; in separate
 * processes each would have its own store and its own part of this file, and the outlooks would be clients.
 */
import { adminConsumer } from '@chirograph/generated/shop/consumers/admin';
import { adminDashboardConsumer } from '@chirograph/generated/shop/consumers/admin-dashboard';
import { analyticsConsumer } from '@chirograph/generated/shop/consumers/analytics';
import { auditConsumer } from '@chirograph/generated/shop/consumers/audit';
import { cartConsumer } from '@chirograph/generated/shop/consumers/cart';
import { catalogConsumer } from '@chirograph/generated/shop/consumers/catalog';
import { crmConsumer } from '@chirograph/generated/shop/consumers/crm';
import { customerConsumer } from '@chirograph/generated/shop/consumers/customer';
import { customerAppConsumer } from '@chirograph/generated/shop/consumers/customer-app';
import { emailConsumer } from '@chirograph/generated/shop/consumers/email';
import { fulfillmentConsumer } from '@chirograph/generated/shop/consumers/fulfillment';
import { inventoryConsumer } from '@chirograph/generated/shop/consumers/inventory';
import { monitoringConsumer } from '@chirograph/generated/shop/consumers/monitoring';
import { notificationConsumer } from '@chirograph/generated/shop/consumers/notification';
import { orderConsumer } from '@chirograph/generated/shop/consumers/order';
import { paymentConsumer } from '@chirograph/generated/shop/consumers/payment';
import { slackIntegrationConsumer } from '@chirograph/generated/shop/consumers/slack-integration';
import { cartHttp } from '@chirograph/generated/shop/http/cart';
import { catalogHttp } from '@chirograph/generated/shop/http/catalog';
import { customerHttp } from '@chirograph/generated/shop/http/customer';
import { inventoryHttp } from '@chirograph/generated/shop/http/inventory';
import { orderHttp } from '@chirograph/generated/shop/http/order';
import { paymentHttp } from '@chirograph/generated/shop/http/payment';
import {
  type AdminDashboardProducer,
  adminDashboardProducer,
} from '@chirograph/generated/shop/producers/admin-dashboard';
import { cartProducer } from '@chirograph/generated/shop/producers/cart';
import { catalogProducer } from '@chirograph/generated/shop/producers/catalog';
import { customerProducer } from '@chirograph/generated/shop/producers/customer';
import {
  type CustomerAppProducer,
  customerAppProducer,
} from '@chirograph/generated/shop/producers/customer-app';
import { inventoryProducer } from '@chirograph/generated/shop/producers/inventory';
import { orderProducer } from '@chirograph/generated/shop/producers/order';
import { paymentProducer } from '@chirograph/generated/shop/producers/payment';
import type { Service } from '@chirograph/runtime';
import { type WireOptions, wiring } from '../shared/wiring/wiring.ts';
import { adminHandlers } from './admin/handlers.ts';
import { adminDashboardHandlers } from './admin-dashboard/handlers.ts';
import { analyticsHandlers, figures } from './analytics/handlers.ts';
import { auditHandlers } from './audit/handlers.ts';
import { cartExpiry } from './cart/cart-expiry.ts';
import { type CartService, cartIdOf, cartService } from './cart/cart-service.ts';
import { cartHandlers } from './cart/handlers.ts';
import { type CatalogService, catalogService } from './catalog/catalog-service.ts';
import { catalogHandlers } from './catalog/handlers.ts';
import { crmHandlers } from './crm/handlers.ts';
import { type CustomerService, customerService } from './customer/customer-service.ts';
import { customerHandlers } from './customer/handlers.ts';
import { customerAppHandlers } from './customer-app/handlers.ts';
import { emailHandlers } from './email/handlers.ts';
import type { Mailer } from './email/mail.ts';
import { fulfillmentHandlers } from './fulfillment/handlers.ts';
import { ASKED_FROM_OUTSIDE, shopCallers } from './http.ts';
import { inventoryHandlers } from './inventory/handlers.ts';
import { type InventoryService, inventoryService } from './inventory/inventory-service.ts';
import { reservationExpiry } from './inventory/reservation-expiry.ts';
import { monitoringHandlers } from './monitoring/handlers.ts';
import { notificationHandlers } from './notification/handlers.ts';
import { orderHandlers } from './order/handlers.ts';
import { type OrderService, orderService } from './order/order-service.ts';
import { hasPendingOrders } from './order/orders-of-customer.ts';
import { refundRetry } from './order/refund-retry.ts';
import type { PaymentGateway } from './payment/gateway.ts';
import { paymentHandlers } from './payment/handlers.ts';
import { paymentService } from './payment/payment-service.ts';
import { slackIntegrationHandlers } from './slack-integration/handlers.ts';

export interface Shop extends Service {
  /** Speaks for customers and guests: their commands go over the broker. */
  readonly app: CustomerAppProducer;
  /** Speaks for admins. */
  readonly dashboard: AdminDashboardProducer;
  readonly customers: CustomerService;
  readonly carts: CartService;
  readonly catalog: CatalogService;
  readonly inventory: InventoryService;
  readonly orders: OrderService;
}

export interface ShopOptions extends WireOptions {
  readonly gateway: PaymentGateway;
  /** Delivers mails; the default only has them noted as sent. */
  readonly mailer?: Mailer | undefined;
}

export function wire(options: ShopOptions): Shop {
  const { store, broker, gateway, mailer = async () => undefined } = options;
  const { sending, working, consuming, serving, answering, authenticate, logOf, processOf } = wiring(options);

  const producers = {
    customer: customerProducer(sending, working),
    cart: cartProducer(sending, working),
    catalog: catalogProducer(sending, working),
    inventory: inventoryProducer(sending, working),
    order: orderProducer(sending, working),
    payment: paymentProducer(sending, working),
  };
  const customers = customerService({ ...serving, producer: producers.customer, hasPendingOrders });
  const catalog = catalogService({ ...serving, producer: producers.catalog });
  const inventory = inventoryService({ ...serving, producer: producers.inventory });
  const carts = cartService({
    ...serving,
    producer: producers.cart,
    outlook: {
      isCustomerKnown: async (tx, customerId) => (await customers.find(tx, customerId)) !== undefined,
      async offerOf(tx, productId) {
        const product = await catalog.find(tx, productId);
        if (!product) return undefined;
        const { price, variantIds, status } = product;
        const available = await inventory.availableOf(tx, productId);
        return { productId, isActive: status === 'ACTIVE', price, variantIds, available };
      },
    },
  });
  const orders = orderService({
    ...serving,
    producer: producers.order,
    outlook: {
      async customerOf(tx, customerId, shippingAddressId) {
        const customer = await customers.find(tx, customerId);
        if (!customer) return undefined;
        const { isVerified, addresses } = customer;
        return { isVerified, shippingAddress: addresses.get(shippingAddressId) };
      },
      async cartOf(tx, customerId) {
        const cartId = cartIdOf(customerId);
        const { items } = await carts.find(tx, cartId);
        const lineItems = items.map(({ productId, variantId, quantity, unitPrice }) => ({
          productId,
          ...(variantId !== undefined && { variantId }),
          quantity,
          unitPrice,
        }));
        return { cartId, lineItems };
      },
    },
  });
  const payments = paymentService({ ...serving, producer: producers.payment, gateway });

  const handlers = {
    customer: customerHandlers(customers, producers.customer, logOf('customer')),
    cart: cartHandlers(carts, producers.cart, logOf('cart')),
    catalog: catalogHandlers(catalog, producers.catalog, logOf('catalog')),
    inventory: inventoryHandlers(inventory, producers.inventory, logOf('inventory')),
    order: orderHandlers(orders, producers.order, logOf('order')),
    payment: paymentHandlers(payments, producers.payment, logOf('payment')),
  };
  const asking = { ...answering, ...shopCallers(authenticate, store, carts) };

  return {
    ...processOf('shop', {
      customer: {
        api: customerHttp(asking, handlers.customer),
        consumer: customerConsumer(broker, consuming, handlers.customer),
      },
      cart: {
        api: cartHttp(asking, handlers.cart),
        consumer: cartConsumer(broker, consuming, handlers.cart),
        workers: [cartExpiry.watch(store, (tx, cartId) => carts.expire(cartId, { tx }), working)],
      },
      catalog: {
        api: catalogHttp(asking, handlers.catalog),
        consumer: catalogConsumer(broker, consuming, handlers.catalog),
      },
      inventory: {
        api: inventoryHttp({ ...asking, only: ASKED_FROM_OUTSIDE.inventory }, handlers.inventory),
        consumer: inventoryConsumer(broker, consuming, handlers.inventory),
        workers: [
          reservationExpiry.watch(
            store,
            (tx, productId) => inventory.decide(productId, { type: 'ExpireReservations' }, { tx }),
            working,
          ),
        ],
      },
      order: {
        api: orderHttp(asking, handlers.order),
        consumer: orderConsumer(broker, consuming, handlers.order),
        workers: [
          refundRetry.watch(
            store,
            (tx, orderId) => orders.note(orderId, { type: 'AskForRefundAgain' }, { tx }),
            working,
          ),
        ],
      },
      payment: {
        api: paymentHttp({ ...asking, only: ASKED_FROM_OUTSIDE.payment }, handlers.payment),
        consumer: paymentConsumer(broker, consuming, handlers.payment),
      },
      email: {
        consumer: emailConsumer(broker, consuming, emailHandlers(customers, mailer, logOf('email'))),
      },
      admin: {
        consumer: adminConsumer(broker, consuming, adminHandlers(logOf('admin'))),
      },
      'admin-dashboard': {
        consumer: adminDashboardConsumer(broker, consuming, adminDashboardHandlers(logOf('admin-dashboard'))),
      },
      analytics: {
        consumer: analyticsConsumer(broker, consuming, analyticsHandlers(logOf('analytics'))),
        workers: [figures.keep(store, working)],
      },
      audit: {
        consumer: auditConsumer(broker, consuming, auditHandlers(logOf('audit'))),
      },
      crm: {
        consumer: crmConsumer(broker, consuming, crmHandlers(logOf('crm'))),
      },
      'customer-app': {
        consumer: customerAppConsumer(broker, consuming, customerAppHandlers(logOf('customer-app'))),
      },
      fulfillment: {
        consumer: fulfillmentConsumer(broker, consuming, fulfillmentHandlers(logOf('fulfillment'))),
      },
      monitoring: {
        consumer: monitoringConsumer(broker, consuming, monitoringHandlers(logOf('monitoring'))),
      },
      notification: {
        consumer: notificationConsumer(broker, consuming, notificationHandlers(logOf('notification'))),
      },
      'slack-integration': {
        consumer: slackIntegrationConsumer(
          broker,
          consuming,
          slackIntegrationHandlers(logOf('slack-integration')),
        ),
      },
    }),
    app: customerAppProducer(broker, working),
    dashboard: adminDashboardProducer(broker, working),
    customers,
    carts,
    catalog,
    inventory,
    orders,
  };
}
