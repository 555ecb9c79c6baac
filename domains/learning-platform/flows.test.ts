/** Each flow of specs/learning-platform, played: what is sent and received, in order and by its causes, is what the flow says. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { type Play, testFlows } from '../shared/flows/fixture.ts';
import { ACCESS_TIME } from './access/access.ts';
import { type LearningTest, learningTest } from './fixture.ts';
import { PAYMENT_TIME } from './orders/order.ts';

const plays: Readonly<Record<string, Play<LearningTest>>> = {
  purchase: {
    async prepare(test) {
      const userId = await test.user();
      const courseIds = [await test.course(), await test.course()];
      return () => test.buy(userId, ...courseIds);
    },
  },
  refund: {
    async prepare(test) {
      const orderId = await test.buy(await test.user(), await test.course(), await test.course());
      return () => test.orders.refund(orderId, 'requested_by_user');
    },
  },
  policyDeprecation: {
    async prepare(test) {
      const policyId = await test.policy();
      await test.policy();
      await test.course({ policyId });
      await test.course({ policyId });
      return () => test.policies.deprecate(policyId);
    },
  },
  learning: {
    async prepare(test) {
      const userId = await test.user();
      const courseId = await test.course();
      await test.buy(userId, courseId);
      return async () => {
        await test.access.updateProgress({ userId, courseId, progress: 42.5 });
        await test.bus.settled();
        await test.access.updateProgress({ userId, courseId, progress: 100 });
      };
    },
  },
  welcome: { prepare: async (test) => () => test.user() },
  accessExpired: {
    beside: ['OrderPlaced', 'OrderPaid'],
    async prepare(test) {
      const userId = await test.user();
      const courseId = await test.course();
      return async () => {
        await test.buy(userId, courseId);
        await test.pass(ACCESS_TIME);
      };
    },
  },
  orderCancelled: {
    async prepare(test) {
      const userId = await test.user();
      const courseId = await test.course();
      test.provider.answer = 'declined';
      return async () => {
        await test.buy(userId, courseId);
        await test.pass(PAYMENT_TIME);
      };
    },
  },
};

testFlows('learning-platform', learningTest, plays);

it('a user cancels an order that waits for its payment', async () => {
  const test = await learningTest();
  test.provider.answer = 'declined';
  const orderId = await test.buy(await test.user(), await test.course());
  expect(await test.orders.cancel(orderId)).toMatchObject({ kind: 'accepted' });
  expect(await test.orders.cancel(randomUUID())).toMatchObject({ code: 'order-not-found' });
});
