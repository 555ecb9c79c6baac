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
  const of = (policyId: string, createdAt: number, type: Candidate['type'] = 'full_refund'): Candidate => ({
    policyId,
    type,
    createdAt,
  });
  const old = of('old', 9);
  it('is the newest of the same type', () =>
    expect(replacementFor(old, [old, of('a', 1), of('b', 2), of('c', 3, 'no_refund')])).toBe('b'));
  it('is the newest of any type where there is none of the same', () =>
    expect(replacementFor(old, [of('a', 1, 'partial_refund'), of('b', 2, 'no_refund'), old])).toBe('b'));
  it('is none where there is no other', () => expect(replacementFor(old, [old])).toBeUndefined());
  it('does not depend on the order in which policies are known', () => {
    const candidate = fc.record({
      policyId: fc.string(),
      type: fc.constantFrom('full_refund' as const, 'partial_refund' as const, 'no_refund' as const),
      createdAt: fc.nat(3),
    });
    const candidates = fc.uniqueArray(candidate, { selector: ({ policyId }) => policyId });
    fc.assert(
      fc.property(candidate, candidates, (one, all) => {
        expect(replacementFor(one, all.toReversed())).toBe(replacementFor(one, all));
      }),
    );
  });
});
