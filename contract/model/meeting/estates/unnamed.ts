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
  v3,
} from './documents.ts';

/** Messages without a written name. */
export const ESTATES: readonly Estate[] = [
  pair(
    'no names, one message each: the channel says it',
    sending({ OrderPlaced: message('') }),
    receiving({ Whatever: message('') }),
    'Whatever',
  ),
  pair(
    'no names, equal keys among several',
    sending({ Placed: message(''), Cancelled: message('') }),
    receiving({ Cancelled: message('') }),
    'Cancelled',
  ),
  pair(
    'a name on one side, the same as the key of the other',
    sending({ OrderPlaced: message('order.placed') }),
    receiving({ OrderPlaced: message(''), Other: message('other') }),
    'OrderPlaced',
  ),
  pair(
    'a name on one side, spelt as a key on the other',
    sending({ A: message('order.placed'), B: message('order.cancelled') }),
    receiving({ OrderPlaced: message('') }),
    'OrderPlaced',
  ),
  pair(
    'the payload says its type: the keys do not matter',
    sending({ A: type({ const: 'placed' }), B: type({ const: 'cancelled' }) }),
    receiving({ X: type({ const: 'cancelled' }) }),
    'X',
  ),
  pair(
    'the sender says more of its type than the reader',
    sending({
      A: { payload: object({ kind: { const: 'order' }, type: { const: 'placed' } }) },
      B: { payload: object({ kind: { const: 'order' }, type: { const: 'paid' } }) },
    }),
    receiving({ X: type({ const: 'paid' }) }),
    'X',
  ),
  pair(
    'a type that every branch of a choice names',
    sending({
      A: {
        payload: { oneOf: [object({ type: { const: 'placed' } }), object({ type: { const: 'moved' } })] },
      },
      B: { payload: { anyOf: [object({ type: { const: 'paid' } }), object({ type: { const: 'owed' } })] } },
    }),
    receiving({ X: type({ const: 'owed' }), Y: type({ const: 'moved' }), Z: type({ const: 'gone' }) }),
    'X',
    'Y',
  ),
  pair(
    'a type that one branch of a choice does not name',
    sending({
      A: { payload: { oneOf: [object({ type: { const: 'placed' } }), object({ reason: {} })] } },
    }),
    receiving({ X: type({ const: 'paid' }) }),
    'X',
  ),
  pair(
    'the payload says another type: no edge, though the channel is one',
    sending({ A: type({ const: 'placed' }) }),
    receiving({ X: type({ const: 'cancelled' }) }),
    ...NO_EDGE,
  ),
  pair(
    'the payload says another type: no edge, though the keys are one',
    sending({ A: type({ const: 'placed' }, 'eventType') }),
    receiving({ A: type({ const: 'cancelled' }, 'eventType') }),
    ...NO_EDGE,
  ),
  pair(
    'a reader that takes several types in one schema',
    sending({ A: type({ const: 'placed' }), B: type({ const: 'cancelled' }), C: type({ const: 'paid' }) }),
    receiving({ Any: type({ enum: ['placed', 'cancelled'] }) }),
    'Any',
  ),
  pair(
    'a reader that takes whatever is on the channel',
    sending({ ...placed, ...cancelled }),
    receiving({ Anything: { payload: { type: 'object' } } }),
    'Anything',
  ),
  pair(
    'a type one level down, in an envelope',
    sending({
      A: { payload: object({ header: object({ type: { const: 'placed' } }) }) },
      B: { payload: object({ header: object({ type: { const: 'paid' } }) }) },
    }),
    receiving({ X: { payload: object({ header: object({ type: { const: 'paid' } }) }) } }),
    'X',
  ),
  pair(
    'a type in the headers',
    sending({
      A: { payload: object(), headers: object({ ce_type: { const: 'placed' } }) },
      B: { payload: object(), headers: object({ ce_type: { const: 'paid' } }) },
    }),
    receiving({ X: { payload: object(), headers: object({ ce_type: { const: 'placed' } }) } }),
    'X',
  ),
  pair(
    'several without names: the fields tell which is meant',
    sending({
      A: { payload: object({ id: {}, total: {} }) },
      B: { payload: object({ id: {}, reason: {} }) },
    }),
    receiving({ X: { payload: object({ reason: {} }, ['reason']) } }),
    'X',
  ),
  pair(
    'a name that no key of the other is: still the one message of the channel',
    sending({ OrderPlaced: message('order.placed') }),
    receiving({ Incoming: message('') }),
    'Incoming',
  ),
  {
    why: 'no names, on two channels: each its own',
    files: {
      'shop/orders.yaml': v3({
        send: [
          { address: 'a', messages: { M: message('') } },
          { address: 'b', messages: { N: message('') } },
        ],
      }),
      'shop/billing.yaml': receiving({ X: message('') }, 'b'),
    },
    edges: ['orders -> billing X'],
  },
];
