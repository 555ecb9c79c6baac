import type { RefundConditions } from '@chirograph/generated/learning-platform/types';
import { specification } from '@chirograph/runtime/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PolicyEvent, refundOf, refundPolicy, type Terms } from './refund-policy.ts';

const given = specification(refundPolicy);

const DAY = 86_400_000;
const full = { type: 'full_refund', refund_period_days: 30 } as const;
const half = { type: 'partial_refund', refund_period_days: 14, refund_percentage: 50 } as const;
const create = { type: 'CreatePolicy', policyId: 'p-1', name: 'Fair', terms: full } as const;
const update = { type: 'UpdatePolicy', conditions: { refund_period_days: 60 } } as const;
const deprecate = { type: 'DeprecatePolicy' } as const;

const created: PolicyEvent = { type: 'PolicyCreated', data: { policy_id: 'p-1', name: 'Fair', ...full } };
const updated = (conditions: object): PolicyEvent => ({
  type: 'PolicyUpdated',
  data: { policy_id: 'p-1', new_conditions: conditions },
});
const deprecated: PolicyEvent = { type: 'PolicyDeprecated', data: { policy_id: 'p-1', name: 'Fair' } };

describe('a refund policy', () => {
  it('is created, once', () => {
    given().when(create).then(created);
    given(created).when(create).refuses('policy-exists');
  });
  it('tells at its creation what the event of it has no field for', () => {
    const { refund_percentage, ...told } = half;
    given()
      .when({ ...create, terms: half })
      .then(
        { type: 'PolicyCreated', data: { policy_id: 'p-1', name: 'Fair', ...told } },
        updated({ refund_percentage }),
      );
  });
  it('is changed, and tells only what is new', () => {
    given(created)
      .when({ ...update, conditions: { type: 'full_refund', max_progress: 20 } })
      .then(updated({ max_progress: 20 }));
    given(created, updated(update.conditions)).when(update).refuses('conditions-unchanged');
  });
  it('is deprecated, and is as it is then', () => {
    given(created).when(deprecate).then(deprecated);
    for (const command of [update, deprecate]) {
      given(created, deprecated).when(command).refuses('policy-deprecated');
    }
  });
  it('is there before it is changed or deprecated', () => {
    for (const command of [update, deprecate]) given().when(command).refuses('policy-not-found');
  });
  it.each<[string, Terms & RefundConditions]>([
    ['a refund without a period', { ...full, refund_period_days: 0 }],
    ['a period without a refund', { type: 'no_refund', refund_period_days: 1 }],
    ['a full refund of less', { ...full, refund_percentage: 99 }],
    ['a part of unknown size', { type: 'partial_refund', refund_period_days: 1 }],
    ['a part that is nothing', { ...half, refund_percentage: 0 }],
    ['a part that is all', { ...half, refund_percentage: 100 }],
  ])('is not %s', (_, terms) => {
    given()
      .when({ ...create, terms })
      .refuses('conditions-invalid');
    given(created, updated({ refund_percentage: 100 }))
      .when({ type: 'UpdatePolicy', conditions: { refund_percentage: 0, ...terms } })
      .refuses('conditions-invalid');
  });
});

describe('what comes back', () => {
  const asked = { price: 4_999, paidAt: 0, at: 0, progress: 0 };
  it('is all, or a part rounded in favour of the learner', () => {
    expect(refundOf(full, asked)).toBe(4_999);
    expect(refundOf(half, asked)).toBe(2_500);
  });
  it('is nothing by a policy without refunds', () =>
    expect(refundOf({ type: 'no_refund', refund_period_days: 0 }, asked)).toMatchObject({
      code: 'no-refund',
    }));
  it('is nothing after the period, and something at its last moment', () => {
    expect(refundOf(full, { ...asked, at: 30 * DAY })).toBe(4_999);
    expect(refundOf(full, { ...asked, at: 30 * DAY + 1 })).toMatchObject({ code: 'refund-period-over' });
  });
  it('is nothing after too much of the course, and something just before', () => {
    const terms = { ...full, max_progress: 20 };
    expect(refundOf(terms, { ...asked, progress: 20 })).toBe(4_999);
    expect(refundOf(terms, { ...asked, progress: 20.5 })).toMatchObject({ code: 'progress-too-high' });
  });
  it('is never more than was paid, nor less than nothing', () =>
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 100, noNaN: true }), (price, refund_percentage) => {
        const back = Number(refundOf({ ...half, refund_percentage }, { ...asked, price }));
        expect(back).toBeGreaterThanOrEqual(0);
        expect(back).toBeLessThanOrEqual(price);
      }),
    ));
});
