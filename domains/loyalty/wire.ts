/**
 * The loyalty domain, wired: the only file that knows all of its services. They share a process and a store here;
 * in separate processes each would have its own store and its own part of this file, and nothing else would change.
 */

import { analyticsConsumer } from '@chirograph/generated/loyalty/consumers/analytics';
import { appConsumer } from '@chirograph/generated/loyalty/consumers/app';
import { auditConsumer } from '@chirograph/generated/loyalty/consumers/audit';
import { customerConsumer } from '@chirograph/generated/loyalty/consumers/customer';
import { inventoryConsumer } from '@chirograph/generated/loyalty/consumers/inventory';
import { loyaltyConsumer } from '@chirograph/generated/loyalty/consumers/loyalty';
import { notificationConsumer } from '@chirograph/generated/loyalty/consumers/notification';
import { rewardConsumer } from '@chirograph/generated/loyalty/consumers/reward';
import { templateConsumer } from '@chirograph/generated/loyalty/consumers/template';
import { tierConsumer } from '@chirograph/generated/loyalty/consumers/tier';
import { loyaltyHttp } from '@chirograph/generated/loyalty/http/loyalty';
import { rewardHttp } from '@chirograph/generated/loyalty/http/reward';
import { type AppProducer, appProducer } from '@chirograph/generated/loyalty/producers/app';
import { loyaltyProducer } from '@chirograph/generated/loyalty/producers/loyalty';
import { rewardProducer } from '@chirograph/generated/loyalty/producers/reward';
import { deadlines, type Service } from '@chirograph/runtime';
import { type WireOptions, wiring } from '../shared/wiring/wiring.ts';
import { analyticsHandlers } from './analytics/handlers.ts';
import { appHandlers } from './app/handlers.ts';
import { auditHandlers } from './audit/handlers.ts';
import { customerHandlers } from './customer/handlers.ts';
import { loyaltyCallers } from './http.ts';
import { inventoryHandlers } from './inventory/handlers.ts';
import { loyaltyHandlers } from './loyalty/handlers.ts';
import { type LoyaltyService, loyaltyService } from './loyalty/loyalty-service.ts';
import { pointsExpiry } from './loyalty/points-expiry.ts';
import { notificationHandlers } from './notification/handlers.ts';
import type { Mailer } from './notification/mail.ts';
import { bonusDispatch } from './reward/bonus-dispatch.ts';
import { rewardCommandHandlers } from './reward/command-handlers.ts';
import { enrollmentSaga } from './reward/enrollment-saga.ts';
import { rewardHandlers } from './reward/handlers.ts';
import { type RewardService, rewardService } from './reward/reward-service.ts';
import { templateHandlers } from './template/handlers.ts';
import { tierHandlers } from './tier/handlers.ts';
import { bronze } from './tier/ladder.ts';

export interface LoyaltyDomain extends Service {
  /** Speaks for owners, tills and customers: their commands go over the broker. */
  readonly app: AppProducer;
  readonly loyalty: LoyaltyService;
  readonly reward: RewardService;
}

export interface LoyaltyOptions extends WireOptions {
  /** Delivers mails; the default only has them noted as sent. */
  readonly mailer?: Mailer | undefined;
}

export function wire(options: LoyaltyOptions): LoyaltyDomain {
  const { store, broker, observe, mailer = async () => undefined } = options;
  const { sending, working, consuming, answering, authenticate, logOf, processOf } = wiring(options);
  const { clock } = working;

  const loyalty = loyaltyService({ store, initialTierId: bronze.id, clock, observe });
  const reward = rewardService(store, loyalty);
  const handlers = {
    loyalty: loyaltyHandlers(loyalty, loyaltyProducer(sending, working), logOf('loyalty')),
    reward: rewardCommandHandlers(reward, rewardProducer(sending, working), logOf('reward')),
  };
  const asking = { ...answering, ...loyaltyCallers(authenticate) };
  const saga = enrollmentSaga({ clock, dispatch: bonusDispatch(loyalty) });
  return {
    ...processOf('loyalty', {
      loyalty: {
        api: loyaltyHttp(asking, handlers.loyalty),
        consumer: loyaltyConsumer(broker, consuming, handlers.loyalty),
        workers: [
          pointsExpiry.watch(
            store,
            async (tx, enrollmentId) => {
              await loyalty.expirePoints(enrollmentId, { tx });
              await loyalty.warnOfExpiry(enrollmentId, { tx });
            },
            working,
          ),
        ],
      },
      analytics: {
        consumer: analyticsConsumer(broker, consuming, analyticsHandlers(logOf('analytics'))),
      },
      audit: {
        consumer: auditConsumer(broker, consuming, auditHandlers(logOf('audit'))),
      },
      customer: {
        consumer: customerConsumer(broker, consuming, customerHandlers(logOf('customer'))),
      },
      inventory: {
        consumer: inventoryConsumer(broker, consuming, inventoryHandlers(logOf('inventory'))),
      },
      notification: {
        consumer: notificationConsumer(
          broker,
          consuming,
          notificationHandlers(mailer, logOf('notification')),
        ),
      },
      reward: {
        api: rewardHttp(asking, handlers.reward),
        consumer: rewardConsumer(broker, consuming, {
          ...rewardHandlers(saga, logOf('reward')),
          ...handlers.reward,
        }),
        workers: [deadlines(store, saga, working)],
      },
      app: {
        consumer: appConsumer(broker, consuming, appHandlers(logOf('app'))),
      },
      template: {
        consumer: templateConsumer(broker, consuming, templateHandlers(logOf('template'))),
      },
      tier: {
        consumer: tierConsumer(broker, consuming, tierHandlers(loyalty, logOf('tier'))),
      },
    }),
    app: appProducer(broker, working),
    loyalty,
    reward,
  };
}
