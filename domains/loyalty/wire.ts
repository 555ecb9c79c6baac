/**
 * The loyalty domain, wired: the only file that knows all of its services. They share a process and a store here;
 * in separate processes each would have its own store and its own part of this file, and nothing else would change.
 */
import { analyticsConsumer } from '@chirograph/generated/loyalty/consumers/analytics';
import { auditConsumer } from '@chirograph/generated/loyalty/consumers/audit';
import { customerConsumer } from '@chirograph/generated/loyalty/consumers/customer';
import { inventoryConsumer } from '@chirograph/generated/loyalty/consumers/inventory';
import { notificationConsumer } from '@chirograph/generated/loyalty/consumers/notification';
import { rewardConsumer } from '@chirograph/generated/loyalty/consumers/reward';
import { templateConsumer } from '@chirograph/generated/loyalty/consumers/template';
import { tierConsumer } from '@chirograph/generated/loyalty/consumers/tier';
import {
  type Broker,
  type Clock,
  deadlines,
  type LogSink,
  type Observe,
  type Service,
  type Store,
  service,
  serviceLog,
} from '@chirograph/runtime';
import { analyticsHandlers } from './analytics/handlers.ts';
import { auditHandlers } from './audit/handlers.ts';
import { customerHandlers } from './customer/handlers.ts';
import { inventoryHandlers } from './inventory/handlers.ts';
import { type LoyaltyService, loyaltyService } from './loyalty/loyalty-service.ts';
import { pointsExpiry } from './loyalty/points-expiry.ts';
import { notificationHandlers } from './notification/handlers.ts';
import type { Mailer } from './notification/mail.ts';
import { bonusDispatch } from './reward/bonus-dispatch.ts';
import { enrollmentSaga } from './reward/enrollment-saga.ts';
import { rewardHandlers } from './reward/handlers.ts';
import { type RewardService, rewardService } from './reward/reward-service.ts';
import { templateHandlers } from './template/handlers.ts';
import { tierHandlers } from './tier/handlers.ts';
import { bronze } from './tier/ladder.ts';

export interface LoyaltyDomain extends Service {
  readonly loyalty: LoyaltyService;
  readonly reward: RewardService;
}

export interface WireOptions {
  readonly store: Store;
  readonly broker: Broker;
  readonly clock?: Clock | undefined;
  /** Told of everything the runtime does. */
  readonly observe?: Observe | undefined;
  /** Told of what the services do. */
  readonly log?: LogSink | undefined;
  /** Delivers mails; the default only has them noted as sent. */
  readonly mailer?: Mailer | undefined;
  /** Milliseconds between looks for work that another process left; commits of this one wake at once. */
  readonly poll?: number | undefined;
}

export function wire(options: WireOptions): LoyaltyDomain {
  const {
    store,
    broker,
    clock,
    observe,
    poll,
    log = () => undefined,
    mailer = async () => undefined,
  } = options;
  const working = { clock, observe, poll };
  const consuming = { store, ...working };
  const logOf = (service: string) => serviceLog(service, log);

  const loyalty = loyaltyService({ store, initialTierId: bronze.id, clock, observe });
  const saga = enrollmentSaga({ clock, dispatch: bonusDispatch(loyalty) });
  const consumers = [
    analyticsConsumer(broker, consuming, analyticsHandlers(logOf('analytics'))),
    auditConsumer(broker, consuming, auditHandlers(logOf('audit'))),
    customerConsumer(broker, consuming, customerHandlers(logOf('customer'))),
    inventoryConsumer(broker, consuming, inventoryHandlers(logOf('inventory'))),
    notificationConsumer(broker, consuming, notificationHandlers(mailer, logOf('notification'))),
    rewardConsumer(broker, consuming, rewardHandlers(saga, logOf('reward'))),
    templateConsumer(broker, consuming, templateHandlers(logOf('template'))),
    tierConsumer(broker, consuming, tierHandlers(loyalty, logOf('tier'))),
  ];
  const workers = [
    deadlines(store, saga, working),
    pointsExpiry.watch(
      store,
      async (tx, enrollmentId) => {
        await loyalty.expirePoints(enrollmentId, { tx });
        await loyalty.warnOfExpiry(enrollmentId, { tx });
      },
      working,
    ),
  ];

  return {
    ...service({ name: 'loyalty', store, broker, consumers, workers, clock, observe, relay: { poll } }),
    loyalty,
    reward: rewardService(store, loyalty),
  };
}
