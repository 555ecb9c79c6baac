/**
 * The enrolment saga (specs/loyalty/enrolment.arazzo.yaml): a customer enrols, the bonus is asked for, the saga
 * sees it arrive and ends. When it does not arrive in time, it is asked for again, and in the end given up.
 */
import {
  type Clock,
  type DispatchContext,
  type ProcessManager,
  processManager,
  type Reaction,
} from '@chirograph/runtime';

/** What the saga hears of. */
export type SagaEvent =
  | {
      readonly kind: 'customer-enrolled';
      readonly enrollmentId: string;
      readonly customerId: string;
      readonly programId: string;
      /** Points. */
      readonly bonus: number;
    }
  | { readonly kind: 'bonus-credited'; readonly enrollmentId: string };

/** What the saga asks for. */
export type SagaCommand =
  | (BonusOwed & { readonly kind: 'award-bonus' })
  | (BonusOwed & { readonly kind: 'give-up' });

export interface BonusOwed {
  readonly customerId: string;
  readonly programId: string;
  /** Points. */
  readonly bonus: number;
}

export type SagaState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'awaiting-bonus'; readonly owed: BonusOwed /** From 1. */; readonly attempt: number };

type SagaReaction = Reaction<SagaState, SagaCommand>;

/** Milliseconds after which the saga asks again. */
export const PATIENCE = 3_600_000;
export const ATTEMPTS = 3;

export interface EnrollmentSagaOptions {
  readonly clock?: Clock | undefined;
  dispatch(command: SagaCommand, context: DispatchContext): Promise<void>;
}

export function enrollmentSaga({ clock, dispatch }: EnrollmentSagaOptions): ProcessManager<SagaEvent> {
  return processManager<SagaState, SagaEvent, SagaCommand>({
    name: 'enrollment-saga',
    clock,
    correlate: ({ enrollmentId }) => enrollmentId,
    initialState: () => ({ kind: 'idle' }),
    // A bonus that arrives after the saga has given up is no enrolment.
    startedBy: ({ kind }) => kind === 'customer-enrolled',
    react: reactTo,
    onDeadline: askAgain,
    dispatch,
  });
}

export function reactTo(_: SagaState, event: SagaEvent): SagaReaction {
  if (event.kind === 'bonus-credited') return over();
  const { customerId, programId, bonus } = event;
  return ask({ customerId, programId, bonus }, 1);
}

export function askAgain(state: SagaState): SagaReaction {
  if (state.kind === 'idle') return over();
  const { owed, attempt } = state;
  return attempt < ATTEMPTS ? ask(owed, attempt + 1) : over({ kind: 'give-up', ...owed });
}

function ask(owed: BonusOwed, attempt: number): SagaReaction {
  const state: SagaState = { kind: 'awaiting-bonus', owed, attempt };
  return { state, commands: [{ kind: 'award-bonus', ...owed }], deadline: PATIENCE };
}

function over(...commands: readonly SagaCommand[]): SagaReaction {
  return { state: { kind: 'idle' }, commands, ended: true };
}
