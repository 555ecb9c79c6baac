import { describe, expect, it } from 'vitest';
import { ATTEMPTS, askAgain, PATIENCE, reactTo, type SagaState } from './enrollment-saga.ts';

const owed = { customerId: 'c-1', programId: 'p-1', bonus: 100 };
const enrolled = { kind: 'customer-enrolled', enrollmentId: 'e-1', ...owed } as const;
const awaiting = (attempt: number): SagaState => ({ kind: 'awaiting-bonus', owed, attempt });
const ask = { kind: 'award-bonus', ...owed };

describe('the enrolment saga', () => {
  it('asks for the bonus and sets a deadline', () =>
    expect(reactTo({ kind: 'idle' }, enrolled)).toEqual({
      state: awaiting(1),
      commands: [ask],
      deadline: PATIENCE,
    }));
  it('ends when the bonus arrives', () =>
    expect(reactTo(awaiting(1), { kind: 'bonus-credited', enrollmentId: 'e-1' })).toMatchObject({
      commands: [],
      ended: true,
    }));
  it('asks again when it does not arrive in time', () =>
    expect(askAgain(awaiting(1))).toEqual({ state: awaiting(2), commands: [ask], deadline: PATIENCE }));
  it('gives up in the end', () =>
    expect(askAgain(awaiting(ATTEMPTS))).toMatchObject({
      commands: [{ kind: 'give-up', ...owed }],
      ended: true,
    }));
});
