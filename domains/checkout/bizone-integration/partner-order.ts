/** An order at BizOne: answered once, whatever is answered later. Pure. */
import type { BizoneOrderCreatedData } from '@chirograph/generated/checkout/types';
import { type Decider, refuse } from '@chirograph/runtime';
import type { PartnerAnswer } from './partner.ts';

export type PartnerOrderFailure = 'NOT_TAKEN' | 'ANOTHER_ID';

export type PartnerOrderCommand =
  | {
      readonly type: 'HearAnswer';
      readonly order_id: string;
      readonly merchant_id: string;
      readonly request_id: string;
      readonly answer: PartnerAnswer;
    }
  | { readonly type: 'NoteCancelled'; readonly bizone_order_id: string };

/** As the stream keeps it. */
export type PartnerOrderEvent =
  | {
      readonly type: 'Taken';
      readonly data: BizoneOrderCreatedData;
      readonly request_id: string;
      readonly bizone_request_id: string;
    }
  | {
      readonly type: 'Rejected';
      readonly order_id: string;
      readonly merchant_id: string;
      readonly reason: string;
      readonly request_id: string;
    }
  /** BizOne took the order once more, or after it had rejected it: one of the two must not be delivered. */
  | { readonly type: 'SurplusTaken'; readonly order_id: string; readonly bizone_order_id: string }
  | {
      readonly type: 'Cancelled';
      readonly order_id: string;
      readonly bizone_order_id: string;
      readonly request_id: string;
    };

export type PartnerOrderState =
  | { readonly kind: 'unanswered' }
  | { readonly kind: 'rejected'; readonly surplus: readonly string[] }
  | {
      readonly kind: 'taken' | 'cancelled';
      readonly order_id: string;
      readonly bizone_order_id: string;
      readonly request_id: string;
      readonly surplus: readonly string[];
    };

export const partnerOrder: Decider<
  PartnerOrderState,
  PartnerOrderCommand,
  PartnerOrderEvent,
  PartnerOrderFailure
> = {
  initialState: () => ({ kind: 'unanswered' }),
  decide(command, state) {
    if (command.type === 'HearAnswer') return hear(command, state);
    if (state.kind === 'unanswered' || state.kind === 'rejected') {
      return refuse('NOT_TAKEN', 'BizOne has not taken the order.');
    }
    const { order_id, bizone_order_id, request_id } = state;
    if (bizone_order_id !== command.bizone_order_id) {
      return refuse('ANOTHER_ID', 'The order has another id at BizOne.');
    }
    return state.kind === 'taken' ? [{ type: 'Cancelled', order_id, bizone_order_id, request_id }] : [];
  },
  evolve(state, event) {
    switch (event.type) {
      case 'Taken': {
        const { rabtul_order_id: order_id, bizone_order_id } = event.data;
        return { kind: 'taken', order_id, bizone_order_id, request_id: event.request_id, surplus: [] };
      }
      case 'Rejected':
        return { kind: 'rejected', surplus: [] };
      case 'SurplusTaken':
        if (state.kind === 'unanswered') return state;
        return { ...state, surplus: [...state.surplus, event.bizone_order_id] };
      case 'Cancelled':
        return state.kind === 'taken' ? { ...state, kind: 'cancelled' } : state;
    }
  },
};

function hear(
  { order_id, merchant_id, request_id, answer }: Extract<PartnerOrderCommand, { type: 'HearAnswer' }>,
  state: PartnerOrderState,
): readonly PartnerOrderEvent[] {
  if (answer.kind === 'rejected') {
    if (state.kind !== 'unanswered') return [];
    return [{ type: 'Rejected', order_id, merchant_id, reason: answer.reason, request_id }];
  }
  const { kind, bizone_request_id, ...taken } = answer;
  const { bizone_order_id } = taken;
  if (state.kind === 'unanswered') {
    const data = { rabtul_order_id: order_id, merchant_id, status: 'confirmed', ...taken } as const;
    return [{ type: 'Taken', data, request_id, bizone_request_id }];
  }
  const isKnown =
    state.surplus.includes(bizone_order_id) ||
    (state.kind !== 'rejected' && state.bizone_order_id === bizone_order_id);
  return isKnown ? [] : [{ type: 'SurplusTaken', order_id, bizone_order_id }];
}
