import type { Validations } from '@chirograph/generated/checkout/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { campaign, merchant } from '../market.ts';
import { type CartToCheck, type Facts, judge } from './rules.ts';

const cart: CartToCheck = {
  user_id: 'user_789',
  merchant_id: 'merch_bizone_001',
  cart_value: 500,
  campaign_code: 'WEEKEND50',
  delivery_pincode: '560001',
};
const facts: Facts = { merchant, campaign, isVerified: true };
const missed = ({ validations }: { readonly validations: Validations }) =>
  Object.entries(validations).flatMap(([check, passed]) => (passed ? [] : [check]));

describe('a cart', () => {
  it('may be checked out when every check is passed', () => {
    const { validations, offer } = judge(cart, facts);
    expect(missed({ validations })).toEqual([]);
    expect(offer).toEqual({
      merchant_name: 'Fresh Mart BizOne',
      merchant_company: 'bizone',
      discount: 50,
      campaign_id: 'camp_weekend_001',
    });
  });
  it('needs no campaign, and then nothing is taken off', () =>
    expect(judge({ ...cart, campaign_code: undefined }, facts).offer).toEqual({
      merchant_name: 'Fresh Mart BizOne',
      merchant_company: 'bizone',
      discount: 0,
    }));
  it('reaches the minimum exactly', () => {
    const small = { ...cart, cart_value: 200, campaign_code: undefined };
    expect(missed(judge(small, facts))).toEqual([]);
    expect(missed(judge({ ...small, cart_value: 199 }, facts))).toEqual(['min_order_value']);
  });
  it.each<[string, Partial<CartToCheck>, Partial<Facts>, readonly string[]]>([
    ['goes elsewhere', { delivery_pincode: '110001' }, {}, ['delivery_zone']],
    ['has an unknown campaign', {}, { campaign: undefined }, ['campaign_eligible']],
    [
      'has a campaign that is over',
      {},
      { campaign: { ...campaign, isRunning: false } },
      ['campaign_eligible'],
    ],
    ['is too small for its campaign', { cart_value: 299 }, {}, ['campaign_eligible']],
    ['would be free', {}, { campaign: { ...campaign, discount: 500 } }, ['campaign_eligible']],
    ['is of a user who is not verified', {}, { isVerified: false }, ['user_kyc']],
    ['is of a closed merchant', {}, { merchant: { ...merchant, isActive: false } }, ['merchant_active']],
    [
      'is of an unknown merchant',
      {},
      { merchant: undefined },
      ['min_order_value', 'delivery_zone', 'merchant_active'],
    ],
    [
      'is worth nothing',
      { cart_value: 0, campaign_code: undefined },
      { merchant: { ...merchant, minimumOrderValue: 0 } },
      ['min_order_value'],
    ],
  ])('may not when it %s', (_, cartOver, factsOver, checks) => {
    const verdict = judge({ ...cart, ...cartOver }, { ...facts, ...factsOver });
    expect(missed(verdict)).toEqual(checks);
    expect(verdict.offer).toBeUndefined();
  });
});

it('whatever the cart, there is an offer if and only if every check is passed, and it leaves something to pay', () => {
  fc.assert(
    fc.property(
      fc.nat(600),
      fc.nat(600),
      fc.boolean(),
      fc.option(fc.constant('WEEKEND50'), { nil: undefined }),
      (cart_value, discount, isVerified, campaign_code) => {
        const known = { merchant, campaign: { ...campaign, discount }, isVerified };
        const { offer, validations } = judge({ ...cart, cart_value, campaign_code }, known);
        expect(offer !== undefined).toBe(missed({ validations }).length === 0);
        if (offer) expect(cart_value - offer.discount).toBeGreaterThan(0);
      },
    ),
  );
});
