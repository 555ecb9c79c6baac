import { randomUUID } from 'node:crypto';
import {
  type Clock,
  type CommandContext,
  derivedId,
  type Outcome,
  outcomeOf,
  type Repository,
  refuse,
  type Store,
  type Transaction,
  within,
} from '@chirograph/runtime';
import type {
  AwardSignupBonus,
  EarnPoints,
  EnrollCustomer,
  EnrollmentCommand,
  EnrollmentRefusal,
  RedeemPoints,
  UpgradeTier,
} from './enrollment/commands.ts';
import type { EnrollmentEvent } from './enrollment/events.ts';
import type { ProgramTerms } from './enrollment/program-terms.ts';
import type { Enrollment } from './enrollment/state.ts';
import type { ProgramCommand, ProgramRefusal } from './program/commands.ts';
import type { ProgramEvent } from './program/events.ts';
import type { Program } from './program/state.ts';

/** What tills, customers and other services can do to an enrolment. */
export interface EnrollmentService {
  enrollCustomer(request: Request<EnrollCustomer>, context?: CommandContext): Promise<EnrollmentOutcome>;
  earnPoints(request: Request<EarnPoints>, context?: CommandContext): Promise<EnrollmentOutcome>;
  awardSignupBonus(request: Request<AwardSignupBonus>, context?: CommandContext): Promise<EnrollmentOutcome>;
  redeemPoints(request: Request<RedeemPoints>, context?: CommandContext): Promise<EnrollmentOutcome>;
  upgradeTier(request: Request<UpgradeTier>, context?: CommandContext): Promise<EnrollmentOutcome>;
  /** Lets those points of an enrolment lapse whose time has come. */
  expirePoints(enrollmentId: string, context?: CommandContext): Promise<EnrollmentOutcome>;
  /** Warns of those points of an enrolment that lapse soon. */
  warnOfExpiry(enrollmentId: string, context?: CommandContext): Promise<EnrollmentOutcome>;
}

export type EnrollmentOutcome = Outcome<EnrollmentEvent, EnrollmentRefusal | 'program-unknown'>;

/** What the caller says: who and where, and what is particular to the command. The service adds the rest. */
type Request<Command> = Omit<Command, 'type' | keyof Added> & {
  readonly programId: string;
  readonly customerId: string;
};

/** What the service knows by itself. */
interface Added {
  readonly program: ProgramTerms;
  readonly enrollmentId: string;
  readonly initialTierId: string;
  readonly transactionId: string;
  readonly at: number;
}

export interface EnrollmentServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** The tier that everyone starts in. */
  readonly initialTierId: string;
  readonly programs: Repository<Program, ProgramCommand, ProgramEvent, ProgramRefusal>;
  readonly enrollments: Repository<Enrollment, EnrollmentCommand, EnrollmentEvent, EnrollmentRefusal>;
}

export function enrollmentService(options: EnrollmentServiceOptions): EnrollmentService {
  const { store, clock, initialTierId, programs, enrollments } = options;

  async function termsOf(tx: Transaction, programId: string): Promise<ProgramTerms | undefined> {
    const { state } = await programs.load(tx, programId);
    return state.kind === 'known' ? { ...state, programId } : undefined;
  }

  /** Loads, decides, appends and publishes, in one transaction. */
  async function decide(
    { programId, customerId }: { readonly programId: string; readonly customerId: string },
    context: CommandContext,
    commandOf: (added: Added) => EnrollmentCommand,
  ): Promise<EnrollmentOutcome> {
    return within(store, context, async (tx) => {
      const program = await termsOf(tx, programId);
      if (!program) return refuse('program-unknown', 'There is no such programme.');
      const enrollmentId = derivedId(programId, customerId);
      const at = clock.now();
      const command = commandOf({ program, enrollmentId, initialTierId, transactionId: randomUUID(), at });
      return outcomeOf(enrollmentId, await enrollments.decide(tx, enrollmentId, command, context));
    });
  }

  function atThisMoment(
    type: 'ExpirePoints' | 'WarnOfExpiry',
    enrollmentId: string,
    context: CommandContext,
  ): Promise<EnrollmentOutcome> {
    return within(store, context, async (tx) => {
      const command: EnrollmentCommand = { type, at: clock.now() };
      return outcomeOf(enrollmentId, await enrollments.decide(tx, enrollmentId, command, context));
    });
  }

  return {
    enrollCustomer: (request, context = {}) =>
      decide(request, context, (added) => ({ type: 'EnrollCustomer', ...added, ...request })),
    earnPoints: (request, context = {}) =>
      decide(request, context, (added) => ({ type: 'EarnPoints', ...added, ...request })),
    awardSignupBonus: (request, context = {}) =>
      decide(request, context, (added) => ({ type: 'AwardSignupBonus', ...added, ...request })),
    redeemPoints: (request, context = {}) =>
      decide(request, context, (added) => ({ type: 'RedeemPoints', ...added, ...request })),
    upgradeTier: (request, context = {}) =>
      decide(request, context, (added) => ({ type: 'UpgradeTier', ...added, ...request })),
    expirePoints: (enrollmentId, context = {}) => atThisMoment('ExpirePoints', enrollmentId, context),
    warnOfExpiry: (enrollmentId, context = {}) => atThisMoment('WarnOfExpiry', enrollmentId, context),
  };
}
