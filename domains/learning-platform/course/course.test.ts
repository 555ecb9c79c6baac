import { specification } from '@chirograph/runtime/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, type CourseEvent, course, replacementFor } from './course.ts';

const given = specification(course);

const about = { title: 'Engines', description: 'Cards', price: { amount: 4_900, currency: 'EUR' } } as const;
const create = {
  type: 'CreateCourse',
  courseId: 'c-1',
  title: 'Engines',
  instructorId: 'i-1',
  isInstructorKnown: true,
  policyId: 'p-1',
  policy: 'offered',
} as const;
const update = { type: 'UpdateCourse', by: 'i-1', ...about } as const;
const change = { type: 'ChangePolicy', by: 'i-1', policyId: 'p-2', policy: 'offered' } as const;
const replace = { type: 'ReplacePolicy', policyId: 'p-1', replacement: 'p-2' } as const;
const deprecate = { type: 'DeprecateCourse', by: 'i-1' } as const;

const created: CourseEvent = {
  type: 'CourseCreated',
  data: { course_id: 'c-1', title: 'Engines', instructor_id: 'i-1', policy_id: 'p-1' },
};
const updated: CourseEvent = { type: 'CourseUpdated', data: { course_id: 'c-1', ...about } };
const changed: CourseEvent = {
  type: 'CoursePolicyChanged',
  data: { course_id: 'c-1', old_policy_id: 'p-1', new_policy_id: 'p-2' },
};
const missing: CourseEvent = { type: 'PolicyMissing', data: { policy_id: 'p-1' } };
const deprecated: CourseEvent = { type: 'CourseDeprecated', data: { course_id: 'c-1', title: 'Engines' } };

describe('a course', () => {
  it('is created, once, by an instructor who is known', () => {
    given().when(create).then(created);
    given(created).when(create).refuses('course-exists');
    given()
      .when({ ...create, isInstructorKnown: false })
      .refuses('instructor-not-found');
  });
  it('has a policy that is there and not deprecated', () => {
    for (const [history, command] of [
      [[], create],
      [[created], change],
    ] as const) {
      given(...history)
        .when({ ...command, policy: 'unknown' })
        .refuses('policy-not-found');
      given(...history)
        .when({ ...command, policy: 'deprecated' })
        .refuses('policy-deprecated');
    }
  });
  it('is changed, deprecated, and gets another policy', () => {
    given(created).when(update).then(updated);
    given(created).when(change).then(changed);
    given(created).when(deprecate).then(deprecated);
  });
  it('is its instructor’s and the staff’s', () => {
    for (const command of [update, change, deprecate]) {
      given(created)
        .when({ ...command, by: 'i-2' })
        .refuses('not-the-instructor');
    }
    given(created)
      .when({ ...deprecate, by: undefined })
      .then(deprecated);
  });
  it('is not changed to what it is', () => {
    given(created, updated).when(update).refuses('course-unchanged');
    given(created, changed).when(change).refuses('policy-unchanged');
  });
  it('is there, and offered, when it is changed', () => {
    for (const command of [update, change, deprecate]) {
      given().when(command).refuses('course-not-found');
      given(created, deprecated).when(command).refuses('course-deprecated');
    }
    given().when(replace).refuses('course-not-found');
  });
});

describe('a course whose policy is deprecated', () => {
  it('gets the policy that takes its place', () => given(created).when(replace).then(changed));
  it('is marked where there is none, once', () => {
    const none = { ...replace, replacement: undefined };
    given(created).when(none).then(missing);
    given(created, missing).when(none).then();
    given(created, missing).when(change).then(changed);
  });
  it('stays as it is when it has another already, or is no longer offered', () => {
    given(created, changed).when(replace).then();
    given(created, deprecated).when(replace).then();
  });
});

describe('the policy in place of another', () => {
  const candidate: fc.Arbitrary<Candidate> = fc.record({
    policyId: fc.string({ minLength: 1 }),
    type: fc.constantFrom('full_refund', 'partial_refund', 'no_refund'),
    days: fc.nat(3),
    percentage: fc.nat(3),
    maxProgress: fc.nat(3),
  });
  const isFair = (it: Candidate, old: Candidate) =>
    it.policyId !== old.policyId &&
    it.type === old.type &&
    it.days >= old.days &&
    it.percentage >= old.percentage &&
    it.maxProgress >= old.maxProgress;

  it('gives no learner less, and is found wherever there is one', () =>
    fc.assert(
      fc.property(
        candidate,
        fc.uniqueArray(candidate, { selector: ({ policyId }) => policyId }),
        (old, all) => {
          const found = all.find(({ policyId }) => policyId === replacementFor(old, all));
          expect(found !== undefined).toBe(all.some((it) => isFair(it, old)));
          if (found) expect(isFair(found, old)).toBe(true);
          expect(replacementFor(old, all.toReversed())).toBe(found?.policyId);
        },
      ),
    ));
  it('gives the least more', () => {
    const of = (policyId: string, days: number): Candidate => ({
      policyId,
      type: 'full_refund',
      days,
      percentage: 100,
      maxProgress: 100,
    });
    expect(replacementFor(of('a', 14), [of('b', 60), of('c', 30), of('d', 7)])).toBe('c');
  });
});
