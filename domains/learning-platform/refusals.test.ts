/** Each command over the broker: done, and refused for each of its failures, which the caller hears. */
import { randomUUID } from 'node:crypto';
import type { RequestedBy } from '@chirograph/generated/learning-platform/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCESS_TIME } from './access/access.ts';
import { beginLearning, DAY, euros, fullRefund, type LearningTest } from './fixture.ts';
import { screens } from './website/handlers.ts';

let test: LearningTest;
/** Who learns, who teaches, and somebody else. */
let ada: string;
let charles: string;
let eve: string;
let policy: string;
/** Deprecated. */
let oldPolicy: string;
/** Of Charles, for sale. */
let course: string;
/** Of Charles, no longer offered. */
let oldCourse: string;
/** Without a price. */
let draft: string;
/** Ada's: paid, not paid, cancelled, refunded. */
let paid: string;
let unpaid: string;
let cancelled: string;
let refunded: string;

const nobody = (): string => randomUUID();
const user = (user_id: string): RequestedBy => ({ role: 'user', user_id });
const admin: RequestedBy = { role: 'admin', user_id: '6b0d549b-6f03-475a-9600-a35a099950d8' };
const visitor: RequestedBy = { role: 'visitor' };

async function courseOf(instructorId: string, policyId = policy, currency = 'EUR'): Promise<string> {
  const courseId = randomUUID();
  await test.courses.create({ courseId, title: 'Engines', instructorId, policyId });
  const price = { ...euros(4_900), currency };
  await test.courses.update({ courseId, title: 'Engines', description: 'Cogs', price });
  return courseId;
}

beforeAll(async () => {
  test = await beginLearning();
  ada = await test.user();
  charles = await test.user();
  eve = await test.user();
  policy = await test.policy();
  oldPolicy = await test.policy();
  await test.policies.deprecate(oldPolicy);
  course = await courseOf(charles);
  oldCourse = await courseOf(charles);
  await test.courses.deprecate({ courseId: oldCourse });
  draft = randomUUID();
  await test.courses.create({ courseId: draft, title: 'Draft', instructorId: charles, policyId: policy });
  paid = await test.buy(ada, course);
  refunded = await test.buy(ada, await courseOf(charles));
  await test.orders.refund(refunded, 'requested_by_user');
  test.provider.answer = 'declined';
  unpaid = await test.buy(ada, await courseOf(charles));
  cancelled = await test.buy(ada, await courseOf(charles));
  await test.orders.cancel(cancelled);
  test.provider.answer = 'collected';
  await test.bus.settled();
});
afterAll(() => test.stop());

const site = () => test.website;
const register = (user_id: string, email = `${nobody()}@example.org`) =>
  site().registerUser({ requested_by: visitor, payload: { user_id, email, name: 'Grace' } });
const profile = (user_id: string, by = user(ada), locale = 'en') =>
  site().updateUserProfile({ requested_by: by, payload: { user_id, profile_data: { locale } } });
const email = (user_id: string, new_email: string, by = user(ada)) =>
  site().changeUserEmail({ requested_by: by, payload: { user_id, new_email } });
const create = (by: RequestedBy, instructor_id: string, policy_id = policy, course_id = nobody()) =>
  site().createCourse({ requested_by: by, payload: { course_id, title: 'T', instructor_id, policy_id } });
const update = (course_id: string, by = user(charles), title = 'Engines') =>
  site().updateCourse({
    requested_by: by,
    payload: { course_id, title, description: 'Cogs', price: euros(4_900) },
  });
const change = (course_id: string, policy_id: string, by = user(charles)) =>
  site().changeCoursePolicy({ requested_by: by, payload: { course_id, policy_id } });
const withdraw = (course_id: string, by = user(charles)) =>
  site().deprecateCourse({ requested_by: by, payload: { course_id } });
const offer = (policy_id: string, by = admin, refund_period_days = 30) =>
  site().createPolicy({
    requested_by: by,
    payload: { policy_id, name: 'Terms', type: 'full_refund', refund_period_days },
  });
const revise = (policy_id: string, refund_period_days: number, by = admin) =>
  site().updatePolicy({ requested_by: by, payload: { policy_id, new_conditions: { refund_period_days } } });
const end = (policy_id: string, by = admin) =>
  site().deprecatePolicy({ requested_by: by, payload: { policy_id } });
const place = (course_ids: string[], user_id = ada, by = user(ada), order_id = nobody()) =>
  site().placeOrder({ requested_by: by, payload: { order_id, user_id, course_ids } });
const cancel = (order_id: string, by = user(ada)) =>
  site().cancelOrder({ requested_by: by, payload: { order_id } });
const refund = (
  order_id: string,
  by = user(ada),
  refund_reason: 'requested_by_user' | 'course_deprecated' | 'charged_twice' = 'requested_by_user',
) => site().refundOrder({ requested_by: by, payload: { order_id, refund_reason } });
const learn = (progress: number, course_id = course, user_id = ada, by = user(ada)) =>
  site().updateProgress({ requested_by: by, payload: { user_id, course_id, progress } });
