import type { DispatchContext, Transaction } from '@chirograph/runtime';
import type { EnrollmentService } from '../loyalty/enrollment-service.ts';
import type { SagaCommand } from './enrollment-saga.ts';

/** Bonuses that were promised and could not be credited: for people to look into, by enrolment. */
export function overdueBonuses(tx: Transaction) {
  return tx.documents<{ readonly customerId: string; readonly bonus: number }>('reward/overdue-bonuses');
}

/**
 * Carries out what the enrolment saga asks for. A refusal (the programme was paused meanwhile) is left to the
 * saga's deadline, which asks again.
 */
export function bonusDispatch(loyalty: Pick<EnrollmentService, 'awardSignupBonus'>) {
  return async (command: SagaCommand, context: DispatchContext): Promise<void> => {
    const { customerId, programId, bonus } = command;
    switch (command.kind) {
      case 'award-bonus':
        await loyalty.awardSignupBonus({ customerId, programId, points: bonus }, context);
        return;
      case 'give-up':
        await overdueBonuses(context.tx).put(context.processId, { customerId, bonus });
        return;
    }
  };
}
