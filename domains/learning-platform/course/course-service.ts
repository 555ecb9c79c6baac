/** The course service: courses, and the refund policies that they can have. */
import type { CourseProducer } from '@chirograph/generated/learning-platform/producers/course';
import type { Money } from '@chirograph/generated/learning-platform/types';
import {
  type Clock,
  type CommandContext,
  type Entities,
  entities,
  type Outcome,
  type Store,
  type Transaction,
  within,
} from '@chirograph/runtime';
import { takeTurn } from '../../shared/turn.ts';
import {
  type Candidate,
  type Course,
  type CourseCommand,
  type CourseEvent,
  type CourseFailure,
  course,
  type PolicyStatus,
  replacementFor,
} from './course.ts';

export type CourseOutcome = Outcome<CourseEvent, CourseFailure>;

/** `by`: the user who asks; absent when the staff of the platform do. */
interface Asked {
  readonly courseId: string;
  readonly by?: string | undefined;
}

export interface CourseService {
  create(
    request: Asked & Readonly<Record<'title' | 'instructorId' | 'policyId', string>>,
    context?: CommandContext,
  ): Promise<CourseOutcome>;
  update(
    request: Asked & { readonly title: string; readonly description: string; readonly price: Money },
    context?: CommandContext,
  ): Promise<CourseOutcome>;
  changePolicy(
    request: Asked & { readonly policyId: string },
    context?: CommandContext,
  ): Promise<CourseOutcome>;
  deprecate(request: Asked, context?: CommandContext): Promise<CourseOutcome>;
  /** Gives each course that has the policy another, or marks that it needs one. Answers how many got one, and how many did not. */
  replacePolicy(
    policyId: string,
    context?: CommandContext,
  ): Promise<{ readonly reassigned: number; readonly missing: number }>;
  find(tx: Transaction, courseId: string): Promise<Course>;
}

export interface CourseServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly producer: CourseProducer;
  /** What the course service asks others, at the moment in which it decides. */
  readonly outlook: {
    isUserKnown(tx: Transaction, userId: string): Promise<boolean>;
    policyStatus(tx: Transaction, policyId: string): Promise<PolicyStatus>;
  };
}

/** The policies that were told of, as they were created, by policy. */
export function createdPolicies(tx: Transaction) {
  return tx.documents<Candidate>('course/policies');
}

/** The types that policies got since, by policy. Kept apart: they are told on another channel, perhaps before. */
export function changedTypes(tx: Transaction) {
  return tx.documents<Pick<Candidate, 'type'>>('course/policy-types');
}

export async function knownPolicies(tx: Transaction): Promise<readonly Candidate[]> {
  const changed = new Map((await changedTypes(tx).list()).map(({ id, document }) => [id, document]));
  return (await createdPolicies(tx).list()).map(({ id, document }) => ({ ...document, ...changed.get(id) }));
}

/** The courses that need another policy, for the staff: by course. */
export function invalidCourses(tx: Transaction) {
  return tx.documents<{ readonly policyId: string }>('course/invalid');
}

/** The courses of a policy. */
function coursesOf(tx: Transaction, policyId: string) {
  return tx.documents<Record<string, never>>(`course/of-policy/${policyId}`);
}

export function courseService({ store, clock, producer, outlook }: CourseServiceOptions): CourseService {
  const courses: Entities<Course, CourseCommand, CourseEvent, CourseFailure> = entities({
    name: 'course',
    store,
    clock,
    decider: course,
    async publish({ type, data }, context) {
      const { id: aggregate_id, tx } = context;
      switch (type) {
        case 'CourseCreated':
          await coursesOf(tx, data.policy_id).put(aggregate_id, {});
          await producer.courseCreated({ aggregate_id, payload: data }, context);
          return;
        case 'CourseUpdated':
          await producer.courseUpdated({ aggregate_id, payload: data }, context);
          return;
        case 'CoursePolicyChanged':
          await invalidCourses(tx).delete(aggregate_id);
          await coursesOf(tx, data.old_policy_id).delete(aggregate_id);
          await coursesOf(tx, data.new_policy_id).put(aggregate_id, {});
          await producer.coursePolicyChanged({ aggregate_id, payload: data }, context);
          return;
        case 'CourseDeprecated':
          await invalidCourses(tx).delete(aggregate_id);
          await producer.courseDeprecated({ aggregate_id, payload: data }, context);
          return;
        case 'PolicyMissing':
          await invalidCourses(tx).put(aggregate_id, { policyId: data.policy_id });
          return;
      }
    },
  });

  return {
    create: (request, context) =>
      courses.decide(
        request.courseId,
        async (tx) => ({
          type: 'CreateCourse',
          ...request,
          isInstructorKnown: await outlook.isUserKnown(tx, request.instructorId),
          policy: await assignable(tx, request.policyId),
        }),
        context,
      ),
    update: ({ courseId, ...request }, context) =>
      courses.decide(courseId, { type: 'UpdateCourse', ...request }, context),
    changePolicy: ({ courseId, ...request }, context) =>
      courses.decide(
        courseId,
        async (tx) => ({
          type: 'ChangePolicy',
          ...request,
          policy: await assignable(tx, request.policyId),
        }),
        context,
      ),
    deprecate: ({ courseId, by }, context) =>
      courses.decide(courseId, { type: 'DeprecateCourse', by }, context),
    replacePolicy: (policyId, context = {}) =>
      within(store, context, async (tx) => {
        await takeTurn(tx, 'policies-of-courses', policyId);
        const replacement = await takenReplacement(tx, policyId);
        const counts = { reassigned: 0, missing: 0 };
        for (const { id } of await coursesOf(tx, policyId).list()) {
          const command = { type: 'ReplacePolicy', policyId, replacement } as const;
          const outcome = await courses.decide(id, command, { ...context, tx });
          const [event] = outcome.kind === 'accepted' ? outcome.events : [];
          if (event?.type === 'CoursePolicyChanged') counts.reassigned += 1;
          if (event?.type === 'PolicyMissing') counts.missing += 1;
        }
        return counts;
      }),
    find: (tx, courseId) => courses.load(tx, courseId),
  };

  /** Whether a course may get the policy: until the transaction ends nobody replaces it, for a course that came later would keep it. */
  async function assignable(tx: Transaction, policyId: string): Promise<PolicyStatus> {
    await takeTurn(tx, 'policies-of-courses', policyId);
    return outlook.policyStatus(tx, policyId);
  }

  /** The replacement may be deprecated while its turn is waited for: then it is another. */
  async function takenReplacement(tx: Transaction, policyId: string): Promise<string | undefined> {
    for (;;) {
      const replacement = await replacementIn(tx, policyId);
      if (replacement === undefined || (await assignable(tx, replacement)) === 'offered') return replacement;
    }
  }

  async function replacementIn(tx: Transaction, policyId: string): Promise<string | undefined> {
    const known = await knownPolicies(tx);
    const old = known.find((it) => it.policyId === policyId);
    if (!old) throw new Error(`policy ${policyId} is deprecated, and its creation was not told yet`);
    const offered: Candidate[] = [];
    for (const it of known) {
      // Asked, for the news that it is deprecated may be under way.
      if ((await outlook.policyStatus(tx, it.policyId)) === 'offered') offered.push(it);
    }
    return replacementFor(old, offered);
  }
}
