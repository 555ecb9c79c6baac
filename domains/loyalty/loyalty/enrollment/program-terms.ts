import type { ProgramStatus, RuleConfiguration } from '@chirograph/generated/loyalty/types';
import { type Refusal, refuse } from '@chirograph/runtime';

/** What an enrolment has to know of its programme, as it stands when the command comes. */
export interface ProgramTerms {
  readonly programId: string;
  readonly businessId: string;
  readonly programName: string;
  readonly status: ProgramStatus;
  readonly rule: RuleConfiguration | undefined;
}

/** Nobody enrols, earns or redeems unless the programme is ACTIVE. */
export function refuseUnlessActive({
  status,
  programName,
}: ProgramTerms): Refusal<'program-paused' | 'program-not-active'> | undefined {
  if (status === 'ACTIVE') return undefined;
  return status === 'PAUSED'
    ? refuse('program-paused', `${programName} is paused.`)
    : refuse('program-not-active', `${programName} is ${status.toLowerCase()}, not active.`);
}
