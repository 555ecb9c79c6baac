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
import { userActivityLogConsumer } from '@chirograph/generated/checkout/consumers/user-activity-log';
import { walletServiceConsumer } from '@chirograph/generated/checkout/consumers/wallet-service';
import { bizoneIntegrationProducer } from '@chirograph/generated/checkout/producers/bizone-integration';
import { notificationServiceProducer } from '@chirograph/generated/checkout/producers/notification-service';
import { orderServiceProducer } from '@chirograph/generated/checkout/producers/order-service';
import { rulesServiceProducer } from '@chirograph/generated/checkout/producers/rules-service';
import { walletServiceProducer } from '@chirograph/generated/checkout/producers/wallet-service';
import {
  type Broker,
  type Clock,
  type LogSink,
  type Observe,
  outbox,
  type Store,
  service,
  serviceLog,
  systemClock,
} from '@chirograph/runtime';
import { accountingHandlers, debits, revenues } from './accounting/handlers.ts';
import { analyticsServiceHandlers } from './analytics-service/handlers.ts';
import { type BizoneService, bizoneService } from './bizone-integration/bizone-service.ts';
import { bizoneIntegrationHandlers } from './bizone-integration/handlers.ts';
import type { Partner } from './bizone-integration/partner.ts';
import { commissionServiceHandlers, commissions } from './commission-service/handlers.ts';
import { cases, customerSupportHandlers } from './customer-support/handlers.ts';
import { dataWarehouseHandlers, rows } from './data-warehouse/handlers.ts';
import { attempts, fraudDetectionHandlers, suspicious } from './fraud-detection/handlers.ts';
import { cashbacks, loyaltyServiceHandlers } from './loyalty-service/handlers.ts';
import { merchantDashboardHandlers, newOrders } from './merchant-dashboard/handlers.ts';
import { alarms, checks, failures, monitoringHandlers, steps } from './monitoring/handlers.ts';
import { notificationServiceHandlers } from './notification-service/handlers.ts';
import type { Messenger } from './notification-service/messenger.ts';
import { orderServiceHandlers } from './order-service/handlers.ts';
import { amountOf } from './order-service/order.ts';
import { type OrderService, orderService } from './order-service/order-service.ts';
import { type RulesService, rulesService } from './rules-service/rules-service.ts';
import { activities, userActivityLogHandlers } from './user-activity-log/handlers.ts';
import { walletServiceHandlers } from './wallet-service/handlers.ts';
import { type WalletService, walletService } from './wallet-service/wallet-service.ts';

export interface Checkout {
  readonly orders: OrderService;
  readonly wallets: WalletService;
  readonly rules: RulesService;
  readonly bizone: BizoneService;
  start(): Promise<void>;
  /** Resolves when what is under way is done. What stands in the outbox is sent after the next start. */
  stop(): Promise<void>;
}

export interface WireOptions {
  readonly store: Store;
  readonly broker: Broker;
  readonly partner: Partner;
  readonly messenger: Messenger;
  readonly clock?: Clock | undefined;
  /** Told of everything the runtime does. */
  readonly observe?: Observe | undefined;
  /** Told of what the services do. */
  readonly log?: LogSink | undefined;
  /** How the order service reaches the wallet, where that is not by a call in this process. */
  readonly reachWallet?: ((wallet: WalletService) => Pick<WalletService, 'debit'>) | undefined;
  /** Milliseconds between looks for work that another process left; commits of this one wake at once. */
  readonly poll?: number | undefined;
}

/** What is kept for as long as its events' contracts say. */
const KEPT = [
  activities,
  alarms,
  attempts,
  cases,
  cashbacks,
  checks,
  commissions,
  debits,
  failures,
  newOrders,
  revenues,
  rows,
  steps,
  suspicious,
] as const;

export function wire(options: WireOptions): Checkout {
  const { store, broker, partner, messenger, observe, poll, log = () => undefined } = options;
  const { clock = systemClock, reachWallet = (wallet) => wallet } = options;
  const working = { clock, observe, poll };
  const consuming = { store, ...working };
  const logOf = (name: string) => serviceLog(name, log);
  const sending = outbox(store);
  const serving = { store, clock };

  const rules = rulesService({ ...serving, producer: rulesServiceProducer(sending, working) });
  const wallets = walletService({ ...serving, producer: walletServiceProducer(sending, working) });
  const orders = orderService({
    ...serving,
    producer: orderServiceProducer(sending, working),
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

  const consumers = [
    orderServiceConsumer(broker, consuming, orderServiceHandlers(orders, logOf('order-service'))),
    walletServiceConsumer(broker, consuming, walletServiceHandlers(wallets, logOf('wallet-service'))),
    bizoneIntegrationConsumer(
      broker,
      consuming,
      bizoneIntegrationHandlers(bizone, logOf('bizone-integration')),
    ),
    notificationServiceConsumer(
      broker,
      consuming,
      notificationServiceHandlers(
        notificationServiceProducer(sending, working),
        messenger,
        clock,
        logOf('notification-service'),
      ),
    ),
    analyticsServiceConsumer(broker, consuming, analyticsServiceHandlers(logOf('analytics-service'))),
    monitoringConsumer(broker, consuming, monitoringHandlers(logOf('monitoring'))),
    fraudDetectionConsumer(broker, consuming, fraudDetectionHandlers(logOf('fraud-detection'))),
    accountingConsumer(broker, consuming, accountingHandlers(logOf('accounting'))),
    userActivityLogConsumer(broker, consuming, userActivityLogHandlers(logOf('user-activity-log'))),
    commissionServiceConsumer(broker, consuming, commissionServiceHandlers(logOf('commission-service'))),
    loyaltyServiceConsumer(broker, consuming, loyaltyServiceHandlers(logOf('loyalty-service'))),
    dataWarehouseConsumer(broker, consuming, dataWarehouseHandlers(logOf('data-warehouse'))),
    merchantDashboardConsumer(broker, consuming, merchantDashboardHandlers(logOf('merchant-dashboard'))),
    customerSupportConsumer(broker, consuming, customerSupportHandlers(logOf('customer-support'))),
  ];
  const process = service({
    name: 'checkout',
    store,
    broker,
    consumers,
    workers: [orders.watch(working), ...KEPT.map((it) => it.watch(store, working))],
    relay: { poll },
    clock,
    observe,
  });

  return { orders, wallets, rules, bizone, start: process.start, stop: process.stop };
}
