/** The example of the checkout, for tests and the demo: a user with coins, a merchant, a campaign, and what the user asks for. */
import type { CoinType } from '@chirograph/generated/checkout/types';
import type { CheckoutRequest } from './order-service/order.ts';
import type { Checkout } from './wire.ts';

export const request: CheckoutRequest = {
  request_id: 'req_125',
  idempotency_key: 'idem_user789_20260104_101700',
  session_id: 'sess_abc123',
  user_id: 'user_789',
  user_name: 'John Doe',
  user_phone: '+91-9876543210',
  merchant_id: 'merch_bizone_001',
  items: [
    { product_id: 'prod_123', product_name: 'Organic Apples (1 kg)', quantity: 2, unit_price: 150 },
    { product_id: 'prod_124', product_name: 'Brown Bread (400g)', quantity: 5, unit_price: 40 },
  ],
  campaign_code: 'WEEKEND50',
  address: { line1: '123, MG Road', city: 'Bangalore', pincode: '560001' },
};

export const merchant = {
  name: 'Fresh Mart BizOne',
  company: 'bizone',
  isActive: true,
  minimumOrderValue: 200,
  pincodes: ['560001', '560002'],
} as const;
export const campaign = {
  campaign_id: 'camp_weekend_001',
  discount: 50,
  isRunning: true,
  minimumOrderValue: 300,
};
export const coins = { promo_coins: 200, branded_coins: 150, rez_coins: 400 };

/** The merchant and the campaign of the document's example, and its user with the coins of its example. */
export async function furnish({ rules, wallets }: Pick<Checkout, 'rules' | 'wallets'>): Promise<void> {
  await rules.putMerchant('merch_bizone_001', merchant);
  await rules.putCampaign('WEEKEND50', campaign);
  await rules.putVerified('user_789', true);
  for (const [coin_type, amount] of Object.entries(coins) as [CoinType, number][]) {
    await wallets.credit({ user_id: 'user_789', credit_id: coin_type, coin_type, amount });
  }
}
