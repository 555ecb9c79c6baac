import {
  type Estate,
  exchange,
  kafka,
  NO_EDGE,
  pair,
  placed,
  receiving,
  sending,
  staged,
  v3,
} from './documents.ts';

/** Servers that can be the same, and servers that cannot. */
export const ESTATES: readonly Estate[] = [
  pair(
    'servers at one host',
    v3({ send: [{ address: 'orders', messages: placed }], servers: kafka('mq.example.com:9092') }),
    v3({ receive: [{ address: 'orders', messages: placed }], servers: kafka('mq.example.com:9092') }),
    'OrderPlaced',
  ),
  pair(
    'servers at two hosts',
    v3({ send: [{ address: 'orders', messages: placed }], servers: kafka('a.example.com:9092') }),
    v3({ receive: [{ address: 'orders', messages: placed }], servers: kafka('b.example.com:9092') }),
    ...NO_EDGE,
  ),
  pair(
    'servers of two protocols at one host',
    v3({ send: [{ address: 'orders', messages: placed }], servers: kafka('mq.example.com') }),
    v3({
      receive: [{ address: 'orders', messages: placed }],
      servers: { main: { host: 'mq.example.com', protocol: 'amqp' } },
    }),
    ...NO_EDGE,
  ),
  pair(
    'one protocol, with encryption and without',
    v3({ send: [{ address: 'orders', messages: placed }], servers: kafka('mq.example.com:9092') }),
    v3({
      receive: [{ address: 'orders', messages: placed }],
      servers: { main: { host: 'mq.example.com:9093', protocol: 'kafka-secure' } },
    }),
    'OrderPlaced',
  ),
  pair(
    'one of several servers is enough',
    v3({
      send: [{ address: 'orders', messages: placed }],
      servers: {
        a: { host: 'a.example.com', protocol: 'nats' },
        b: { host: 'b.example.com', protocol: 'nats' },
      },
    }),
    v3({
      receive: [{ address: 'orders', messages: placed }],
      servers: {
        x: { host: 'b.example.com', protocol: 'nats' },
        y: { host: 'c.example.com', protocol: 'nats' },
      },
    }),
    'OrderPlaced',
  ),
  pair(
    'the channel is on one of the servers, the reader on the other',
    v3({
      send: [{ address: 'orders', messages: placed, more: { servers: [{ $ref: '#/servers/a' }] } }],
      servers: {
        a: { host: 'a.example.com', protocol: 'nats' },
        b: { host: 'b.example.com', protocol: 'nats' },
      },
    }),
    v3({
      receive: [{ address: 'orders', messages: placed }],
      servers: { x: { host: 'b.example.com', protocol: 'nats' } },
    }),
    ...NO_EDGE,
  ),
  pair(
    'a server on one side only',
    v3({ send: [{ address: 'orders', messages: placed }], servers: kafka('mq.example.com:9092') }),
    receiving(placed),
    'OrderPlaced',
  ),
  pair(
    'a host with a variable',
    v3({ send: [{ address: 'orders', messages: placed }], servers: kafka('{stage}.example.com:9092') }),
    v3({ receive: [{ address: 'orders', messages: placed }], servers: kafka('prod.example.com:9092') }),
    'OrderPlaced',
  ),
  pair(
    'a host with a variable that lists its values, one of which is the other host',
    v3({ send: [{ address: 'orders', messages: placed }], servers: staged }),
    v3({ receive: [{ address: 'orders', messages: placed }], servers: kafka('prod.example.com:9092') }),
    'OrderPlaced',
  ),
  pair(
    'a host with a variable that lists its values, none of which is the other host',
    v3({ send: [{ address: 'orders', messages: placed }], servers: staged }),
    v3({ receive: [{ address: 'orders', messages: placed }], servers: kafka('staging.example.com:9092') }),
    ...NO_EDGE,
  ),
  pair(
    'one routing key at two exchanges',
    sending(placed, 'placed', exchange('orders')),
    receiving(placed, 'placed', exchange('crm')),
    ...NO_EDGE,
  ),
  pair(
    'one routing key at one exchange',
    sending(placed, 'placed', exchange('orders')),
    receiving(placed, 'placed', exchange('orders')),
    'OrderPlaced',
  ),
  pair(
    'an exchange on one side only',
    sending(placed, 'placed', exchange('orders')),
    receiving(placed, 'placed'),
    'OrderPlaced',
  ),
  pair(
    'one topic in two namespaces of Pulsar',
    sending(placed, 'placed', { bindings: { pulsar: { namespace: 'staging', persistence: 'persistent' } } }),
    receiving(placed, 'placed', { bindings: { pulsar: { namespace: 'prod', persistence: 'persistent' } } }),
    ...NO_EDGE,
  ),
  pair(
    "a developer's own broker stands for any",
    v3({ send: [{ address: 'orders', messages: placed }], servers: kafka('mq.example.com:9092') }),
    v3({ receive: [{ address: 'orders', messages: placed }], servers: kafka('localhost:9092') }),
    'OrderPlaced',
  ),
  pair(
    'a shared message in two environments: no wire',
    v3({ send: [{ address: 'orders', messages: placed }], servers: kafka('staging.example.com:9092') }),
    v3({
      receive: [
        {
          address: 'orders',
          messages: { P: { $ref: './orders.yaml#/channels/c0/messages/OrderPlaced' } },
        },
      ],
      servers: kafka('prod.example.com:9092'),
    }),
    ...NO_EDGE,
  ),
];
