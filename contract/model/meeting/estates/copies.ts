import {
  cancelled,
  type Estate,
  message,
  NO_EDGE,
  object,
  pair,
  placed,
  receiving,
  sending,
  type,
} from './documents.ts';

/** Documents that say the same, each for itself. */
export const ESTATES: readonly Estate[] = [
  pair('a copy in the same domain', sending(placed), receiving(placed), 'OrderPlaced'),
  {
    why: 'a copy in another domain',
    files: { 'shop/orders.yaml': sending(placed), 'finance/billing.yaml': receiving(placed) },
    edges: ['orders -> billing OrderPlaced'],
  },
  pair(
    'a copy under another key with the same name',
    sending(placed),
    receiving({ AnOrder: message('order.placed') }),
    'AnOrder',
  ),
  pair(
    'a tolerant reader that declares less',
    sending({ OrderPlaced: message('order.placed', { payload: object({ id: {}, total: {}, note: {} }) }) }),
    receiving({ OrderPlaced: message('order.placed', { payload: object({ id: {} }) }) }),
    'OrderPlaced',
  ),
  pair(
    'a reader that requires more is still its reader',
    sending(placed),
    receiving({ OrderPlaced: message('order.placed', { payload: object({ vat: {} }, ['vat']) }) }),
    'OrderPlaced',
  ),
  pair(
    'written names that differ in their spelling alone',
    sending({ A: message('OrderPlaced') }),
    receiving({ B: message('order-placed') }),
    'B',
  ),
  pair(
    'names spelt two ways on one side: each meets its own spelling',
    sending({ A: message('OrderPlaced'), B: message('order.placed') }),
    receiving({ C: message('order.placed') }),
    'C',
  ),
  pair(
    'names that differ in their spelling, with types that differ',
    sending({ A: message('OrderPlaced', type({ const: 'a' })) }),
    receiving({ B: message('order.placed', type({ const: 'b' })) }),
    ...NO_EDGE,
  ),
  pair('one address and two names', sending(placed), receiving(cancelled), ...NO_EDGE),
  pair('one name and two addresses', sending(placed), receiving(placed, 'other.orders'), ...NO_EDGE),
  pair(
    'addresses that differ in their separators',
    sending(placed, 'shop.orders'),
    receiving(placed, 'shop/orders'),
    ...NO_EDGE,
  ),
  pair('addresses that differ in case', sending(placed, 'Orders'), receiving(placed, 'orders'), ...NO_EDGE),
  pair(
    'two of a channel meet, each its like',
    sending({ ...placed, ...cancelled }),
    receiving({ ...cancelled, ...placed }),
    'OrderPlaced',
    'OrderCancelled',
  ),
  pair('a reader of one of two', sending({ ...placed, ...cancelled }), receiving(placed), 'OrderPlaced'),
  {
    why: 'two readers with copies of their own',
    files: {
      'shop/orders.yaml': sending(placed),
      'a/billing.yaml': receiving(placed),
      'b/mail.yaml': receiving(placed),
    },
    edges: ['orders -> billing OrderPlaced', 'orders -> mail OrderPlaced'],
  },
  {
    why: 'two senders of one message',
    files: {
      'shop/web.yaml': sending(placed),
      'shop/till.yaml': sending(placed),
      'a/billing.yaml': receiving(placed),
    },
    edges: ['web -> billing OrderPlaced', 'till -> billing OrderPlaced'],
  },
  {
    why: 'two senders meet no one, nor do two readers',
    files: { 'a/x.yaml': sending(placed), 'a/y.yaml': sending(placed), 'b/z.yaml': receiving(placed, 'z') },
    edges: [],
  },
  {
    why: 'a name used in two domains on two addresses is two messages',
    files: {
      'shop/orders.yaml': sending({ Created: message('created') }, 'shop.created'),
      'shop/mail.yaml': receiving({ Created: message('created') }, 'shop.created'),
      'crm/leads.yaml': sending({ Created: message('created') }, 'crm.created'),
      'crm/calls.yaml': receiving({ Created: message('created') }, 'crm.created'),
    },
    edges: ['orders -> mail Created', 'leads -> calls Created'],
  },
];
