import { fold, isRefusal } from '@chirograph/runtime';
import { specification } from '@chirograph/runtime/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACCESS_TIME, type AccessCommand, type AccessEvent, access, isOpenAt } from './access.ts';

const given = specification(access);

const of = { access_id: 'a-1', user_id: 'u-1', course_id: 'c-1' };
const grant = {
  type: 'Grant',
  accessId: 'a-1',
  userId: 'u-1',
  courseId: 'c-1',
  orderId: 'o-1',
  at: 0,
} as const;
const refund = { type: 'Refund', orderId: 'o-1', at: 1 } as const;
const revoke = { type: 'Revoke', at: 1 } as const;
const expire = { type: 'Expire', at: ACCESS_TIME } as const;
const learn = (progress: number, at = 1) => ({ type: 'UpdateProgress', progress, at }) as const;

const granted = (orderId = 'o-1', at = 0): AccessEvent => ({
  type: 'CourseAccessGranted',
  data: of,
  orderId,
  until: at + ACCESS_TIME,
});
const covers = (orderId: string, at = 0): AccessEvent => ({
  type: 'OrderCovers',
  orderId,
  until: at + ACCESS_TIME,
});
const returned = (orderId = 'o-1'): AccessEvent => ({ type: 'OrderReturned', orderId });
const revoked = (reason: 'order_refunded' | 'terms_violated'): AccessEvent => ({
  type: 'AccessRevoked',
  data: { ...of, reason },
});
const expired: AccessEvent = {
  type: 'AccessExpired',
  data: { ...of, expired_at: new Date(ACCESS_TIME).toISOString() },
};
const updated = (progress: number): AccessEvent => ({ type: 'ProgressUpdated', data: { ...of, progress } });
const completed: AccessEvent = { type: 'CourseCompleted', data: of };

describe('access', () => {
  it('is granted by an order, once', () => {
    given().when(grant).then(granted());
    given(granted()).when(grant).then();
  });
  it('is covered by a second order beside the first', () => {
    given(granted())
      .when({ ...grant, orderId: 'o-2', at: 5 })
      .then(covers('o-2', 5));
    given(granted(), covers('o-2', 5)).when(expire).then();
  });
  it('ends with the refund of the order', () =>
    given(granted()).when(refund).then(returned(), revoked('order_refunded')));
  it('stays when the order that is refunded is not the only one', () => {
    given(granted(), covers('o-2')).when(refund).then(returned());
    given(granted(), covers('o-2'), returned())
      .when({ ...refund, orderId: 'o-2' })
      .then(returned('o-2'), revoked('order_refunded'));
  });
  it('is never granted when the refund was told before the payment', () => {
    given().when(refund).then(returned());
    given(returned()).when(grant).then();
    given(returned()).when(refund).then();
  });
  it('ends when the user broke the terms, and the refund after it tells nothing', () => {
    given(granted()).when(revoke).then(revoked('terms_violated'));
    given(granted(), revoked('terms_violated')).when(refund).then();
    given(granted(), revoked('terms_violated'), granted('o-2'))
      .when({ ...refund, orderId: 'o-2' })
      .then(returned('o-2'), revoked('order_refunded'));
  });
  it('ends with its time, and not before', () => {
    given(granted()).when(expire).then(expired);
    given(granted())
      .when({ ...expire, at: ACCESS_TIME - 1 })
      .then();
    given(granted(), expired).when(expire).then();
  });
  it('has expired before it is refunded or granted anew, even if nobody told it', () => {
    given(granted())
      .when({ ...refund, at: ACCESS_TIME })
      .then(expired);
    given(granted())
      .when({ ...grant, orderId: 'o-2', at: ACCESS_TIME })
      .then(expired, granted('o-2', ACCESS_TIME));
  });
  it('is taken away from those who have it', () => {
    given().when(revoke).refuses('access-not-found');
    given(granted(), expired).when(revoke).refuses('access-ended');
    given(granted(), revoked('terms_violated')).when(revoke).refuses('access-ended');
  });
});

