/** Policies end while courses get them, asked by several at once: no course that is for sale keeps one that is no longer offered. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { invalidCourses } from './course/course-service.ts';
import { beginLearning, type LearningTest } from './fixture.ts';

/** What a client asks: about one of a few policies and courses. */
interface Ask {
  readonly kind: 'create-policy' | 'deprecate' | 'create-course' | 'change' | 'withdraw';
  readonly policy: number;
  readonly course: number;
}

const ask: fc.Arbitrary<Ask> = fc.record({
  kind: fc.constantFrom(
    'create-policy' as const,
    'deprecate' as const,
    'create-course' as const,
    'change' as const,
    'change' as const,
    'withdraw' as const,
  ),
  policy: fc.nat(3),
  course: fc.nat(3),
});

/** What several clients ask at the same time, and whether all has arrived before the next do. */
const round = fc.record({ asks: fc.array(ask, { minLength: 1, maxLength: 6 }), isSettled: fc.boolean() });

it('with many requests at once, each course has a policy that is offered, or waits for one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(round, { maxLength: 6 }), async (rounds) => {
      const test = await beginLearning();
      try {
        await play(test, rounds);
      } finally {
        await test.stop();
      }
    }),
    { numRuns: 60 },
  );
});

async function play(test: LearningTest, rounds: readonly { asks: readonly Ask[]; isSettled: boolean }[]) {
  const { courses, policies, bus, read } = test;
  const instructorId = await test.user();
  const ids = Array.from({ length: 8 }, () => randomUUID());
  const policyId = (of: Ask) => ids[of.policy] ?? '';
  const courseId = (of: Ask) => ids[4 + of.course] ?? '';
  const terms = { type: 'full_refund', refund_period_days: 30 } as const;
  const asked = (of: Ask): Promise<unknown> => {
    const about = { courseId: courseId(of), policyId: policyId(of) };
    switch (of.kind) {
      case 'create-policy':
        return policies.create({ policyId: policyId(of), name: 'Terms', terms });
      case 'deprecate':
        return policies.deprecate(policyId(of));
      case 'create-course':
        return courses.create({ ...about, title: 'Engines', instructorId });
      case 'change':
        return courses.changePolicy(about);
      case 'withdraw':
        return courses.deprecate(about);
    }
  };
  // Two policies and two courses are there, so that most of what is asked is about something.
  for (const index of [0, 1]) {
    await asked({ kind: 'create-policy', policy: index, course: 0 });
    await asked({ kind: 'create-course', policy: index, course: index });
  }
  await bus.settled();
  for (const { asks, isSettled } of rounds) {
    await Promise.all(asks.map(asked));
    if (isSettled) await bus.settled();
  }
  await bus.settled();

  const waiting = (await read((tx) => invalidCourses(tx).list())).map(({ id }) => id);
  for (const id of ids.slice(4)) {
    const course = await read((tx) => courses.find(tx, id));
    if (course.kind !== 'offered') {
      expect(waiting).not.toContain(id);
      continue;
    }
    const policy = await read((tx) => policies.find(tx, course.policyId));
    expect(course.isPolicyValid).toBe(policy.kind === 'offered');
    expect(waiting.includes(id)).toBe(!course.isPolicyValid);
    // Each change is told once, and goes on from the one before.
    const told = test.published('CoursePolicyChanged').filter((it) => it.course_id === id);
    const [created] = test.published('CourseCreated').filter((it) => it.course_id === id);
    const last = told.reduce((policy, it) => {
      expect(it.old_policy_id).toBe(policy);
      return it.new_policy_id;
    }, created?.policy_id);
    expect(last).toBe(course.policyId);
  }
}
