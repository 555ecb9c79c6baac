/** A checkout paid in coins, told by its services: `npm run demo -- checkout`. */
import type { CoinType } from '@chirograph/generated/checkout/types';
import { deadLetters } from '@chirograph/runtime';
import type { Story, Telling } from '../../shared/demo/tell-story.ts';
import { fakeBizone } from '../fake-bizone.ts';
import { furnish, request } from '../market.ts';
import { PARTNER_TIME } from '../order-service/order.ts';
import { orderIdOf } from '../order-service/order-service.ts';
import { type Checkout, wire } from '../wire.ts';

const bizone = fakeBizone();
let isWalletSilent = false;

export const telling: Telling<Checkout> = {
  begin: (bus, log) =>
    wire({
      store: bus.store,
      broker: bus,
      clock: bus.clock,
      partner: bizone,
      messenger: async () => ({ sms: 'sms_12345', push: 'push_67890', email: 'email_11111' }),
      reachWallet: (wallet) => ({
        async debit(asked, context) {
          if (isWalletSilent) throw new Error('the connection is lost');
          return wallet.debit(asked, context);
        },
      }),
      log,
      poll: 86_400_000_000,
    }),
  tell: story,
};

async function story(checkout: Checkout, { bus, scene }: Story): Promise<void> {
  const { orders, rules, wallets } = checkout;
  await furnish(checkout);

  const coinsAre = async (...expected: readonly number[]) => {
    const balances = await bus.store.read((tx) => wallets.balancesOf(tx, request.user_id));
    const types = ['promo_coins', 'branded_coins', 'rez_coins'] as const;
    const found = types.map((it) => balances[it]);
    if (found.join() !== expected.join()) throw new Error(`the coins are ${found}, not ${expected}`);
    process.stdout.write(`    = ${types.map((it) => `${balances[it]} ${it}`).join(', ')}\n`);
  };
  let clicks = 0;
  const click = (over: Partial<typeof request> = {}) => {
    clicks += 1;
    const own = { request_id: `req_${clicks}`, idempotency_key: `idem_${clicks}` };
    return orders.placeOrder({ ...request, ...own, ...over });
  };
  const pass = async (milliseconds: number) => {
    // In steps shorter than a handler may take, for the next try begins in the middle of one.
    for (let left = milliseconds; left > 0; left -= 50_000) {
      await bus.clock.advance(Math.min(left, 50_000));
      await bus.settled();
    }
  };
  const credit = (coin_type: CoinType, amount: number) =>
    wallets.credit({ user_id: request.user_id, credit_id: `credit ${clicks}`, coin_type, amount });
  const refusedFor = async (code: string, placed: ReturnType<typeof click>) => {
    const outcome = await placed;
    if (outcome.kind !== 'refused' || outcome.code !== code)
      throw new Error(`${code} should have been the answer`);
    process.stdout.write(`    ✗ ${outcome.message}\n`);
  };

  await rules.putVerified(request.user_id, false);
  await scene(
    'John, whose identity nobody has verified, places an order: the cart is rejected.',
    () => refusedFor('CART_REJECTED', click()),
    'order.validation_started',
    'order.validation_completed',
  );
  await rules.putVerified(request.user_id, true);
  await scene(
    'Verified, he orders apples and bread, with the campaign of the weekend: 450, paid in coins of three types.',
    () => click({ idempotency_key: 'idem_apples' }),
    'order.validation_started',
    'order.validation_completed',
    'order.initiated',
    'wallet.debit_started',
    'wallet.debited',
    'wallet.debited',
    'wallet.debited',
    'order.paid',
    'bizone.order_created',
    'order.created',
    'order.confirmation_sent',
  );
  await coinsAre(0, 0, 300);
  const sent = bus.published.length;
  await scene('He clicks again: it is the same order, and nothing happens.', () =>
    click({ idempotency_key: 'idem_apples' }),
  );
  if (bus.published.length !== sent) throw new Error('the second click has led to something');
  await scene('The key of that order, with another cart: refused.', () =>
    refusedFor(
      'IDEMPOTENCY_KEY_REUSED',
      click({ idempotency_key: 'idem_apples', items: request.items.slice(1) }),
    ),
  );

  await scene(
    'He orders the same anew: the wallet holds 300, and nothing is taken.',
    () => click(),
    'wallet.debit_started',
    'wallet.debit_failed',
    'order.failed',
  );
  await coinsAre(0, 0, 300);
  await credit('promo_coins', 200);
  isWalletSilent = true;
  await scene('With 200 more, the wallet does not answer: the order fails.', () => click(), 'order.failed');
  isWalletSilent = false;

  bizone.mode = 'rejects';
  await scene(
    'The wallet is back, and BizOne rejects the order: the coins go back to the types from which they came.',
    () => click(),
    'order.paid',
    'bizone.order_rejected',
    'order.failed',
    'wallet.refunded',
  );
  await coinsAre(200, 0, 300);
  bizone.mode = 'takes-another';
  await scene(
    'BizOne takes it over another amount: it cannot be completed, BizOne has to cancel, and the coins go back.',
    () => click(),
    'bizone.order_created',
    'order.failed',
    'bizone.cancel_order',
    'bizone.order_cancelled',
  );
  await coinsAre(200, 0, 300);

  bizone.mode = 'silent';
  await scene(
    'BizOne is silent: it is asked six times in 66 minutes, and then the message is left to people; the order is given up.',
    async () => {
      await click();
      await bus.settled();
      await pass(PARTNER_TIME);
    },
    'order.paid',
    'order.failed',
    'wallet.refunded',
  );
  await coinsAre(200, 0, 300);
  bizone.mode = 'takes';
  const letters = deadLetters(bus.store, { clock: bus.clock });
  await scene(
    'Somebody redrives the dead letter: BizOne takes the order, too late, and has to cancel it.',
    async () => {
      for (const { id } of await letters.list()) await letters.redrive(id);
      await pass(50_000);
    },
    'bizone.order_created',
    'bizone.cancel_order',
    'bizone.order_cancelled',
  );
  bizone.mode = 'answer-lost';
  await scene(
    'BizOne takes an order, and its answer is lost: asked again, it is still one order.',
    async () => {
      await click({ idempotency_key: 'idem_lost' });
      await bus.settled();
      bizone.mode = 'takes';
      await pass(1_000);
    },
    'bizone.order_created',
    'order.created',
    'order.confirmation_sent',
  );
  await coinsAre(0, 0, 50);
  const order_id = orderIdOf('idem_lost');
  const { items, merchant_id, address } = request;
  await scene('BizOne answers again, with a second order for it: that one is cancelled there.', () =>
    checkout.bizone.hear(
      order_id,
      bizone.placeAgain({ order_id, items, merchant_id, address, total_amount: 450 }),
    ),
  );
  if (bizone.underWay.get(order_id)?.size !== 1) throw new Error('one order should be under way at BizOne');
}
