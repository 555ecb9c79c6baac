import { fold, isRefusal } from '@chirograph/runtime';
import { specification } from '@chirograph/runtime/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PartnerAnswer } from './partner.ts';
import { type PartnerOrderCommand, type PartnerOrderEvent, partnerOrder } from './partner-order.ts';

const given = specification(partnerOrder);

const about = { order_id: 'order_101', merchant_id: 'merch_bizone_001', request_id: 'req_125' };
const details = {
  estimated_delivery: '2026-01-04T12:00:00Z',
  tracking_url: 'https://bizone.com/track/1',
  items_count: 2,
  total_amount: 450,
};
const confirmed = (bizone_order_id: string): PartnerAnswer => ({
  kind: 'confirmed',
  bizone_order_id,
  bizone_request_id: 'bzn_req_999',
  ...details,
});
const hear = (answer: PartnerAnswer) => ({ type: 'HearAnswer', ...about, answer }) as const;
const hearNo = hear({ kind: 'rejected', reason: 'The shop has closed.' });
const cancel = (bizone_order_id: string) => ({ type: 'NoteCancelled', bizone_order_id }) as const;
const taken: PartnerOrderEvent = {
  type: 'Taken',
  data: {
    rabtul_order_id: 'order_101',
    merchant_id: 'merch_bizone_001',
    status: 'confirmed',
    bizone_order_id: 'BZN_ORD_1',
    ...details,
  },
  request_id: 'req_125',
  bizone_request_id: 'bzn_req_999',
};
const rejected: PartnerOrderEvent = { type: 'Rejected', ...about, reason: 'The shop has closed.' };
const surplus = (bizone_order_id: string): PartnerOrderEvent => ({
  type: 'SurplusTaken',
  order_id: 'order_101',
  bizone_order_id,
});
const cancelled: PartnerOrderEvent = {
  type: 'Cancelled',
  order_id: 'order_101',
  bizone_order_id: 'BZN_ORD_1',
  request_id: 'req_125',
};

describe('what BizOne answers', () => {
  it('counts', () => {
    given()
      .when(hear(confirmed('BZN_ORD_1')))
      .then(taken);
    given().when(hearNo).then(rejected);
  });
  it('counts once', () => {
    given(taken)
      .when(hear(confirmed('BZN_ORD_1')))
      .then();
    given(taken).when(hearNo).then();
    given(rejected).when(hearNo).then();
    given(taken, cancelled)
      .when(hear(confirmed('BZN_ORD_1')))
      .then();
  });
  it('is undone where it takes the order once more, or after all', () => {
    given(taken)
      .when(hear(confirmed('BZN_ORD_2')))
      .then(surplus('BZN_ORD_2'));
    given(rejected)
      .when(hear(confirmed('BZN_ORD_2')))
      .then(surplus('BZN_ORD_2'));
    given(taken, cancelled)
      .when(hear(confirmed('BZN_ORD_2')))
      .then(surplus('BZN_ORD_2'));
    given(taken, surplus('BZN_ORD_2'))
      .when(hear(confirmed('BZN_ORD_2')))
      .then();
  });
});

describe('a cancellation', () => {
  it('is of what BizOne has taken, once', () => {
    given(taken).when(cancel('BZN_ORD_1')).then(cancelled);
    given(taken, cancelled).when(cancel('BZN_ORD_1')).then();
  });
  it('needs an order that BizOne has taken', () => {
    given().when(cancel('BZN_ORD_1')).refuses('NOT_TAKEN');
    given(rejected).when(cancel('BZN_ORD_1')).refuses('NOT_TAKEN');
  });
  it('is not of another order', () => given(taken).when(cancel('BZN_ORD_2')).refuses('ANOTHER_ID'));
});

it('whatever BizOne answers, how often ever, it is told once, and one order at most is under way', () => {
  const ids = fc.constantFrom('BZN_ORD_1', 'BZN_ORD_2', 'BZN_ORD_3');
  const command: fc.Arbitrary<PartnerOrderCommand> = fc.oneof(
    ids.map((it) => hear(confirmed(it))),
    fc.constant(hearNo),
    ids.map(cancel),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 15 }), (asked) => {
      const history: PartnerOrderEvent[] = [];
      // What BizOne takes is under way there from its first answer on, until it is asked to cancel.
      const underWay = new Set<string>();
      const seen = new Set<string>();
      for (const it of asked) {
        if (it.type === 'HearAnswer' && it.answer.kind === 'confirmed') {
          const { bizone_order_id } = it.answer;
          if (!seen.has(bizone_order_id)) underWay.add(bizone_order_id);
          seen.add(bizone_order_id);
        }
        const decision = partnerOrder.decide(it, fold(partnerOrder, history));
        if (isRefusal(decision)) continue;
        for (const event of decision) {
          if (event.type === 'SurplusTaken' || event.type === 'Cancelled')
            underWay.delete(event.bizone_order_id);
        }
        history.push(...decision);
        expect(underWay.size).toBeLessThanOrEqual(1);
      }
      const told = history.filter((it) => it.type === 'Taken' || it.type === 'Rejected');
      expect(told.length).toBeLessThanOrEqual(1);
      const undone = history.flatMap((it) => (it.type === 'SurplusTaken' ? [it.bizone_order_id] : []));
      expect(new Set(undone).size).toBe(undone.length);
    }),
  );
});
