import type {
  LoyaltyProgramActivatedData,
  LoyaltyProgramCreatedData,
  LoyaltyProgramPausedData,
  RuleConfiguration,
} from '@chirograph/generated/loyalty/types';

/**
 * What happens to a programme, as its stream keeps it. `data` is what the contract publishes; what stands beside
 * it, and events without it, stay inside the service.
 */
export type ProgramEvent =
  | {
      readonly type: 'LoyaltyProgramCreated';
      readonly businessId: string;
      readonly rule?: RuleConfiguration;
      readonly data: LoyaltyProgramCreatedData;
    }
  | { readonly type: 'RuleChanged'; readonly rule: RuleConfiguration }
  | { readonly type: 'LoyaltyProgramActivated'; readonly data: LoyaltyProgramActivatedData }
  | { readonly type: 'LoyaltyProgramPaused'; readonly data: LoyaltyProgramPausedData };