const revoke = (user_id: string, course_id: string, by = admin) =>
  site().revokeAccess({ requested_by: by, payload: { user_id, course_id } });

/** An order that is paid, of a course with such terms. */
async function bought(terms: Parameters<LearningTest['policy']>[0]): Promise<string> {
  return test.buy(ada, await courseOf(charles, await test.policy(terms)));
}

/** The command, the failure in the contract's words, and how it comes about. */
const rows: readonly (readonly [command: string, failure: string, ask: () => Promise<unknown>])[] = [
  ['RegisterUser', 'User exists', () => register(ada)],
  ['RegisterUser', 'Email taken', () => register(nobody(), `${ada}@example.org`)],
  ['UpdateUserProfile', 'User not found', () => profile(nobody())],
  ['UpdateUserProfile', 'Not the user', () => profile(ada, user(eve))],
  [
    'UpdateUserProfile',
    'Profile unchanged',
    async () => {
      await test.users.updateProfile(ada, { locale: 'fr' });
      await profile(ada, user(ada), 'fr');
    },
  ],
  ['ChangeUserEmail', 'User not found', () => email(nobody(), 'a@example.org')],
  ['ChangeUserEmail', 'Not the user', () => email(ada, 'a@example.org', user(eve))],
  ['ChangeUserEmail', 'Email taken', () => email(ada, `${eve}@example.org`)],
  ['ChangeUserEmail', 'Email unchanged', () => email(ada, `${ada}@example.org`)],

  ['CreateCourse', 'Course exists', () => create(user(charles), charles, policy, course)],
  ['CreateCourse', 'Not the instructor', () => create(user(eve), charles)],
  ['CreateCourse', 'Not the instructor', () => create(visitor, charles)],
  ['CreateCourse', 'Instructor not found', () => create(admin, nobody())],
  ['CreateCourse', 'Policy not found', () => create(user(charles), charles, nobody())],
  ['CreateCourse', 'Policy deprecated', () => create(user(charles), charles, oldPolicy)],
  ['UpdateCourse', 'Course not found', () => update(nobody())],
  ['UpdateCourse', 'Not the instructor', () => update(course, user(eve), 'Mine')],
  ['UpdateCourse', 'Course deprecated', () => update(oldCourse, user(charles), 'New')],
  ['UpdateCourse', 'Course unchanged', () => update(course)],
  ['ChangeCoursePolicy', 'Course not found', () => change(nobody(), policy)],
  ['ChangeCoursePolicy', 'Not the instructor', () => change(course, policy, user(eve))],
  ['ChangeCoursePolicy', 'Course deprecated', () => change(oldCourse, policy)],
  ['ChangeCoursePolicy', 'Policy not found', () => change(course, nobody())],
  ['ChangeCoursePolicy', 'Policy deprecated', () => change(course, oldPolicy)],
  ['ChangeCoursePolicy', 'Policy unchanged', () => change(course, policy)],
  ['DeprecateCourse', 'Course not found', () => withdraw(nobody())],
  ['DeprecateCourse', 'Not the instructor', () => withdraw(course, user(eve))],
  ['DeprecateCourse', 'Course deprecated', () => withdraw(oldCourse)],

  ['CreatePolicy', 'Not an admin', () => offer(nobody(), user(charles))],
  ['CreatePolicy', 'Not an admin', () => offer(nobody(), visitor)],
  ['CreatePolicy', 'Policy exists', () => offer(policy)],
  ['CreatePolicy', 'Conditions invalid', () => offer(nobody(), admin, 0)],
  ['UpdatePolicy', 'Not an admin', () => revise(policy, 14, user(charles))],
  ['UpdatePolicy', 'Policy not found', () => revise(nobody(), 14)],
  ['UpdatePolicy', 'Policy deprecated', () => revise(oldPolicy, 14)],
  ['UpdatePolicy', 'Conditions invalid', () => revise(policy, 0)],
  ['UpdatePolicy', 'Conditions unchanged', () => revise(policy, fullRefund.refund_period_days)],
  ['DeprecatePolicy', 'Not an admin', () => end(policy, user(charles))],
  ['DeprecatePolicy', 'Policy not found', () => end(nobody())],
  ['DeprecatePolicy', 'Policy deprecated', () => end(oldPolicy)],

  ['PlaceOrder', 'Order exists', () => place([draft], ada, user(ada), paid)],
  ['PlaceOrder', 'Not the user', () => place([course], ada, user(eve))],
  [
    'PlaceOrder',
    'User not found',
    () => {
      const unknown = nobody();
      return place([course], unknown, user(unknown));
    },
  ],
  ['PlaceOrder', 'Course not found', () => place([nobody()])],
  ['PlaceOrder', 'Course deprecated', () => place([oldCourse])],
  ['PlaceOrder', 'Course not for sale', () => place([draft])],
  ['PlaceOrder', 'Access held', () => place([course])],
  [
    'PlaceOrder',
    'Currencies differ',
    async () => place([await courseOf(charles), await courseOf(charles, policy, 'USD')]),
  ],
  ['CancelOrder', 'Order not found', () => cancel(nobody())],
  ['CancelOrder', 'Order not found', () => cancel(unpaid, user(eve))],
  ['CancelOrder', 'Order paid', () => cancel(paid)],
  ['CancelOrder', 'Order cancelled', () => cancel(cancelled)],
  ['CancelOrder', 'Order refunded', () => cancel(refunded)],
  ['RefundOrder', 'Order not found', () => refund(nobody())],
  ['RefundOrder', 'Order not found', () => refund(paid, user(eve))],
  ['RefundOrder', 'Not an admin', () => refund(paid, user(ada), 'charged_twice')],
  ['RefundOrder', 'Order refunded', () => refund(refunded)],
  ['RefundOrder', 'Order not paid', () => refund(unpaid)],
  ['RefundOrder', 'No course deprecated', () => refund(paid, admin, 'course_deprecated')],
  [
    'RefundOrder',
    'No refund',
    async () => refund(await bought({ type: 'no_refund', refund_period_days: 0 })),
  ],
  [
    'RefundOrder',
    'Progress too high',
    async () => {
      const strict = await courseOf(charles, await test.policy({ ...fullRefund, max_progress: 10 }));
      const orderId = await test.buy(ada, strict);
      await test.access.updateProgress({ userId: ada, courseId: strict, progress: 20 });
      await refund(orderId);
    },
  ],

  ['UpdateProgress', 'Access not found', () => learn(10, draft)],
  ['UpdateProgress', 'Not the user', () => learn(10, course, ada, user(eve))],
  [
    'UpdateProgress',
    'Progress not forward',
    async () => {
      await learn(40);
      await test.bus.settled();
      await learn(40);
    },
  ],
  ['RevokeAccess', 'Not an admin', () => revoke(ada, course, user(eve))],
  ['RevokeAccess', 'Access not found', () => revoke(eve, course)],

  // From here on time passes.
  [
    'RefundOrder',
    'Refund period over',
    async () => {
      const orderId = await bought({ ...fullRefund, refund_period_days: 1 });
      await test.pass(DAY + 1);
      await refund(orderId);
    },
  ],
  [
    'UpdateProgress',
    'Access ended',
    async () => {
      await test.pass(ACCESS_TIME);
      await learn(90);
    },
  ],
  ['RevokeAccess', 'Access ended', () => revoke(ada, course)],
];

