/** The money, in the whole checkout: whatever goes wrong, none is lost or made. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { beginCheckout } from './fixture.ts';
import { request } from './market.ts';
import { DEBIT_TIME, PARTNER_TIME } from './order-service/order.ts';

it('whatever goes wrong, and in whatever order, no coin is lost or made, and what failed is paid back', async () => {
  const step = fc.record({
    key: fc.integer({ min: 1, max: 4 }),
    quantity: fc.integer({ min: 1, max: 3 }),
    partner: fc.constantFrom('takes', 'rejects', 'silent', 'answer-lost', 'takes-another'),
    wallet: fc.constantFrom('answers', 'answers', 'silent', 'answer-lost'),
    isTwice: fc.boolean(),
    wait: fc.constantFrom(0, 1_000, 40_000),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (played) => {
      const test = await beginCheckout();
      try {
        const [apples] = request.items;
        if (!apples) throw new Error('the request has no items');
        for (const [index, { key, quantity, partner, wallet, isTwice, wait }] of played.entries()) {
          Object.assign(test.partner, { mode: partner });
          test.wallet = wallet;
          const asked = {
            ...request,
            campaign_code: undefined,
            items: [{ ...apples, quantity: quantity + 1 }],
            idempotency_key: `idem_${key}`,
          };
          const clicks = Array.from({ length: isTwice ? 2 : 1 }, (_, again) =>
            test.orders.placeOrder({ ...asked, request_id: `req_${index}_${again}` }),
          );
          await Promise.all(clicks);
          await test.bus.settled();
          if (wait > 0) await test.pass(wait);
        }
        test.partner.mode = 'takes';
        await test.pass(PARTNER_TIME + DEBIT_TIME);

        const sum = (name: string, field: string, order: (data: Sent) => unknown, id: string) =>
          test
            .published(name)
            .filter(({ data }) => order(data) === id)
            .reduce((all, { data }) => all + Number(data[field]), 0);
        let spent = 0;
        for (const { data } of test.published('order.initiated')) {
          const id = String(data.order_id);
          const taken = sum('wallet.debited', 'amount', (it) => relatedTo(it), id);
          const back = sum('wallet.refunded', 'total_refunded', (it) => it.original_order_id, id);
          const isCreated = test.published('order.created').some((it) => it.data.order_id === id);
          const isFailed = test.published('order.failed').some((it) => it.data.order_id === id);
          expect([isCreated, isFailed]).toContain(true);
          expect(isCreated && isFailed).toBe(false);
          expect(taken - back).toBe(isCreated ? data.final_amount : 0);
          expect(test.partner.underWay.get(id)?.size ?? 0).toBe(isCreated ? 1 : 0);
          spent += taken - back;
        }
        const { promo_coins, branded_coins, rez_coins } = await test.balances();
        expect(promo_coins + branded_coins + rez_coins + spent).toBe(750);
      } finally {
        await test.stop();
      }
    }),
    { numRuns: 15 },
  );
});

type Sent = Readonly<Record<string, unknown>>;

function relatedTo({ related_entity }: Sent): unknown {
  return typeof related_entity === 'object' && related_entity && 'id' in related_entity
    ? related_entity.id
    : undefined;
}
