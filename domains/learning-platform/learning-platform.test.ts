/** What no single decision shows: services together, what they keep for readers, and messages that come late. */
import { randomUUID } from 'node:crypto';
import { courseProducer } from '@chirograph/generated/learning-platform/producers/course';
import { ordersProducer } from '@chirograph/generated/learning-platform/producers/orders';
import { refundPolicyProducer } from '@chirograph/generated/learning-platform/producers/refund-policy';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACCESS_TIME, isOpenAt } from './access/access.ts';
import { accessIdOf } from './access/access-service.ts';
import { badges } from './achievements/handlers.ts';
import { deprecatedPolicies } from './admin-ui/handlers.ts';
import { revocations } from './audit-logs/handlers.ts';
import { catalog, policies } from './catalog/handlers.ts';
import { approaches, certificates } from './certificates/handlers.ts';
import { invalidCourses, knownPolicies } from './course/course-service.ts';
import { beginLearning, DAY, euros, type LearningTest, learningTest } from './fixture.ts';
import { PAYMENT_TIME } from './orders/order.ts';
import { assignments } from './refund-policy/refund-policy-service.ts';
import { suspicions } from './security/handlers.ts';

describe('an address', () => {
  const name = 'Ada';
  it('is one user’s, however it is written, until they change it', async () => {
    const { users } = await learningTest();
    const [ada, eve] = [randomUUID(), randomUUID()];
    await users.register({ userId: ada, email: 'ada@example.org', name });
    const again = { userId: eve, email: 'ADA@example.org', name };
    expect(await users.register(again)).toMatchObject({ code: 'email-taken' });
    expect(await users.changeEmail(ada, 'ada@example.com')).toMatchObject({ kind: 'accepted' });
    expect(await users.register(again)).toMatchObject({ kind: 'accepted' });
    expect(await users.changeEmail(eve, 'ada@example.com')).toMatchObject({ code: 'email-taken' });
  });
  it('is one user’s when two ask at once', async () => {
    const { users, published, bus } = await learningTest();
    const asking = [randomUUID(), randomUUID()].map((userId) =>
      users.register({ userId, email: 'ada@example.org', name }),
    );
    await Promise.allSettled(asking);
    await bus.settled();
    expect(published('UserRegistered')).toHaveLength(1);
  });
  it('does not stand in stored events, nor does what else is personal', async () => {
    const { users, bus, mails } = await learningTest();
    const userId = randomUUID();
    await users.register({ userId, email: 'ada@example.org', name: 'Lovelace' });
    await users.updateProfile(userId, { bio: 'Countess', locale: 'en' });
    await users.changeEmail(userId, 'countess@example.org');
    await bus.settled();
    const stored = await bus.store.read((tx) => tx.events.load(`user/${userId}`));
    expect(stored).toHaveLength(3);
    expect(JSON.stringify(stored)).not.toMatch(/example\.org|Lovelace|Countess/);
    expect(mails.flatMap(({ address }) => address ?? []).sort()).toEqual([
      'ada@example.org',
      'countess@example.org',
    ]);
  });
  it('that changes twice in a day has the account looked at', async () => {
    const { user, users, pass, read } = await learningTest();
    const [slow, quick] = [await user(), await user()];
    await users.changeEmail(slow, 'slow-1@example.org');
    await pass(DAY + 1);
    await users.changeEmail(slow, 'slow-2@example.org');
    await users.changeEmail(quick, 'quick-1@example.org');
    await pass(DAY);
    await users.changeEmail(quick, 'quick-2@example.org');
    await pass(0);
    expect((await read((tx) => suspicions(tx).list())).map(({ id }) => id)).toEqual([quick]);
  });
});

