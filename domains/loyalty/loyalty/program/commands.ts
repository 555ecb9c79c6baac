import type { RuleConfiguration } from '@chirograph/generated/loyalty/types';

/** What can be asked of a programme. */
export type ProgramCommand = CreateProgram | ChangeRule | ActivateProgram | PauseProgram;

export interface CreateProgram {
  readonly type: 'CreateProgram';
  readonly businessId: string;
  readonly programName: string;
  /** The user who asks. */
  readonly createdBy: string;
  /** May be chosen later, but before the programme is activated. */
  readonly rule?: RuleConfiguration | undefined;
  readonly templateId?: string | undefined;
}

export interface ChangeRule {
  readonly type: 'ChangeRule';
  readonly rule: RuleConfiguration;
}

export interface ActivateProgram {
  readonly type: 'ActivateProgram';
}

export interface PauseProgram {
  readonly type: 'PauseProgram';
  /** The user who asks. */
  readonly pausedBy: string;
  readonly reason?: string | undefined;
}

/** Why a programme refuses. */
export type ProgramRefusal =
  | 'program-exists'
  | 'program-unknown'
  | 'program-active'
  | 'program-not-active'
  | 'program-without-rule';
