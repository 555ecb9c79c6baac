import type {
  CustomerEnrolled,
  PointsEarned,
  PointsExpired,
  PointsRedeemed,
  TierUpgraded,
} from '@chirograph/generated/loyalty/types';

/**
 * What happens to an enrolment, as its stream keeps it. `data` is what the contract publishes; what stands beside
 * it, and events without it, stay inside the service.
 */
export type EnrollmentEvent =
  | {
      readonly type: 'CustomerEnrolled';
      readonly businessId: string;
      readonly data: CustomerEnrolled['data'];
    }
  | { readonly type: 'PurchaseCounted'; readonly purchaseId: string /** Cents. */; readonly carried: number }
  | { readonly type: 'PointsEarned'; readonly data: PointsEarned['data'] }
  | { readonly type: 'PointsRedeemed'; readonly data: PointsRedeemed['data'] }
  | { readonly type: 'PointsExpired'; readonly data: PointsExpired['data'] }
  | { readonly type: 'TierUpgraded'; readonly data: TierUpgraded['data'] };