describe('a deprecated policy', () => {
  it('makes its courses wait for their instructors where there is no other policy', async () => {
    const test = await learningTest();
    const { courses, orders, read } = test;
    const policyId = await test.policy();
    const [courseId, other] = [await test.course({ policyId }), await test.course({ policyId })];
    const userId = await test.user();
    await test.policies.deprecate(policyId);
    await test.bus.settled();
    expect(test.published('CoursePolicyChanged')).toEqual([]);
    expect((await read((tx) => deprecatedPolicies(tx).get(policyId)))?.name).toBe('Terms');
    expect(await read((tx) => invalidCourses(tx).list())).toHaveLength(2);
    const order = { orderId: randomUUID(), userId, courseIds: [courseId] };
    expect(await orders.place(order)).toMatchObject({ code: 'course-not-for-sale' });
    const chosen = await test.policy();
    await courses.changePolicy({ courseId, policyId: chosen });
    await courses.deprecate({ courseId: other });
    await test.bus.settled();
    expect(await orders.place(order)).toMatchObject({ kind: 'accepted' });
    expect(await read((tx) => invalidCourses(tx).list())).toEqual([]);
    expect(await read((tx) => assignments(tx).get(courseId))).toEqual({ policyId: chosen, isOffered: true });
  });
  it('is replaced by the newest that has its type now and is not deprecated too', async () => {
    const test = await learningTest();
    const created: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      created.push(await test.policy());
      await test.pass(1);
    }
    const [old = '', , wanted = '', changed = '', gone = ''] = created;
    const courseId = await test.course({ policyId: old });
    await test.policies.update(changed, { type: 'partial_refund', refund_percentage: 50 });
    await test.policies.deprecate(gone);
    await test.policies.deprecate(old);
    await test.bus.settled();
    expect(test.published('CoursePolicyChanged')).toEqual([
      { course_id: courseId, old_policy_id: old, new_policy_id: wanted },
    ]);
  });
  it('changes nothing for those who ordered before', async () => {
    const test = await learningTest();
    const policyId = await test.policy();
    const orderId = await test.buy(await test.user(), await test.course({ policyId }));
    await test.policies.update(policyId, { refund_period_days: 1 });
    await test.policies.deprecate(policyId);
    await test.pass(30 * DAY);
    expect(await test.orders.refund(orderId, 'requested_by_user')).toMatchObject({ kind: 'accepted' });
  });
});

describe('the money', () => {
  it('that is collected after the order was cancelled goes back, and opens nothing', async () => {
    const test = await learningTest();
    const courseId = await test.course();
    test.provider.answer = 'silence';
    const orderId = await test.buy(await test.user(), courseId);
    await test.orders.cancel(orderId);
    test.provider.answer = 'collected';
    // In steps shorter than a handler may take, for the next try begins in the middle of one.
    for (let step = 0; step < 60 && !test.provider.books.has(orderId); step += 1) await test.pass(50_000);
    expect(test.provider.books.get(orderId)).toBe(0);
    expect(test.published('OrderPaid')).toEqual([]);
    expect(test.published('CourseAccessGranted')).toEqual([]);
  });
  it('comes back as the policy says, once', async () => {
    const test = await learningTest();
    const policyId = await test.policy({
      type: 'partial_refund',
      refund_period_days: 14,
      refund_percentage: 50,
    });
    const orderId = await test.buy(await test.user(), await test.course({ policyId }));
    expect(test.provider.books.get(orderId)).toBe(4_900);
    await test.orders.refund(orderId, 'requested_by_user');
    expect(await test.orders.refund(orderId, 'requested_by_user')).toMatchObject({ code: 'order-refunded' });
    await test.bus.settled();
    expect(test.provider.books.get(orderId)).toBe(2_450);
  });
  it('does not come back when the refund is not stored in the end', async () => {
    const test = await learningTest();
    const orderId = await test.buy(await test.user(), await test.course());
    const lost = test.bus.store.transaction(async (tx) => {
      await test.orders.refund(orderId, 'requested_by_user', { tx });
      throw new Error('the connection is lost');
    });
    await expect(lost).rejects.toThrow('the connection is lost');
    await test.bus.settled();
    expect(test.provider.books.get(orderId)).toBe(4_900);
    await test.orders.refund(orderId, 'requested_by_user');
    await test.bus.settled();
    expect(test.provider.books.get(orderId)).toBe(0);
  });
  it('stays when the policy allows no refund', async () => {
    const test = await learningTest();
    const orderId = await test.buy(await test.user(), await test.course());
    await test.pass(30 * DAY + 1);
    expect(await test.orders.refund(orderId, 'requested_by_user')).toMatchObject({
      code: 'refund-period-over',
    });
    expect(test.provider.books.get(orderId)).toBe(4_900);
  });
});

