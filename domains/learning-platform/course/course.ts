/** A course: what is taught, by whom, for how much, and on which terms money comes back. Pure. */
import type {
  CourseCreatedPayload,
  CourseDeprecatedPayload,
  CoursePolicyChangedPayload,
  CourseUpdatedPayload,
  Money,
  PolicyType,
} from '@chirograph/generated/learning-platform/types';
import { type Decider, type Refusal, refuse } from '@chirograph/runtime';

/** What the course context knows of a refund policy when it decides. */
export type PolicyStatus = 'unknown' | 'offered' | 'deprecated';

/** `by`: the user who asks; absent when the staff of the platform do. */
export type CourseCommand =
  | {
      readonly type: 'CreateCourse';
      readonly by?: string | undefined;
      readonly courseId: string;
      readonly title: string;
      readonly instructorId: string;
      readonly isInstructorKnown: boolean;
      readonly policyId: string;
      readonly policy: PolicyStatus;
    }
  | {
      readonly type: 'UpdateCourse';
      readonly by?: string | undefined;
      readonly title: string;
      readonly description: string;
      readonly price: Money;
    }
  | {
      readonly type: 'ChangePolicy';
      readonly by?: string | undefined;
      readonly policyId: string;
      readonly policy: PolicyStatus;
    }
  | {
      /** The policy is deprecated: another takes its place, where there is one. */
      readonly type: 'ReplacePolicy';
      readonly policyId: string;
      readonly replacement: string | undefined;
    }
  | { readonly type: 'DeprecateCourse'; readonly by?: string | undefined };

export type CourseEvent =
  | { readonly type: 'CourseCreated'; readonly data: CourseCreatedPayload }
  | { readonly type: 'CourseUpdated'; readonly data: CourseUpdatedPayload }
  | { readonly type: 'CoursePolicyChanged'; readonly data: CoursePolicyChangedPayload }
  | { readonly type: 'CourseDeprecated'; readonly data: CourseDeprecatedPayload }
  /** Told to nobody: until the instructor chooses another policy the course is not for sale. */
  | { readonly type: 'PolicyMissing'; readonly data: { readonly policy_id: string } };

export type CourseFailure =
  | 'course-exists'
  | 'course-not-found'
  | 'course-deprecated'
  | 'instructor-not-found'
  | 'not-the-instructor'
  | 'course-unchanged'
  | 'policy-not-found'
  | 'policy-deprecated'
  | 'policy-unchanged';

export type Course =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'offered' | 'deprecated';
      readonly courseId: string;
      readonly title: string;
      readonly description: string;
      /** Undefined until the first update: it is not for sale before. */
      readonly price: Money | undefined;
      readonly instructorId: string;
      readonly policyId: string;
      /** False when the policy is deprecated and nothing could take its place. */
      readonly isPolicyValid: boolean;
    };

export const course: Decider<Course, CourseCommand, CourseEvent, CourseFailure> = {
  initialState: () => ({ kind: 'unknown' }),

  decide(command, state) {
    if (command.type === 'CreateCourse') {
      const { courseId: course_id, title, instructorId: instructor_id, policyId: policy_id } = command;
      if (state.kind !== 'unknown') return refuse('course-exists', 'There is a course with this id.');
      if ((command.by ?? instructor_id) !== instructor_id) {
        return refuse('not-the-instructor', 'Users set up courses that they give themselves.');
      }
      if (!command.isInstructorKnown) return refuse('instructor-not-found', 'There is no such instructor.');
      return (
        faultOf(command.policy) ?? [
          { type: 'CourseCreated', data: { course_id, title, instructor_id, policy_id } },
        ]
      );
    }
    if (state.kind === 'unknown') return refuse('course-not-found', 'There is no such course.');
    const { courseId: course_id, title, policyId: old_policy_id, isPolicyValid } = state;
    if (command.type === 'ReplacePolicy') {
      const { policyId, replacement: new_policy_id } = command;
      // It was changed meanwhile, or nobody will buy it any more.
      if (state.kind === 'deprecated' || policyId !== old_policy_id) return [];
      if (new_policy_id !== undefined) {
        return [{ type: 'CoursePolicyChanged', data: { course_id, old_policy_id, new_policy_id } }];
      }
      return isPolicyValid ? [{ type: 'PolicyMissing', data: { policy_id: policyId } }] : [];
    }
    if ((command.by ?? state.instructorId) !== state.instructorId) {
      return refuse('not-the-instructor', 'Somebody else gives this course.');
    }
    if (state.kind === 'deprecated') return refuse('course-deprecated', 'The course is no longer offered.');
    switch (command.type) {
      case 'UpdateCourse': {
        const { title, description, price } = command;
        const isSame = title === state.title && description === state.description;
        if (isSame && price.amount === state.price?.amount && price.currency === state.price.currency) {
          return refuse('course-unchanged', 'Nothing of the course is new.');
        }
        return [{ type: 'CourseUpdated', data: { course_id, title, description, price } }];
      }
      case 'ChangePolicy': {
        const { policyId: new_policy_id, policy } = command;
        const fault = faultOf(policy);
        if (fault) return fault;
        if (new_policy_id === old_policy_id) return refuse('policy-unchanged', 'This is the policy already.');
        return [{ type: 'CoursePolicyChanged', data: { course_id, old_policy_id, new_policy_id } }];
      }
      case 'DeprecateCourse':
        return [{ type: 'CourseDeprecated', data: { course_id, title } }];
    }
  },

  evolve(state, { type, data }) {
    if (type === 'CourseCreated') {
      return {
        kind: 'offered',
        courseId: data.course_id,
        title: data.title,
        description: '',
        price: undefined,
        instructorId: data.instructor_id,
        policyId: data.policy_id,
        isPolicyValid: true,
      };
    }
    if (state.kind === 'unknown') return state;
    switch (type) {
      case 'CourseUpdated':
        return { ...state, title: data.title, description: data.description, price: data.price };
      case 'CoursePolicyChanged':
        return { ...state, policyId: data.new_policy_id, isPolicyValid: true };
      case 'PolicyMissing':
        return { ...state, isPolicyValid: false };
      case 'CourseDeprecated':
        return { ...state, kind: 'deprecated' };
    }
  },
};

function faultOf(policy: PolicyStatus): Refusal<CourseFailure> | undefined {
  if (policy === 'unknown') return refuse('policy-not-found', 'There is no such refund policy.');
  return policy === 'deprecated'
    ? refuse('policy-deprecated', 'The refund policy is deprecated.')
    : undefined;
}

/** A policy that a course can have. */
export interface Candidate {
  readonly policyId: string;
  readonly type: PolicyType;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly createdAt: number;
}

/**
 * The policy that takes the place of a deprecated one: the newest of the same type, or else the newest of any. Undefined when
 * there is none: then the instructor has to choose.
 */
export function replacementFor(old: Candidate, offered: readonly Candidate[]): string | undefined {
  const others = offered.filter(({ policyId }) => policyId !== old.policyId);
  const [newest] = others.toSorted(
    (a, b) =>
      Number(b.type === old.type) - Number(a.type === old.type) ||
      b.createdAt - a.createdAt ||
      (a.policyId < b.policyId ? -1 : 1),
  );
  return newest?.policyId;
}
