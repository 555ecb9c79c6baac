/** Ada learns, told by the services: `npm run demo -- learning-platform`. */
import { randomUUID } from 'node:crypto';
import type { Story, Telling } from '../../shared/demo/tell-story.ts';
import { ACCESS_TIME } from '../access/access.ts';
import { PAYMENT_TIME } from '../orders/order.ts';
import type { PaymentProvider } from '../payment/payment-provider.ts';
import { type LearningPlatform, wire } from '../wire.ts';

let isSolvent = true;

const provider: PaymentProvider = {
  collect: async () => (isSolvent ? randomUUID() : undefined),
  giveBack: async () => undefined,
};

export const telling: Telling<LearningPlatform> = {
  begin: (bus, log) =>
    wire({
      store: bus.store,
      broker: bus,
      clock: bus.clock,
      provider,
      mailer: async () => undefined,
      log,
      poll: 864_000_000_000,
    }),
  tell: story,
};

async function story(platform: LearningPlatform, { bus, scene }: Story): Promise<void> {
  const { users, policies, courses, orders, access } = platform;
  const says = (it: unknown, wanted: unknown, of: string) => {
    if (it !== wanted) throw new Error(`${of} should be ${wanted}, and is ${it}`);
  };
  /** What is asked for is refused, for this reason. */
  const refused = async (asking: Promise<{ readonly kind: string; readonly code?: string }>, code: string) =>
    says((await asking).code, code, 'the refusal');

  const [ada, charles] = [randomUUID(), randomUUID()];
  const email = 'ada@example.org';
  await scene(
    'Charles, who teaches, and Ada, who learns, register.',
    async () => {
      await users.register({ userId: charles, email: 'charles@example.org', name: 'Charles' });
      await users.register({ userId: ada, email, name: 'Ada' });
    },
    'UserRegistered',
    'UserRegistered',
  );
  await scene('Somebody else takes her address: refused.', () =>
    refused(users.register({ userId: randomUUID(), email, name: 'Eve' }), 'email-taken'),
  );

  const [month, generous] = [randomUUID(), randomUUID()];
  await scene(
    'The platform offers refunds within 14 days, and within 30, each up to a fifth of the course.',
    async () => {
      const terms = { type: 'full_refund', max_progress: 20 } as const;
      await policies.create({
        policyId: month,
        name: '14 days',
        terms: { ...terms, refund_period_days: 14 },
      });
      await policies.create({
        policyId: generous,
        name: '30 days',
        terms: { ...terms, refund_period_days: 30 },
      });
    },
    'PolicyCreated',
    'PolicyUpdated',
    'PolicyCreated',
    'PolicyUpdated',
  );
  const [engines, cogs] = [randomUUID(), randomUUID()];
  const price = { amount: 4_900, currency: 'EUR' };
  await scene(
    'Charles creates two courses, and sets the price of one.',
    async () => {
      const about = { instructorId: charles, policyId: month };
      await courses.create({ courseId: engines, title: 'Analytical Engines', ...about });
      await courses.create({ courseId: cogs, title: 'Cogs', ...about });
      const description = 'From cards to cogs';
      await courses.update({
        courseId: engines,
        by: charles,
        title: 'Analytical Engines',
        description,
        price,
      });
    },
    'CourseCreated',
    'CourseCreated',
    'CourseUpdated',
  );
  says((await platform.search('analytical cog')).join(), engines, 'what a search finds');
  const order = (...courseIds: readonly string[]) =>
    orders.place({ orderId: randomUUID(), userId: ada, courseIds });
  await scene('Ada orders both: refused, one has no price yet.', () =>
    refused(order(engines, cogs), 'course-not-for-sale'),
  );
  await scene(
    'The price is set, and Ada sets about changing it: only the second is refused.',
    async () => {
      const changes = { courseId: cogs, title: 'Cogs', description: 'And wheels', price };
      await courses.update({ ...changes, by: charles });
      await refused(courses.update({ ...changes, by: ada }), 'not-the-instructor');
    },
    'CourseUpdated',
  );

  await scene(
    'The 14 days are deprecated: both courses get the 30 days, the newest of the same type.',
    () => policies.deprecate(month),
    'PolicyDeprecated',
    'CoursePolicyChanged',
    'CoursePolicyChanged',
  );
  await scene('A course goes back to the 14 days: refused.', () =>
    refused(courses.changePolicy({ courseId: cogs, by: charles, policyId: month }), 'policy-deprecated'),
  );

  isSolvent = false;
  await scene(
    'Ada orders, her card is declined, and after a day the order is cancelled.',
    async () => {
      await order(engines);
      await bus.settled();
      await bus.clock.advance(PAYMENT_TIME);
    },
    'OrderPlaced',
    'OrderCancelled',
  );
  isSolvent = true;
  const orderId = randomUUID();
  await scene(
    'With another card both courses open.',
    () => orders.place({ orderId, userId: ada, courseIds: [engines, cogs] }),
    'OrderPlaced',
    'OrderPaid',
    'CourseAccessGranted',
    'CourseAccessGranted',
  );
  await scene('She orders one again: refused, it is open.', () => refused(order(engines), 'access-held'));
  const learn = (progress: number) => access.updateProgress({ userId: ada, courseId: engines, progress });
  await scene('She does a quarter of the engines.', () => learn(25), 'ProgressUpdated');
  await scene('She wants her money back: refused, a quarter is more than a fifth.', () =>
    refused(orders.refund(orderId, 'requested_by_user'), 'progress-too-high'),
  );
  await scene(
    'She finishes: a certificate, a badge.',
    () => learn(100),
    'ProgressUpdated',
    'CourseCompleted',
  );
  await scene(
    'Charles withdraws the cogs: out of the catalogue and the search.',
    () => courses.deprecate({ courseId: cogs, by: charles }),
    'CourseDeprecated',
  );
  says((await platform.search('cogs wheels')).length, 0, 'what a search for the cogs finds');
  await scene(
    'The platform gives back the order for it, and both courses close.',
    () => orders.refund(orderId, 'course_deprecated'),
    'OrderRefunded',
    'AccessRevoked',
    'AccessRevoked',
  );
  await scene('She goes on with the engines: refused.', () => refused(learn(100), 'access-ended'));
  await scene(
    'She buys the engines again; after a year it is over.',
    async () => {
      await order(engines);
      await bus.settled();
      await bus.clock.advance(ACCESS_TIME);
    },
    'OrderPaid',
    'CourseAccessGranted',
    'AccessExpired',
  );
  await scene(
    'The 30 days are deprecated too: no policy is left, and the engines are not for sale.',
    () => policies.deprecate(generous),
    'PolicyDeprecated',
  );
  await scene('Ada orders them: refused.', () => refused(order(engines), 'course-not-for-sale'));
}
