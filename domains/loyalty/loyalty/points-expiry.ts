import {
  type DeadlineOptions,
  type Deadlines,
  deadlines,
  type Store,
  type Transaction,
} from '@chirograph/runtime';
import { nextMoment } from './enrollment/lots.ts';
import type { Enrollment } from './enrollment/state.ts';
import type { EnrollmentService } from './enrollment-service.ts';

const OWNER = 'points-expiry';

/**
 * Sets the enrolment's deadline to the moment at which its next points lapse or are to be warned of; to be called
 * after each of its events.
 */
export async function noteNextExpiry(
  tx: Transaction,
  enrollmentId: string,
  state: Enrollment,
): Promise<void> {
  const dueAt = state.kind === 'enrolled' ? nextMoment(state.lots) : undefined;
  if (dueAt === undefined) await tx.timers.clear(OWNER, enrollmentId);
  else await tx.timers.set({ owner: OWNER, id: enrollmentId, dueAt, attempts: 0 });
}

/** Warns of points and lets them lapse when their time comes, whether or not anybody asks. */
export function pointsExpiry(store: Store, loyalty: EnrollmentService, options: DeadlineOptions): Deadlines {
  const process = {
    name: OWNER,
    async expire(tx: Transaction, enrollmentId: string): Promise<void> {
      await loyalty.expirePoints(enrollmentId, { tx });
      await loyalty.warnOfExpiry(enrollmentId, { tx });
    },
  };
  return deadlines(store, process, options);
}
