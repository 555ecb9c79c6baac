/** The access service: which courses are open to whom, and how far they have come. */
import type { AccessHandlers } from '@chirograph/generated/learning-platform/consumers/access';
import type { AccessProducer } from '@chirograph/generated/learning-platform/producers/access';
import type { AccessCommandRefusedPayload } from '@chirograph/generated/learning-platform/types';
import {
  type Clock,
  type CommandContext,
  type DeadlineOptions,
  type Deadlines,
  derivedId,
  type Entities,
  entities,
  entityDeadlines,
  type Log,
  type Outcome,
  type Store,
  type Transaction,
} from '@chirograph/runtime';
import { type Asked, answering, asked } from '../asked.ts';
import {
  type Access,
  type AccessCommand,
  type AccessEvent,
  type AccessFailure,
  access,
  expiresAt,
} from './access.ts';

export type AccessOutcome = Outcome<AccessEvent, AccessFailure>;

export interface AccessService {
  grant(request: Covered, context?: CommandContext): Promise<AccessOutcome>;
  refund(request: Covered, context?: CommandContext): Promise<AccessOutcome>;
  /** For a user who broke the terms. */
  revoke(userId: string, courseId: string, asked?: Asked): Promise<AccessOutcome>;
  updateProgress(
    request: { readonly userId: string; readonly courseId: string; readonly progress: number },
    asked?: Asked,
  ): Promise<AccessOutcome>;
  find(tx: Transaction, userId: string, courseId: string): Promise<Access>;
  /** Ends accesses whose time is over. */
  watch(options: DeadlineOptions): Deadlines;
}

/** A course of an order. */
type Covered = Readonly<Record<'userId' | 'courseId' | 'orderId', string>>;

export interface AccessServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly producer: AccessProducer;
}

export function accessService({ store, clock, producer }: AccessServiceOptions): AccessService {
  const expiry = entityDeadlines('access-expiry', expiresAt);
  const records: Entities<Access, AccessCommand, AccessEvent, AccessFailure> = entities({
    name: 'access',
    store,
    clock,
    decider: access,
    async publish(event, context) {
      const { id: aggregate_id } = context;
      await expiry.note(context.tx, aggregate_id, context.state);
      switch (event.type) {
        case 'CourseAccessGranted':
          await producer.courseAccessGranted({ aggregate_id, payload: event.data }, context);
          return;
        case 'AccessRevoked':
          await producer.accessRevoked({ aggregate_id, payload: event.data }, context);
          return;
        case 'AccessExpired':
          await producer.accessExpired({ aggregate_id, payload: event.data }, context);
          return;
        case 'ProgressUpdated':
          await producer.progressUpdated({ aggregate_id, payload: event.data }, context);
          return;
        case 'CourseCompleted':
          await producer.courseCompleted({ aggregate_id, payload: event.data }, context);
          return;
        case 'OrderCovers':
        case 'OrderReturned':
          return;
      }
    },
  });
  const decide = (
    accessId: string,
    commandAt: (at: number) => AccessCommand,
    context?: CommandContext,
  ): Promise<AccessOutcome> => records.decide(accessId, (_, at) => commandAt(at), context);

  return {
    grant(covered, context) {
      const accessId = accessIdOf(covered.userId, covered.courseId);
      return decide(accessId, (at) => ({ type: 'Grant', accessId, ...covered, at }), context);
    },
    refund: ({ userId, courseId, orderId }, context) =>
      decide(accessIdOf(userId, courseId), (at) => ({ type: 'Refund', orderId, at }), context),
    revoke: (userId, courseId, { by, ...context } = {}) =>
      decide(accessIdOf(userId, courseId), (at) => ({ type: 'Revoke', by, at }), context),
    updateProgress: ({ userId, courseId, progress }, { by, ...context } = {}) =>
      decide(accessIdOf(userId, courseId), (at) => ({ type: 'UpdateProgress', by, progress, at }), context),
    find: (tx, userId, courseId) => records.load(tx, accessIdOf(userId, courseId)),
    watch: (watching) =>
      expiry.watch(store, (tx, id) => decide(id, (at) => ({ type: 'Expire', at }), { tx }), watching),
  };
}

/** One record for a user and a course: whoever asks at once meets in it. */
export function accessIdOf(userId: string, courseId: string): string {
  return derivedId('access', userId, courseId);
}

export function accessHandlers(service: AccessService, producer: AccessProducer, log: Log): AccessHandlers {
  const answer = answering<AccessCommandRefusedPayload>(producer.accessCommandRefused, log);
  return {
    async updateProgress(command, context) {
      const { user_id: userId, course_id: courseId, progress } = command.payload;
      const outcome = await service.updateProgress({ userId, courseId, progress }, asked(command, context));
      await answer(command, 'UpdateProgress', accessIdOf(userId, courseId), outcome, context);
    },
    async revokeAccess(command, context) {
      const { user_id: userId, course_id: courseId } = command.payload;
      const outcome = await service.revoke(userId, courseId, asked(command, context));
      await answer(command, 'RevokeAccess', accessIdOf(userId, courseId), outcome, context);
    },
    async orderPaid({ payload: { order_id: orderId, user_id: userId, course_ids } }, context) {
      for (const courseId of course_ids) await service.grant({ userId, courseId, orderId }, context);
      log(context, `opens ${course_ids.length} of the user's courses`);
    },
    async orderRefunded({ payload: { order_id: orderId, user_id: userId, course_ids } }, context) {
      for (const courseId of course_ids) await service.refund({ userId, courseId, orderId }, context);
      log(context, `closes what nothing else covers of ${course_ids.length} courses`);
    },
  };
}