describe('progress', () => {
  it('leads to the end of the course', () => {
    given(granted()).when(learn(42.5)).then(updated(42.5));
    given(granted(), updated(42.5)).when(learn(100)).then(updated(100), completed);
  });
  it('goes forward, and the course is completed once', () => {
    given(granted()).when(learn(0)).refuses('progress-not-forward');
    given(granted(), updated(42.5)).when(learn(42.5)).refuses('progress-not-forward');
    given(granted(), updated(100), completed).when(learn(100)).refuses('progress-not-forward');
  });
  it.each([-1, 100.5, Number.NaN])('is not %s percent', (progress) => {
    given(granted()).when(learn(progress)).refuses('progress-out-of-range');
  });
  it('needs access', () => {
    given().when(learn(1)).refuses('access-not-found');
    given(granted(), returned(), revoked('order_refunded')).when(learn(1)).refuses('access-ended');
    given(granted()).when(learn(1, ACCESS_TIME)).refuses('access-ended');
  });
  it('stays when the course is bought again', () =>
    given(granted(), updated(60), expired, granted('o-2', ACCESS_TIME))
      .when(learn(50, ACCESS_TIME + 1))
      .refuses('progress-not-forward'));
});

/** What is to be true, kept as simply as can be: until when each order covers the course. */
class Model {
  readonly covers = new Map<string, number>();
  readonly returned = new Set<string>();
  progress = 0;

  isOpen(at: number): boolean {
    return [...this.covers.values()].some((until) => at < until);
  }

  apply(command: AccessCommand): void {
    if (
      command.type === 'Grant' &&
      !this.returned.has(command.orderId) &&
      !this.covers.has(command.orderId)
    ) {
      this.covers.set(command.orderId, command.at + ACCESS_TIME);
    }
    if (command.type === 'Refund') {
      this.returned.add(command.orderId);
      this.covers.delete(command.orderId);
    }
    // Who broke the terms has nothing left of what was bought before.
    if (command.type === 'Revoke' && this.isOpen(command.at)) {
      for (const orderId of this.covers.keys()) this.covers.set(orderId, 0);
    }
    if (command.type === 'UpdateProgress' && this.isOpen(command.at)) {
      this.progress = Math.max(this.progress, command.progress);
    }
  }
}

it('whatever is asked in whatever order, a course is open only while a paid order covers it', () => {
  const orderId = fc.constantFrom('o-1', 'o-2', 'o-3');
  const asked = fc.oneof(
    {
      weight: 4,
      arbitrary: orderId.map(
        (it) =>
          (at: number): AccessCommand => ({ ...grant, orderId: it, at }),
      ),
    },
    {
      weight: 2,
      arbitrary: orderId.map(
        (it) =>
          (at: number): AccessCommand => ({ ...refund, orderId: it, at }),
      ),
    },
    { weight: 1, arbitrary: fc.constant((at: number): AccessCommand => ({ ...revoke, at })) },
    { weight: 2, arbitrary: fc.constant((at: number): AccessCommand => ({ ...expire, at })) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(10, 50, 100).map(
        (progress) =>
          (at: number): AccessCommand =>
            learn(progress, at),
      ),
    },
  );
  const step = fc.record({ asked, pause: fc.constantFrom(0, 0, 1, 1, 1, 1, ACCESS_TIME / 2, ACCESS_TIME) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const model = new Model();
      const history: AccessEvent[] = [];
      let at = 0;
      for (const { asked: commandAt, pause } of steps) {
        at += pause;
        const command = commandAt(at);
        const wasOpen = model.isOpen(at);
        const decision = access.decide(command, fold(access, history));
        model.apply(command);
        if (!isRefusal(decision)) history.push(...decision);
        if (command.type === 'UpdateProgress' || command.type === 'Revoke') {
          if (!wasOpen) expect(isRefusal(decision)).toBe(true);
        }
        const state = fold(access, history);
        expect(isOpenAt(state, at)).toBe(model.isOpen(at));
        expect(state.progress).toBe(model.progress);
      }
      // What is told: grants and ends take turns, and a course is completed once.
      const told = history.flatMap(({ type }) =>
        type === 'CourseAccessGranted'
          ? [1]
          : type === 'AccessRevoked' || type === 'AccessExpired'
            ? [-1]
            : [],
      );
      expect(told.every((it, index) => it === (index % 2 === 0 ? 1 : -1))).toBe(true);
      expect(history.filter(({ type }) => type === 'CourseCompleted').length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 1_000 },
  );
});