describe('what is kept for readers', () => {
  it('the catalogue and the search show what is on offer, as it is now', async () => {
    const test = await learningTest();
    const { courses, read, search, bus } = test;
    const [first, second] = [await test.course(), await test.course({ title: 'Poetical Science' })];
    expect(await search('SCIEN cog')).toEqual([second]);
    await courses.update({ courseId: second, title: 'Flyology', description: 'Wings', price: euros(1) });
    await bus.settled();
    expect(await search('science')).toEqual([]);
    expect(await search('wing')).toEqual([second]);
    expect(await search(' ')).toEqual([]);
    await courses.deprecate({ courseId: first });
    await bus.settled();
    expect(await search('analytical')).toEqual([]);
    const shown = await read(catalog);
    expect([...shown]).toMatchObject([
      [second, { title: 'Flyology', description: 'Wings', price: euros(1) }],
    ]);
    expect(await read((tx) => policies(tx).list())).toHaveLength(2);
  });
  it('the search drops what it is told to, whether or not the projection has heard of it', async () => {
    const { course, search, bus } = await learningTest();
    const courseId = await course();
    expect(await search('engines')).toEqual([courseId]);
    const payload = { course_id: courseId, title: 'Analytical Engines' };
    await courseProducer(bus, bus).courseDeprecated({ aggregate_id: courseId, payload });
    await bus.settled();
    expect(await search('engines')).toEqual([]);
  });
  it('figures, certificates and badges follow the learners', async () => {
    const test = await learningTest();
    const { access, read, users } = test;
    const courseId = await test.course();
    const [ada, charles] = [await test.user(), await test.user()];
    await test.buy(ada, courseId);
    await test.buy(charles, courseId);
    test.provider.answer = 'declined';
    await test.buy(ada, await test.course());
    await test.pass(PAYMENT_TIME);
    for (const progress of [30, 100]) await access.updateProgress({ userId: ada, courseId, progress });
    await access.updateProgress({ userId: charles, courseId, progress: 50 });
    for (const locale of ['de', 'en']) await users.updateProfile(ada, { locale });
    await users.updateProfile(charles, { locale: 'en', bio: 'Builds' });
    await test.bus.settled();
    expect(await test.figures()).toEqual({
      registrations: 4,
      cancellations: 1,
      enrolments: 2,
      completions: 1,
      locales: { de: 0, en: 2 },
    });
    expect(await test.courseFigures(courseId)).toEqual({ learners: 2, progress: 150 });
    const id = accessIdOf(ada, courseId);
    expect(await read((tx) => certificates(tx).list())).toMatchObject([
      { id, document: { userId: ada, courseId } },
    ]);
    expect(await read((tx) => badges(tx).list())).toEqual([{ id, document: { userId: ada, courseId } }]);
    expect(await read((tx) => approaches(tx).get(accessIdOf(charles, courseId)))).toEqual({ progress: 50 });
  });
  it('who broke the terms loses access, is told, and it is recorded', async () => {
    const test = await learningTest();
    const [userId, courseId] = [await test.user(), await test.course()];
    await test.buy(userId, courseId);
    await test.access.revoke(userId, courseId);
    await test.bus.settled();
    expect((await test.read((tx) => revocations(tx).list())).map(({ document }) => document)).toMatchObject([
      { userId, courseId, reason: 'terms_violated' },
    ]);
    expect(test.mails.at(-1)).toMatchObject({ userId, text: 'Your course is closed: you broke the terms' });
  });
});

it('users are told what happens to their account, their orders and their courses', async () => {
  const test = await learningTest();
  const [courseId, other, userId] = [await test.course(), await test.course(), await test.user()];
  const from = test.mails.length - 1;
  await test.users.updateProfile(userId, { bio: 'Counts' });
  const orderId = await test.buy(userId, courseId);
  await test.orders.refund(orderId, 'requested_by_user');
  await test.buy(userId, other);
  test.provider.answer = 'declined';
  await test.buy(userId, courseId);
  await test.pass(PAYMENT_TIME);
  await test.pass(ACCESS_TIME);
  const told = test.mails.slice(from);
  expect(told.map((it) => it.text)).toEqual([
    'Welcome, Ada Lovelace',
    'Your profile was changed',
    'Your course is open',
    'Your order was refunded, and its course is closed',
    'Your course is open',
    'Your order is cancelled',
    expect.stringMatching(/^Your access ended on \d{4}-\d\d-\d\d$/),
  ]);
  expect(new Set(told.map((it) => it.userId))).toEqual(new Set([userId]));
  expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
});

