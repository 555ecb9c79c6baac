/**
 * The checkout, wired: the only file that knows all of its services. They share a process and a store here; in separate
 * processes each would have its own store and its own part of this file, and what they ask one another would be clients.
 */

import { accountingConsumer } from '@chirograph/generated/checkout/consumers/accounting';
import { analyticsServiceConsumer } from '@chirograph/generated/checkout/consumers/analytics-service';
import { bizoneIntegrationConsumer } from '@chirograph/generated/checkout/consumers/bizone-integration';
import { commissionServiceConsumer } from '@chirograph/generated/checkout/consumers/commission-service';
import { customerSupportConsumer } from '@chirograph/generated/checkout/consumers/customer-support';
import { dataWarehouseConsumer } from '@chirograph/generated/checkout/consumers/data-warehouse';
import { fraudDetectionConsumer } from '@chirograph/generated/checkout/consumers/fraud-detection';
import { loyaltyServiceConsumer } from '@chirograph/generated/checkout/consumers/loyalty-service';
import { merchantDashboardConsumer } from '@chirograph/generated/checkout/consumers/merchant-dashboard';
import { monitoringConsumer } from '@chirograph/generated/checkout/consumers/monitoring';
import { notificationServiceConsumer } from '@chirograph/generated/checkout/consumers/notification-service';
import { orderServiceConsumer } from '@chirograph/generated/checkout/consumers/order-service';
import { storefrontConsumer } from '@chirograph/generated/checkout/consumers/storefront';
import { userActivityLogConsumer } from '@chirograph/generated/checkout/consumers/user-activity-log';
import { walletServiceConsumer } from '@chirograph/generated/checkout/consumers/wallet-service';
import { orderServiceHttp } from '@chirograph/generated/checkout/http/order-service';
import { bizoneIntegrationProducer } from '@chirograph/generated/checkout/producers/bizone-integration';
import { notificationServiceProducer } from '@chirograph/generated/checkout/producers/notification-service';
import { orderServiceProducer } from '@chirograph/generated/checkout/producers/order-service';
import { rulesServiceProducer } from '@chirograph/generated/checkout/producers/rules-service';
import {
  type StorefrontProducer,
  storefrontProducer,
} from '@chirograph/generated/checkout/producers/storefront';
import { walletServiceProducer } from '@chirograph/generated/checkout/producers/wallet-service';
import type { Service } from '@chirograph/runtime';
import { type WireOptions, wiring } from '../shared/wiring/wiring.ts';
import { accountingHandlers, debits, revenues } from './accounting/handlers.ts';
import { analyticsServiceHandlers, figures } from './analytics-service/handlers.ts';
import { type BizoneService, bizoneService } from './bizone-integration/bizone-service.ts';
import { bizoneIntegrationHandlers } from './bizone-integration/handlers.ts';
import type { Partner } from './bizone-integration/partner.ts';
import { commissionServiceHandlers, commissions } from './commission-service/handlers.ts';
import { cases, customerSupportHandlers } from './customer-support/handlers.ts';
import { dataWarehouseHandlers, rows } from './data-warehouse/handlers.ts';
import { attempts, fraudDetectionHandlers, suspicious } from './fraud-detection/handlers.ts';
import { checkoutCallers } from './http.ts';
import { cashbacks, loyaltyServiceHandlers } from './loyalty-service/handlers.ts';
import { merchantDashboardHandlers, newOrders } from './merchant-dashboard/handlers.ts';
import { alarms, checks, failures, monitoringHandlers, steps } from './monitoring/handlers.ts';
import { notificationServiceHandlers } from './notification-service/handlers.ts';
import type { Messenger } from './notification-service/messenger.ts';
import { orderServiceHandlers } from './order-service/handlers.ts';
import { amountOf } from './order-service/order.ts';
import { type OrderService, orderService } from './order-service/order-service.ts';
import type { Records } from './records.ts';
import { type RulesService, rulesService } from './rules-service/rules-service.ts';
import { storefrontHandlers } from './storefront/handlers.ts';
import { activities, userActivityLogHandlers } from './user-activity-log/handlers.ts';
import { walletServiceHandlers } from './wallet-service/handlers.ts';
import { type WalletService, walletService } from './wallet-service/wallet-service.ts';

export interface Checkout extends Service {
  /** Speaks for users: their commands go over the broker. */
  readonly storefront: StorefrontProducer;
  readonly orders: OrderService;
  readonly wallets: WalletService;
  readonly rules: RulesService;
  readonly bizone: BizoneService;
}

export interface CheckoutOptions extends WireOptions {
  readonly partner: Partner;
  readonly messenger: Messenger;
  /** How the order service reaches the wallet, where that is not by a call in this process. */
  readonly reachWallet?: ((wallet: WalletService) => Pick<WalletService, 'debit'>) | undefined;
}

