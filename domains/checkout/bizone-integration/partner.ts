import type { Address, OrderItem } from '@chirograph/generated/checkout/types';

/**
 * BizOne, as its API is. It is outside the transaction: after a failure or a crash the same order may be placed or cancelled again.
 * Each method rejects when BizOne does not answer; a no is a value.
 */
export interface Partner {
  place(order: PartnerOrder): Promise<PartnerAnswer>;
  cancel(order: { readonly order_id: string; readonly bizone_order_id: string }): Promise<void>;
}

export interface PartnerOrder {
  readonly order_id: string;
  readonly merchant_id: string;
  readonly items: readonly Omit<OrderItem, 'total'>[];
  readonly total_amount: number;
  readonly address: Address;
}

export type PartnerAnswer =
  | {
      readonly kind: 'confirmed';
      readonly bizone_order_id: string;
      readonly bizone_request_id: string;
      readonly estimated_delivery: string;
      readonly tracking_url: string;
      readonly items_count: number;
      readonly total_amount: number;
    }
  | { readonly kind: 'rejected'; readonly reason: string };