it('services ask one another before they decide', async () => {
  const { user, policy, course, courses, orders, policies, bus } = await learningTest();
  const [instructorId, policyId, nobody] = [await user(), await policy(), randomUUID()];
  const about = { courseId: randomUUID(), title: 'Engines', instructorId, policyId };
  const place = (userId: string, courseId: string) =>
    orders.place({ orderId: randomUUID(), userId, courseIds: [courseId] });
  expect(await courses.create({ ...about, instructorId: nobody })).toMatchObject({
    code: 'instructor-not-found',
  });
  expect(await courses.create({ ...about, policyId: nobody })).toMatchObject({ code: 'policy-not-found' });
  expect(await place(nobody, await course())).toMatchObject({ code: 'user-not-found' });
  expect(await place(instructorId, nobody)).toMatchObject({ code: 'course-not-found' });
  const gone = await course();
  const orderId = randomUUID();
  await orders.place({ orderId, userId: instructorId, courseIds: [gone] });
  await bus.settled();
  expect(await orders.refund(orderId, 'course_deprecated')).toMatchObject({ code: 'no-course-deprecated' });
  await courses.deprecate({ courseId: gone });
  expect(await orders.refund(orderId, 'course_deprecated')).toMatchObject({ kind: 'accepted' });
  expect(await place(instructorId, gone)).toMatchObject({ code: 'course-deprecated' });
  await policies.deprecate(policyId);
  expect(await courses.create(about)).toMatchObject({ code: 'policy-deprecated' });
});

describe('messages that overtake one another', () => {
  const ids = () => ({ course_id: randomUUID(), title: 'Engines' });
  const policy_id = randomUUID();

  it('leave the catalogue as it should be', async () => {
    const { bus, read } = await learningTest();
    const courses = courseProducer(bus, bus);
    const [shown, gone] = [ids(), ids()];
    const news = { description: 'Wings', price: euros(1) };
    await courses.courseDeprecated({ aggregate_id: gone.course_id, payload: gone });
    for (const it of [shown, gone]) {
      const payload = { ...it, title: 'Flyology', ...news };
      await courses.courseUpdated({ aggregate_id: it.course_id, payload });
      await bus.settled();
      const created = { ...it, instructor_id: randomUUID(), policy_id };
      await courses.courseCreated({ aggregate_id: it.course_id, payload: created });
      await bus.settled();
    }
    expect([...(await read(catalog))]).toMatchObject([[shown.course_id, { title: 'Flyology', ...news }]]);
  });
  it('do not give a policy its type of before', async () => {
    const { bus, read } = await learningTest();
    const producer = refundPolicyProducer(bus, bus);
    const about = { policy_id, name: 'Terms', type: 'full_refund', refund_period_days: 30 } as const;
    const new_conditions = { type: 'no_refund', refund_period_days: 0 } as const;
    await producer.policyUpdated({ aggregate_id: policy_id, payload: { policy_id, new_conditions } });
    await bus.settled();
    await producer.policyCreated({ aggregate_id: policy_id, payload: about });
    await bus.settled();
    expect(await read(knownPolicies)).toMatchObject([{ policyId: policy_id, type: 'no_refund' }]);
  });
  it('open no course when the refund is told before the payment', async () => {
    const { bus, published } = await learningTest();
    const orders = ordersProducer(bus, bus);
    const order_id = randomUUID();
    const order = { order_id, user_id: randomUUID(), course_ids: [randomUUID()] };
    await orders.orderRefunded({
      aggregate_id: order_id,
      payload: { ...order, refund_reason: 'charged_twice' },
    });
    await bus.settled();
    await orders.orderPaid({ aggregate_id: order_id, payload: { ...order, payment_id: randomUUID() } });
    await bus.settled();
    expect(published('OrderPaid')).toHaveLength(1);
    expect(published('CourseAccessGranted')).toEqual([]);
  });
  it('tell the staff of a course that got a policy which was deprecated meanwhile', async () => {
    const test = await learningTest();
    const policyId = await test.policy();
    await test.policies.deprecate(policyId);
    const { course_id } = ids();
    const payload = { course_id, old_policy_id: randomUUID(), new_policy_id: policyId };
    await courseProducer(test.bus, test.bus).coursePolicyChanged({ aggregate_id: course_id, payload });
    await test.bus.settled();
    expect(await test.read((tx) => assignments(tx).get(course_id))).toEqual({ policyId, isOffered: false });
  });
});

