import type { LoyaltyProducer } from '@chirograph/generated/loyalty/producers/loyalty';
import type { PublishContext } from '@chirograph/runtime';
import type { EnrollmentEvent } from './enrollment/events.ts';
import type { Enrollment } from './enrollment/state.ts';

/** The version of PointsEarned that goes over the wire. An older release of the service still says 1.0. */
export type PointsEarnedVersion = '1.0' | '2.0';

/** Tells others what happened to an enrolment. */
export function publishEnrollment(producer: LoyaltyProducer, version: PointsEarnedVersion) {
  return async (event: EnrollmentEvent, context: PublishContext<Enrollment>): Promise<void> => {
    const { id: aggregateId, state } = context;
    if (state.kind === 'not-enrolled') throw new Error(`${event.type} left no enrolment behind`);
    const envelope = { aggregateId, businessId: state.businessId };
    switch (event.type) {
      case 'CustomerEnrolled':
        await producer.customerEnrolled({ ...envelope, data: event.data }, context);
        return;
      case 'PointsEarned': {
        const { expiresAt: _, ...dataV1 } = event.data;
        if (version === '1.0') await producer.pointsEarnedV1({ ...envelope, data: dataV1 }, context);
        else await producer.pointsEarned({ ...envelope, data: event.data }, context);
        return;
      }
      case 'PointsRedeemed':
        await producer.pointsRedeemed({ ...envelope, data: event.data }, context);
        return;
      case 'PointsExpiring':
        await producer.pointsExpiring({ ...envelope, data: event.data }, context);
        return;
      case 'PointsExpired':
        await producer.pointsExpired({ ...envelope, data: event.data }, context);
        return;
      case 'TierUpgraded':
        await producer.tierUpgraded({ ...envelope, data: event.data }, context);
        return;
      case 'PurchaseCounted':
        return;
    }
  };
}
