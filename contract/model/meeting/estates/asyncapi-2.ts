import {
  type Estate,
  message,
  NO_EDGE,
  pair,
  placed,
  receiving,
  sending,
  type,
  v2,
  v3,
} from './documents.ts';

/** Documents of AsyncAPI 2. */
export const ESTATES: readonly Estate[] = [
  pair(
    'AsyncAPI 2: each writes the message out',
    v2({ orders: { sends: message('order.placed') } }),
    v2({ orders: { receives: message('order.placed') } }),
    'order.placed',
  ),
  pair(
    'AsyncAPI 2: no names',
    v2({ orders: { sends: message('') } }),
    v2({ orders: { receives: message('') } }),
    'orders',
  ),
  pair(
    'AsyncAPI 2: two of a choice, in another order, told by their types',
    v2({ orders: { sends: { oneOf: [type({ const: 'a' }), type({ const: 'b' })] } } }),
    v2({ orders: { receives: { oneOf: [type({ const: 'b' })] } } }),
    'orders 1',
  ),
  pair(
    'AsyncAPI 2: both publish, so both receive',
    v2({ orders: { receives: message('order.placed') } }),
    v2({ orders: { receives: message('order.placed') } }),
    ...NO_EDGE,
  ),
  pair(
    'AsyncAPI 2 sends, AsyncAPI 3 receives',
    v2({ orders: { sends: message('order.placed') } }),
    receiving(placed),
    'OrderPlaced',
  ),
  pair(
    'AsyncAPI 3 sends, AsyncAPI 2 receives, with parameters',
    sending(placed, 'orders.{region}'),
    v2({
      'orders.{area}': {
        receives: message('order.placed'),
        more: { parameters: { area: { schema: { type: 'string' } } } },
      },
    }),
    'order.placed',
  ),
  pair(
    'AsyncAPI 2 writes its servers as URLs',
    v3({
      send: [{ address: 'orders', messages: placed }],
      servers: { main: { host: 'mq.example.com:5672', pathname: '/shop', protocol: 'amqp' } },
    }),
    v2(
      { orders: { receives: message('order.placed') } },
      { servers: { main: { url: 'amqps://mq.example.com:5671/shop', protocol: 'amqps' } } },
    ),
    'order.placed',
  ),
  pair(
    'one host, two virtual hosts',
    v3({
      send: [{ address: 'orders', messages: placed }],
      servers: { main: { host: 'mq.example.com', pathname: '/shop', protocol: 'amqp' } },
    }),
    v3({
      receive: [{ address: 'orders', messages: placed }],
      servers: { main: { host: 'mq.example.com', pathname: '/crm', protocol: 'amqp' } },
    }),
    ...NO_EDGE,
  ),
];
