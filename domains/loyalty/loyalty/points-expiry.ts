import { entityDeadlines } from '@chirograph/runtime';
import { nextMoment } from './enrollment/lots.ts';
import type { Enrollment } from './enrollment/state.ts';

/** Points that lapse, or are to be warned of, by enrolment. */
export const pointsExpiry = entityDeadlines('points-expiry', (state: Enrollment) =>
  state.kind === 'enrolled' ? nextMoment(state.lots) : undefined,
);
