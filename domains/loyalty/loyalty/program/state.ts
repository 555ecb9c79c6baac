import type { ProgramStatus, RuleConfiguration } from '@chirograph/generated/loyalty/types';
import type { ProgramEvent } from './events.ts';

/** A programme as decisions see it. */
export type Program = UnknownProgram | KnownProgram;

export interface UnknownProgram {
  readonly kind: 'unknown';
}

export interface KnownProgram {
  readonly kind: 'known';
  readonly businessId: string;
  readonly programName: string;
  readonly status: ProgramStatus;
  readonly rule: RuleConfiguration | undefined;
}

export function initialProgram(): Program {
  return { kind: 'unknown' };
}

export function evolveProgram(program: Program, event: ProgramEvent): Program {
  if (event.type === 'LoyaltyProgramCreated') {
    const { programName, programStatus } = event.data;
    const { businessId, rule } = event;
    return { kind: 'known', businessId, programName, status: programStatus, rule };
  }
  if (program.kind === 'unknown')
    throw new Error(`${event.type} stands before the creation of its programme`);
  switch (event.type) {
    case 'RuleChanged':
      return { ...program, rule: event.rule };
    case 'LoyaltyProgramActivated':
      return { ...program, status: 'ACTIVE' };
    case 'LoyaltyProgramPaused':
      return { ...program, status: 'PAUSED' };
  }
}
