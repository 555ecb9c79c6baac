/**
 * What a user may do with a course: it is open while an order that covers it is paid, not refunded, and its time not over.
 * One record for a user and a course, however often it is bought. Pure.
 */
import type {
  AccessExpiredPayload,
  AccessRevokedPayload,
  CourseAccessGrantedPayload,
  CourseCompletedPayload,
  ProgressUpdatedPayload,
} from '@chirograph/generated/learning-platform/types';
import { type Decider, refuse } from '@chirograph/runtime';

/** For how long an order opens a course, in milliseconds: 365 days. */
export const ACCESS_TIME = 365 * 86_400_000;

/** `at`: milliseconds since 1970-01-01T00:00Z. `by`: the user who asks; absent when the staff of the platform do. */
export type AccessCommand =
  | {
      readonly type: 'Grant';
      readonly accessId: string;
      readonly userId: string;
      readonly courseId: string;
      readonly orderId: string;
      readonly at: number;
    }
  | { readonly type: 'Refund'; readonly orderId: string; readonly at: number }
  | { readonly type: 'Revoke'; readonly by?: string | undefined; readonly at: number }
  | { readonly type: 'Expire'; readonly at: number }
  | {
      readonly type: 'UpdateProgress';
      readonly by?: string | undefined;
      readonly progress: number;
      readonly at: number;
    };

export type AccessEvent =
  | {
      readonly type: 'CourseAccessGranted';
      readonly data: CourseAccessGrantedPayload;
      readonly orderId: string;
      readonly until: number;
    }
  | { readonly type: 'AccessRevoked'; readonly data: AccessRevokedPayload }
  | { readonly type: 'AccessExpired'; readonly data: AccessExpiredPayload }
  | { readonly type: 'ProgressUpdated'; readonly data: ProgressUpdatedPayload }
  | { readonly type: 'CourseCompleted'; readonly data: CourseCompletedPayload }
  /** Told to nobody, as nothing changes for the user: another order covers the course too. */
  | { readonly type: 'OrderCovers'; readonly orderId: string; readonly until: number }
  /** Told to nobody: the order covers the course no longer, or never will when its payment is told late. */
  | { readonly type: 'OrderReturned'; readonly orderId: string };

export type AccessFailure =
  | 'not-an-admin'
  | 'not-the-user'
  | 'access-not-found'
  | 'access-ended'
  | 'progress-out-of-range'
  | 'progress-not-forward';

export interface Access {
  /** Undefined until access was granted for the first time. */
  readonly of: CourseAccessGrantedPayload | undefined;
  readonly isOpen: boolean;
  /** Until when each order opens the course. */
  readonly covers: Readonly<Record<string, number>>;
  /** The orders that open the course no longer, or never will. */
  readonly ended: readonly string[];
  /** In percent. It stays when access ends and is bought again. */
  readonly progress: number;
}

export const access: Decider<Access, AccessCommand, AccessEvent, AccessFailure> = {
  initialState: () => ({ of: undefined, isOpen: false, covers: {}, ended: [], progress: 0 }),

  decide(command, state) {
    if (command.type === 'Grant') {
      const { accessId: access_id, userId: user_id, courseId: course_id, orderId, at } = command;
      // The refund was told first, or the payment twice.
      if (state.ended.includes(orderId) || orderId in state.covers) return [];
      const until = at + ACCESS_TIME;
      const lapse = expiryIn(state, at);
      if (state.isOpen && lapse.length === 0) return [{ type: 'OrderCovers', orderId, until }];
      const data = { access_id, user_id, course_id };
      return [...lapse, { type: 'CourseAccessGranted', data, orderId, until }];
    }
    if (command.type === 'Refund') {
      const { orderId, at } = command;
      if (state.ended.includes(orderId)) return [];
      const returned: AccessEvent = { type: 'OrderReturned', orderId };
      if (!state.of || !state.isOpen || !(orderId in state.covers)) return [returned];
      const lapse = expiryIn(state, at);
      if (lapse.length > 0) return lapse;
      const isCovered = Object.entries(state.covers).some(([id, until]) => id !== orderId && until > at);
      if (isCovered) return [returned];
      return [returned, { type: 'AccessRevoked', data: { ...state.of, reason: 'order_refunded' } }];
    }
    if (command.type === 'Expire') return expiryIn(state, command.at);
    if (command.type === 'Revoke' && command.by !== undefined) {
      return refuse('not-an-admin', 'The staff of the platform take access away.');
    }
    if (!state.of) return refuse('access-not-found', 'The user never had access to the course.');
    if ((command.by ?? state.of.user_id) !== state.of.user_id) {
      return refuse('not-the-user', 'Users learn for themselves.');
    }
    if (!isOpenAt(state, command.at)) return refuse('access-ended', 'The user has no access any more.');
    if (command.type === 'Revoke') {
      return [{ type: 'AccessRevoked', data: { ...state.of, reason: 'terms_violated' } }];
    }
    const { progress } = command;
    if (!(progress >= 0 && progress <= 100)) {
      return refuse('progress-out-of-range', 'Progress is between 0 and 100 percent.');
    }
    if (progress <= state.progress) {
      return refuse('progress-not-forward', `${state.progress} percent are done already.`);
    }
    const updated: AccessEvent = { type: 'ProgressUpdated', data: { ...state.of, progress } };
    return progress === 100 ? [updated, { type: 'CourseCompleted', data: state.of }] : [updated];
  },

  evolve(state, event) {
    switch (event.type) {
      case 'CourseAccessGranted': {
        const { data: of, orderId, until } = event;
        return { ...state, of, isOpen: true, covers: { ...state.covers, [orderId]: until } };
      }
      case 'OrderCovers':
        return { ...state, covers: { ...state.covers, [event.orderId]: event.until } };
      case 'OrderReturned': {
        const { [event.orderId]: _, ...covers } = state.covers;
        return { ...state, covers, ended: [...state.ended, event.orderId] };
      }
      case 'AccessRevoked':
      case 'AccessExpired':
        // For good: no later order brings back what an earlier one opened.
        return { ...state, isOpen: false, covers: {}, ended: [...state.ended, ...Object.keys(state.covers)] };
      case 'ProgressUpdated':
        return { ...state, progress: event.data.progress };
      case 'CourseCompleted':
        return state;
    }
  },
};

/** Whether the user may take the course: also when the end of the time has not been told yet. */
export function isOpenAt(state: Access, at: number): boolean {
  return state.isOpen && at < endOf(state);
}

/** When access expires; undefined when there is none. */
export function expiresAt(state: Access): number | undefined {
  return state.isOpen ? endOf(state) : undefined;
}

function endOf({ covers }: Access): number {
  return Math.max(0, ...Object.values(covers));
}

function expiryIn(state: Access, at: number): readonly AccessEvent[] {
  if (!state.of || !state.isOpen || at < endOf(state)) return [];
  const expired_at = new Date(endOf(state)).toISOString();
  return [{ type: 'AccessExpired', data: { ...state.of, expired_at } }];
}