export function wire(options: CheckoutOptions): Checkout {
  const { store, broker, partner, messenger, log = () => undefined } = options;
  const { reachWallet = (wallet) => wallet } = options;
  const { sending, working, consuming, serving, answering, authenticate, logOf, processOf } = wiring(options);
  const orderProducer = orderServiceProducer(sending, working);

  const rules = rulesService({ ...serving, producer: rulesServiceProducer(sending, working) });
  const wallets = walletService({ ...serving, producer: walletServiceProducer(sending, working) });
  const orders = orderService({
    ...serving,
    producer: orderProducer,
    log,
    wallet: reachWallet(wallets),
    rules,
  });
  const bizone = bizoneService({
    ...serving,
    producer: bizoneIntegrationProducer(sending, working),
    partner,
    outlook: {
      async orderOf(tx, order_id) {
        const state = await orders.find(tx, order_id);
        if (state.kind === 'unknown') return undefined;
        const { merchant_id, items, address, request_id } = state.request;
        return { order_id, merchant_id, items, address, request_id, total_amount: amountOf(state) };
      },
    },
  });

  const orderHandlers = orderServiceHandlers(orders, orderProducer, logOf('order-service'));

  /** Has records deleted when their time is over. */
  const keeping = (...kept: readonly Pick<Records<unknown>, 'watch'>[]) =>
    kept.map((it) => it.watch(store, working));

  return {
    ...processOf('checkout', {
      'order-service': {
        api: orderServiceHttp({ ...answering, ...checkoutCallers(authenticate) }, orderHandlers),
        consumer: orderServiceConsumer(broker, consuming, orderHandlers),
        workers: orders.watch(working),
      },
      storefront: {
        consumer: storefrontConsumer(broker, consuming, storefrontHandlers(logOf('storefront'))),
      },
      'wallet-service': {
        consumer: walletServiceConsumer(
          broker,
          consuming,
          walletServiceHandlers(wallets, logOf('wallet-service')),
        ),
      },
      'bizone-integration': {
        consumer: bizoneIntegrationConsumer(
          broker,
          consuming,
          bizoneIntegrationHandlers(bizone, logOf('bizone-integration')),
        ),
      },
      'notification-service': {
        consumer: notificationServiceConsumer(
          broker,
          consuming,
          notificationServiceHandlers(
            notificationServiceProducer(sending, working),
            messenger,
            working.clock,
            logOf('notification-service'),
          ),
        ),
      },
      'analytics-service': {
        consumer: analyticsServiceConsumer(
          broker,
          consuming,
          analyticsServiceHandlers(logOf('analytics-service')),
        ),
        workers: [figures.keep(store, working)],
      },
      monitoring: {
        consumer: monitoringConsumer(broker, consuming, monitoringHandlers(logOf('monitoring'))),
        workers: keeping(alarms, checks, failures, steps),
      },
      'fraud-detection': {
        consumer: fraudDetectionConsumer(broker, consuming, fraudDetectionHandlers(logOf('fraud-detection'))),
        workers: keeping(attempts, suspicious),
      },
      accounting: {
        consumer: accountingConsumer(broker, consuming, accountingHandlers(logOf('accounting'))),
        workers: keeping(debits, revenues),
      },
      'user-activity-log': {
        consumer: userActivityLogConsumer(
          broker,
          consuming,
          userActivityLogHandlers(logOf('user-activity-log')),
        ),
        workers: keeping(activities),
      },
      'commission-service': {
        consumer: commissionServiceConsumer(
          broker,
          consuming,
          commissionServiceHandlers(logOf('commission-service')),
        ),
        workers: keeping(commissions),
      },
      'loyalty-service': {
        consumer: loyaltyServiceConsumer(broker, consuming, loyaltyServiceHandlers(logOf('loyalty-service'))),
        workers: keeping(cashbacks),
      },
      'data-warehouse': {
        consumer: dataWarehouseConsumer(broker, consuming, dataWarehouseHandlers(logOf('data-warehouse'))),
        workers: keeping(rows),
      },
      'merchant-dashboard': {
        consumer: merchantDashboardConsumer(
          broker,
          consuming,
          merchantDashboardHandlers(logOf('merchant-dashboard')),
        ),
        workers: keeping(newOrders),
      },
      'customer-support': {
        consumer: customerSupportConsumer(
          broker,
          consuming,
          customerSupportHandlers(logOf('customer-support')),
        ),
        workers: keeping(cases),
      },
    }),
    storefront: storefrontProducer(broker, working),
    orders,
    wallets,
    rules,
    bizone,
  };
}
