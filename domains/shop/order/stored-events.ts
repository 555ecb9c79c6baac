import * as contracts from '@chirograph/generated/shop/messages';
import { dataEvent, type EventSchema, eventSchema } from '@chirograph/runtime';
import { fields } from '../../shared/fields.ts';
import type { OrderEvent } from './order.ts';

/** How the events of orders are stored: `data` by the contracts. A new shape is a new version here, with the way from the one before. */
export const orderEvents: EventSchema<OrderEvent> = eventSchema<OrderEvent>({
  OrderOpened: {
    version: '1.0',
    check: fields({
      orderId: 'string',
      orderNumber: 'string',
      commandId: 'string',
      customerId: 'string',
      cartId: 'string',
      lineItems: 'array',
      shippingAddress: 'object',
      paymentMethodId: 'string',
    }),
  },
  StockHeld: { version: '1.0', check: fields({ productId: 'string', quantity: 'number' }) },
  PaymentDue: { version: '1.0', check: fields({ amount: 'object' }) },
  OrderGivenUp: {
    version: '1.0',
    check: fields({ failure: 'string', message: 'string', held: 'array', reason: 'string' }),
  },
  StockReturned: {
    version: '1.0',
    check: fields({ productId: 'string', quantity: 'number', reason: 'string' }),
  },
  PaymentReturned: { version: '1.0', check: fields({ amount: 'object' }) },
  OrderPlaced: dataEvent(contracts.orderPlaced),
  OrderConfirmed: dataEvent(contracts.orderConfirmed),
  OrderShipped: dataEvent(contracts.orderShipped),
  OrderDelivered: dataEvent(contracts.orderDelivered),
  OrderCancelled: dataEvent(contracts.orderCancelled),
  RefundNoted: { version: '1.0', check: fields({}) },
  RefundDelayed: { version: '1.0', check: fields({ retryAt: 'number or string' }) },
  RefundDueAgain: { version: '1.0', check: fields({ amount: 'object' }) },
});
