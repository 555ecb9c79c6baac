/**
 * What one service of the shop does, small enough to be operated by hand: it counts the revenue that orders bring, keeps each as an event, and has
 * a read model of them. Its second version takes a second version of the message beside the first, and keeps the read model otherwise.
 */
import { orderPlacedNotification } from '@chirograph/generated/shop/messages';
import type { OrderPlacedNotification } from '@chirograph/generated/shop/types';
import {
  type Consumer,
  type ConsumerOptions,
  createConsumer,
  type DomainEvent,
  eventSchema,
  type Handler,
  type MessageContract,
  type Projection,
  projection,
  receive,
  refuse,
  type Subscriber,
} from '@chirograph/runtime';

export interface Counted extends DomainEvent {
  readonly type: 'Counted';
  readonly orderId: string;
  readonly amount: number;
}

const events = eventSchema<Counted>({
  Counted: {
    version: '1',
    check: ((value: unknown) =>
      typeof value === 'object' &&
      value !== null &&
      'amount' in value &&
      typeof value.amount === 'number') as never,
  },
});

/** The message of version 2.0: it says through which shop window the order came. On a channel of its own, as new versions are. */
export interface OrderPlacedNotificationV2 extends Omit<OrderPlacedNotification, 'dataversion' | 'data'> {
  readonly dataversion: '2.0';
  readonly data: OrderPlacedNotification['data'] & { readonly window: string };
}

const { dates: _, ...first } = orderPlacedNotification;

export const orderPlacedNotificationV2: MessageContract<OrderPlacedNotificationV2> = {
  ...first,
  version: '2.0',
  channel: 'shop.order.placed-notification.v2',
  validate: (value): value is OrderPlacedNotificationV2 =>
    typeof value === 'object' && value !== null && 'dataversion' in value && value.dataversion === '2.0',
};

function fromV1(old: OrderPlacedNotification): OrderPlacedNotificationV2 {
  return { ...old, dataversion: '2.0', data: { ...old.data, window: 'unknown' } };
}

const count: Handler<OrderPlacedNotification | OrderPlacedNotificationV2> = async ({ data }, { tx }) => {
  const { orderId, totalAmount } = data;
  if (totalAmount.currency !== 'EUR') return refuse('unknown-currency', 'revenue is counted in euros');
  const event: Counted = { type: 'Counted', orderId, amount: totalAmount.amount };
  await tx.events.append(`revenue/${orderId}`, 'any', [events.write(event)], {
    at: Date.now(),
    schemaVersions: events.versions,
  });
  return undefined;
};

export function revenueConsumer(version: string, subscriber: Subscriber, options: ConsumerOptions): Consumer {
  const receiver =
    version === '1'
      ? receive(orderPlacedNotification, count)
      : receive(orderPlacedNotificationV2, count, [{ contract: orderPlacedNotification, upcast: fromV1 }]);
  return createConsumer('revenue', subscriber, options, [receiver]);
}

export interface Revenue {
  readonly orders: number;
  readonly amount: number;
  /** Kept from version 2 on. */
  readonly largest?: number;
}

export function revenueByShop(version: string): Projection {
  return projection({
    name: 'revenue',
    version,
    events,
    streamPrefix: 'revenue/',
    async project({ event: { amount } }, { documents }) {
      const revenue = documents<Revenue>('revenue');
      const was = (await revenue.get('shop')) ?? { orders: 0, amount: 0 };
      const largest = Math.max(was.largest ?? 0, amount);
      const is: Revenue = { orders: was.orders + 1, amount: was.amount + amount };
      await revenue.put('shop', version === '1' ? is : { ...is, largest });
    },
  });
}
