/** Each flow of specs/checkout, played: what is sent and received, in order and by its causes, is what the flow says. */
import { flowDifferences } from '@chirograph/runtime/testing';
import { describe, expect, it } from 'vitest';
import { flowsOf } from '../shared/flows/fixture.ts';
import { type CheckoutTest, checkoutTest } from './fixture.ts';
import { merchant } from './market.ts';

const flows = flowsOf('checkout');

interface Play {
  /** Messages of which other flows tell. */
  readonly beside?: readonly string[];
  prepare?(test: CheckoutTest): void | Promise<void>;
}

const plays: Readonly<Record<string, Play>> = {
  orderFlow: {},
  orderFailed: {
    // The checks see an open shop; it closes before the order is paid.
    async prepare(test) {
      const { rules } = test;
      const { validate } = rules;
      Object.assign(rules, {
        async validate(cart: Parameters<typeof validate>[0]) {
          const verdict = await validate(cart);
          await rules.putMerchant('merch_bizone_001', { ...merchant, isActive: false });
          return verdict;
        },
      });
    },
  },
  debitFailed: {
    prepare: async (test) => void (await test.wallets.freeze('user_789')),
  },
  orderRefunded: {
    prepare(test) {
      test.partner.mode = 'rejects';
    },
  },
  validationRejected: {
    prepare: (test) => test.rules.putVerified('user_789', false),
  },
  completionFailed: {
    beside: [
      'order.validation_started',
      'order.validation_completed',
      'order.initiated',
      'wallet.debit_started',
      'wallet.debited',
    ],
    prepare(test) {
      test.partner.mode = 'takes-another';
    },
  },
};

describe('each declared flow', () => {
  it('is played', () => expect(Object.keys(plays).sort()).toEqual([...flows.keys()].sort()));

  it.each([...flows])('%s', async (name, steps) => {
    const test = await checkoutTest();
    const play = plays[name];
    if (!play) throw new Error(`nobody plays ${name}`);
    await play.prepare?.(test);
    await test.bus.settled();
    const from = test.observed.length;
    await test.place();
    expect(flowDifferences(steps, test.observed.slice(from), { beside: play.beside })).toEqual([]);
  });
});