it.each(rows)('%s: %s', async (command, failure, ask) => {
  const from = test.bus.published.length;
  await ask();
  await test.bus.settled();
  const refusals = test.bus.published.slice(from).flatMap(({ name, payload }) => {
    const { payload: data } = payload as { readonly payload: Readonly<Record<string, string>> };
    return name?.endsWith('CommandRefused') ? [data] : [];
  });
  const code = failure.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
  expect(refusals).toMatchObject([{ command, failure: code }]);
  const shown = await test.read((tx) => screens(tx).get(refusals[0]?.command_id ?? ''));
  expect(shown).toMatchObject({ failure: code, text: refusals[0]?.message });
});

describe('what users ask for is done', () => {
  it('from the account to the certificate, and the money back', async () => {
    const { published, bus } = test;
    const [learner, teacher, terms, subject, order] = Array.from({ length: 5 }, nobody) as [
      string,
      string,
      string,
      string,
      string,
    ];
    const from = bus.published.length;
    const asked = [
      () => register(learner),
      () => register(teacher),
      () => profile(learner, user(learner)),
      () => email(learner, 'grace@example.org', user(learner)),
      () => offer(terms),
      () => revise(terms, 14),
      () => create(user(teacher), teacher, terms, subject),
      () => update(subject, user(teacher), 'Compilers'),
      () => place([subject], learner, user(learner), order),
      () => learn(100, subject, learner, user(learner)),
      () => refund(order, user(learner)),
      () => place([subject], learner, user(learner)),
      () => revoke(learner, subject),
      () => change(subject, policy, user(teacher)),
      () => withdraw(subject, admin),
      () => end(terms),
    ];
    for (const ask of asked) {
      await ask();
      await bus.settled();
    }
    const names = bus.published.slice(from).map(({ name }) => name);
    expect(names.filter((it) => it?.endsWith('CommandRefused'))).toEqual([]);
    expect(published('CourseCompleted').at(-1)).toMatchObject({ user_id: learner, course_id: subject });
    expect(published('OrderRefunded').at(-1)).toMatchObject({ order_id: order });
    expect(published('AccessRevoked').at(-1)).toMatchObject({ user_id: learner, reason: 'terms_violated' });
    expect(published('CourseDeprecated').at(-1)).toMatchObject({ course_id: subject });
    expect(published('PolicyDeprecated').at(-1)).toMatchObject({ policy_id: terms });
  });
  it('an order that is not paid is cancelled by its user', async () => {
    test.provider.answer = 'declined';
    const order = nobody();
    await place([await courseOf(charles)], ada, user(ada), order);
    await test.bus.settled();
    await cancel(order);
    await test.bus.settled();
    expect(test.published('OrderCancelled').at(-1)).toMatchObject({ order_id: order });
    test.provider.answer = 'collected';
  });
});