/** One of two courses, one user, and what can happen to them. */
type Step =
  | {
      readonly kind: 'order';
      readonly courses: readonly (0 | 1)[];
      readonly answer: 'collected' | 'declined';
    }
  | { readonly kind: 'refund' | 'cancel'; readonly order: number }
  | { readonly kind: 'learn'; readonly course: 0 | 1 }
  | { readonly kind: 'pass'; readonly time: number };

it('whatever happens, a course is open only while it is paid, not refunded, and its time not over', async () => {
  const which = fc.constantFrom(0 as const, 1 as const);
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({
      kind: fc.constant('order' as const),
      courses: fc.uniqueArray(which, { minLength: 1 }),
      answer: fc.constantFrom('collected' as const, 'collected' as const, 'declined' as const),
    }),
    fc.record({ kind: fc.constantFrom('refund' as const, 'cancel' as const), order: fc.nat(3) }),
    fc.record({ kind: fc.constant('learn' as const), course: which }),
    fc.record({ kind: fc.constant('pass' as const), time: fc.constantFrom(DAY, 40 * DAY, ACCESS_TIME) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const test = await beginLearning();
      try {
        await play(test, steps);
      } finally {
        await test.stop();
      }
    }),
    { numRuns: 40 },
  );
});

async function play(test: LearningTest, steps: readonly Step[]): Promise<void> {
  const userId = await test.user();
  const courses = [await test.course(), await test.course()] as const;
  const orders: string[] = [];
  /** Until when each order that is paid and not given back opens its courses. */
  const paid = new Map<string, { readonly courses: readonly string[]; readonly until: number }>();
  const isOpen = (courseId: string) =>
    [...paid.values()].some((it) => it.courses.includes(courseId) && test.bus.clock.now() < it.until);

  for (const step of steps) {
    if (step.kind === 'pass') await test.pass(step.time);
    else if (step.kind === 'order') {
      const courseIds = step.courses.map((it) => courses[it]);
      test.provider.answer = step.answer;
      const wasOpen = courseIds.some(isOpen);
      const orderId = randomUUID();
      const outcome = await test.orders.place({ orderId, userId, courseIds });
      await test.bus.settled();
      expect(outcome.kind).toBe(wasOpen ? 'refused' : 'accepted');
      if (outcome.kind === 'refused') continue;
      orders.push(orderId);
      if (step.answer === 'collected') {
        paid.set(orderId, { courses: courseIds, until: test.bus.clock.now() + ACCESS_TIME });
      }
    } else if (step.kind !== 'learn') {
      const orderId = orders[step.order] ?? '';
      const outcome =
        step.kind === 'refund'
          ? await test.orders.refund(orderId, 'requested_by_user')
          : await test.orders.cancel(orderId);
      if (outcome.kind === 'accepted' && step.kind === 'refund') paid.delete(orderId);
      if (step.kind === 'cancel') expect(outcome.kind === 'accepted' && paid.has(orderId)).toBe(false);
    } else {
      const courseId = courses[step.course];
      const outcome = await test.access.updateProgress({ userId, courseId, progress: 1 });
      if (outcome.kind === 'accepted') expect(isOpen(courseId)).toBe(true);
    }
    await test.bus.settled();
    for (const courseId of courses) {
      const access = await test.read((tx) => test.access.find(tx, userId, courseId));
      expect(isOpenAt(access, test.bus.clock.now())).toBe(isOpen(courseId));
    }
    // Nobody keeps money for an order that is not paid.
    for (const orderId of orders) expect((test.provider.books.get(orderId) ?? 0) > 0).toBe(paid.has(orderId));
  }
}
