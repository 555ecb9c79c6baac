import type {
  CustomerEnrolledData,
  PointsEarnedData,
  PointsExpiredData,
  PointsExpiringData,
  PointsRedeemedData,
  TierUpgradedData,
} from '@chirograph/generated/loyalty/types';

/**
 * What happens to an enrolment, as its stream keeps it. `data` is what the contract publishes; what stands beside
 * it, and events without it, stay inside the service.
 */
export type EnrollmentEvent =
  | {
      readonly type: 'CustomerEnrolled';
      readonly businessId: string;
      readonly data: CustomerEnrolledData;
    }
  | {
      readonly type: 'PurchaseCounted';
      readonly purchaseId: string;
      /** Cents that count towards the next award. */
      readonly carried: number;
      /** Visits since the punch card was last full; absent where none are counted. */
      readonly punches?: number;
    }
  | { readonly type: 'PointsEarned'; readonly data: PointsEarnedData }
  | { readonly type: 'PointsRedeemed'; readonly data: PointsRedeemedData }
  | { readonly type: 'PointsExpiring'; readonly data: PointsExpiringData }
  | { readonly type: 'PointsExpired'; readonly data: PointsExpiredData }
  | { readonly type: 'TierUpgraded'; readonly data: TierUpgradedData };
