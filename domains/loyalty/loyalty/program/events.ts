import type {
  LoyaltyProgramActivated,
  LoyaltyProgramCreated,
  LoyaltyProgramPaused,
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
      readonly data: LoyaltyProgramCreated['data'];
    }
  | { readonly type: 'RuleChanged'; readonly rule: RuleConfiguration }
  | { readonly type: 'LoyaltyProgramActivated'; readonly data: LoyaltyProgramActivated['data'] }
  | { readonly type: 'LoyaltyProgramPaused'; readonly data: LoyaltyProgramPaused['data'] };
