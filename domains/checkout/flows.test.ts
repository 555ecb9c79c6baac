/** Each flow of specs/checkout, played: what is sent and received, in order and by its causes, is what the flow says. */
import { type Play, testFlows } from '../shared/flows/fixture.ts';
import { type CheckoutTest, checkoutTest } from './fixture.ts';
import { merchant } from './market.ts';

/** A user places an order; before that something may be other than usual. */
const placing =
  (before: (test: CheckoutTest) => unknown = () => undefined) =>
  async (test: CheckoutTest) => {
    await before(test);
    return () => test.place();
  };

const plays: Readonly<Record<string, Play<CheckoutTest>>> = {
  orderFlow: { prepare: placing() },
  orderFailed: {
    // The checks see an open shop; it closes before the order is paid.
    prepare: placing(({ rules }) => {
      const { validate } = rules;
      Object.assign(rules, {
        async validate(cart: Parameters<typeof validate>[0]) {
          const verdict = await validate(cart);
          await rules.putMerchant('merch_bizone_001', { ...merchant, isActive: false });
          return verdict;
        },
      });
    }),
  },
  debitFailed: {
    prepare: placing((test) => test.wallets.freeze('user_789')),
  },
  orderRefunded: {
    prepare: placing((test) => {
      test.partner.mode = 'rejects';
    }),
  },
  validationRejected: {
    prepare: placing((test) => test.rules.putVerified('user_789', false)),
  },
  completionFailed: {
    beside: [
      'order.validation_started',
      'order.validation_completed',
      'order.initiated',
      'wallet.debit_started',
      'wallet.debited',
    ],
    prepare: placing((test) => {
      test.partner.mode = 'takes-another';
    }),
  },
};

testFlows('checkout', checkoutTest, plays);
