/** Enrolments: the customer's place in a programme, with the points and the tier. Pure: no store, no bus, no clock. */
import { type Decider, type Refusal, refuse } from '@chirograph/runtime';
import type { EnrollCustomer, EnrollmentCommand, EnrollmentRefusal, UpgradeTier } from './commands.ts';
import { awardSignupBonus, earn } from './earn.ts';
import type { EnrollmentEvent } from './events.ts';
import { expire } from './expire.ts';
import { refuseUnlessActive } from './program-terms.ts';
import { redeem } from './redeem.ts';
import { type Enrolled, type Enrollment, evolveEnrollment, initialEnrollment } from './state.ts';
import { warn } from './warn.ts';

export const enrollment: Decider<Enrollment, EnrollmentCommand, EnrollmentEvent, EnrollmentRefusal> = {
  initialState: initialEnrollment,
  evolve: evolveEnrollment,
  decide(command, state) {
    if (command.type === 'EnrollCustomer') return enroll(command, state);
    if (state.kind === 'not-enrolled') return refuse('not-enrolled', 'The customer is not enrolled.');
    switch (command.type) {
      case 'EarnPoints':
        return earn(command, state);
      case 'AwardSignupBonus':
        return awardSignupBonus(command, state);
      case 'RedeemPoints':
        return redeem(command, state);
      case 'ExpirePoints':
        return expire(command, state);
      case 'WarnOfExpiry':
        return warn(command, state);
      case 'UpgradeTier':
        return upgradeTier(command, state);
    }
  },
};

type Decision = readonly EnrollmentEvent[] | Refusal<EnrollmentRefusal>;

function enroll(command: EnrollCustomer, state: Enrollment): Decision {
  const { program, customerId, method, initialTierId } = command;
  if (state.kind === 'enrolled') {
    return refuse('already-enrolled', `The customer is enrolled in ${program.programName} already.`);
  }
  const closed = refuseUnlessActive(program);
  if (closed) return closed;
  const { programId, programName, businessId } = program;
  const data = { customerId, programId, programName, enrollmentMethod: method, initialTierId };
  return [{ type: 'CustomerEnrolled', businessId, data }];
}

function upgradeTier({ tier, qualifyingPoints }: UpgradeTier, state: Enrolled): Decision {
  if (tier.level <= state.tier.level) {
    return refuse('tier-not-higher', `${tier.name} is no higher than the tier that the customer has.`);
  }
  const { customerId, programId } = state;
  const fromTierId = state.tier.id;
  const data = {
    customerId,
    programId,
    ...(fromTierId !== undefined && { fromTierId }),
    toTierId: tier.id,
    tierName: tier.name,
    tierLevel: tier.level,
    qualifyingPoints,
  };
  return [{ type: 'TierUpgraded', data }];
}
