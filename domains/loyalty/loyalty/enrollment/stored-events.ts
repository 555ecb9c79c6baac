import * as contracts from '@chirograph/generated/loyalty/messages';
import { pointsEarnedFromV1 } from '@chirograph/generated/loyalty/upcasters';
import { dataEvent, type EventSchema, eventSchema, olderData } from '@chirograph/runtime';
import { fields } from '../../../shared/fields.ts';
import type { EnrollmentEvent } from './events.ts';

/** How the events of enrolments are stored: `data` by the contracts. A new shape is a new version here, with the way from the one before. */
export const enrollmentEvents: EventSchema<EnrollmentEvent> = eventSchema<EnrollmentEvent>({
  CustomerEnrolled: dataEvent(contracts.customerEnrolled, { beside: fields({ businessId: 'string' }) }),
  PurchaseCounted: {
    version: '1.0',
    check: fields({ purchaseId: 'string', carried: 'number', punches: 'number?' }),
  },
  PointsEarned: dataEvent(contracts.pointsEarned, {
    older: [olderData(contracts.pointsEarnedV1, pointsEarnedFromV1)],
  }),
  PointsRedeemed: dataEvent(contracts.pointsRedeemed),
  PointsExpiring: dataEvent(contracts.pointsExpiring),
  PointsExpired: dataEvent(contracts.pointsExpired),
  TierUpgraded: dataEvent(contracts.tierUpgraded),
});
