/** BizOne as tests and the demo play it: it says what it is told to say, and keeps its orders. */
import type { Partner, PartnerAnswer, PartnerOrder } from './bizone-integration/partner.ts';

export interface FakeBizone extends Partner {
  /**
   * - `takes`: the order, and answers the same when it is asked again;
   * - `rejects`: the order;
   * - `silent`: does not take it, and does not answer;
   * - `answer-lost`: takes it, and the answer is lost on the way;
   * - `takes-another`: answers with an order over another amount.
   */
  mode: 'takes' | 'rejects' | 'silent' | 'answer-lost' | 'takes-another';
  /** How often it was asked to place an order. */
  readonly asked: number;
  /** What is under way there: its own ids, by our order's. */
  readonly underWay: ReadonlyMap<string, ReadonlySet<string>>;
  /** One more order of BizOne's own making, as if it had placed ours twice. */
  placeAgain(order: PartnerOrder): Confirmed;
}

type Confirmed = Extract<PartnerAnswer, { kind: 'confirmed' }>;

export function fakeBizone(): FakeBizone {
  const underWay = new Map<string, Set<string>>();
  const answers = new Map<string, Confirmed>();
  let asked = 0;
  let taken = 0;

  function take({ order_id, items, total_amount }: PartnerOrder): Confirmed {
    taken += 1;
    const bizone_order_id = `BZN_ORD_${taken}`;
    underWay.set(order_id, (underWay.get(order_id) ?? new Set()).add(bizone_order_id));
    return {
      kind: 'confirmed',
      bizone_order_id,
      bizone_request_id: `bzn_req_${taken}`,
      estimated_delivery: '2026-01-04T12:00:00Z',
      tracking_url: `https://bizone.com/track/${bizone_order_id}`,
      items_count: items.length,
      total_amount,
    };
  }

  return {
    mode: 'takes',
    underWay,
    get asked() {
      return asked;
    },
    placeAgain: take,
    async place(order) {
      asked += 1;
      if (this.mode === 'silent') throw new Error('BizOne does not answer');
      if (this.mode === 'rejects') return { kind: 'rejected', reason: 'The shop has closed.' };
      const answer = answers.get(order.order_id) ?? take(order);
      answers.set(order.order_id, answer);
      if (this.mode === 'answer-lost') throw new Error('BizOne does not answer');
      return this.mode === 'takes-another' ? { ...answer, total_amount: answer.total_amount + 1 } : answer;
    },
    async cancel({ order_id, bizone_order_id }) {
      if (this.mode === 'silent') throw new Error('BizOne does not answer');
      underWay.get(order_id)?.delete(bizone_order_id);
    },
  };
}
