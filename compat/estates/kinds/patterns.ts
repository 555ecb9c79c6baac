import {
  full,
  message,
  number,
  object,
  placed,
  receiving,
  sending,
  text,
  version2,
  version3,
} from '../documents.ts';
import { type ChangedEstate, rowsOf } from './row.ts';

const PAYLOAD = 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload';
const server = (host: string, protocol = 'kafka') => ({ servers: { main: { host, protocol } } });

/** Addresses with parameters and wildcards, and servers that are not the same. */
export const ESTATES: readonly ChangedEstate[] = rowsOf((row) => {
  row(
    'parameters called otherwise',
    {
      'a/orders.yaml': sending(placed(full), 'orders/{id}', { parameters: { id: {} } }),
      'b/billing.yaml': receiving(placed(object({ total: number })), 'orders/{orderId}', {
        parameters: { orderId: {} },
      }),
    },
    { [`${PAYLOAD}/properties/total/type`]: 'string' },
    ['billing'],
  );
  row(
    'a value that the parameter never has',
    {
      'a/orders.yaml': sending(placed(full), 'orders/{r}', { parameters: { r: { enum: ['us', 'apac'] } } }),
      'b/eu.yaml': receiving(placed(object({ total: number })), 'orders/eu'),
      'b/us.yaml': receiving(placed(object({ total: number })), 'orders/us'),
    },
    { [`${PAYLOAD}/properties/total/type`]: 'string' },
    ['us'],
  );
  row(
    'MQTT: + and #',
    {
      'a/orders.yaml': version3(
        [{ do: 'send', address: 'orders/eu/placed', messages: placed(full) }],
        server('m:1', 'mqtt'),
      ),
      'b/all.yaml': version3(
        [{ do: 'receive', address: 'orders/#', messages: placed(object({ total: number })) }],
        server('m:1', 'mqtt'),
      ),
      'b/eu.yaml': version3(
        [{ do: 'receive', address: 'orders/+/placed', messages: placed(object({ total: number })) }],
        server('m:1', 'mqtt'),
      ),
      'b/other.yaml': version3(
        [{ do: 'receive', address: 'users/#', messages: placed(object({ total: number })) }],
        server('m:1', 'mqtt'),
      ),
    },
    { [`${PAYLOAD}/properties/total/type`]: 'string' },
    ['all', 'eu'],
  );
  row(
    'NATS: * and >',
    {
      'a/orders.yaml': version3(
        [{ do: 'send', address: 'orders.placed', messages: placed(full) }],
        server('n:1', 'nats'),
      ),
      'b/all.yaml': version3(
        [{ do: 'receive', address: 'orders.*', messages: placed(object({ total: number })) }],
        server('n:1', 'nats'),
      ),
      'b/deep.yaml': version3(
        [{ do: 'receive', address: 'orders.>', messages: placed(object({ total: number })) }],
        server('n:1', 'nats'),
      ),
      'b/other.yaml': version3(
        [{ do: 'receive', address: 'orders.*.x', messages: placed(object({ total: number })) }],
        server('n:1', 'nats'),
      ),
    },
    { [`${PAYLOAD}/properties/total/type`]: 'string' },
    ['all', 'deep'],
  );
  row(
    'AMQP: * and #',
    {
      'a/orders.yaml': version3(
        [{ do: 'send', address: 'orders.eu.placed', messages: placed(full) }],
        server('r:1', 'amqp'),
      ),
      'b/all.yaml': version3(
        [{ do: 'receive', address: 'orders.#', messages: placed(object({ total: number })) }],
        server('r:1', 'amqp'),
      ),
      'b/one.yaml': version3(
        [{ do: 'receive', address: 'orders.*', messages: placed(object({ total: number })) }],
        server('r:1', 'amqp'),
      ),
    },
    { [`${PAYLOAD}/properties/total/type`]: 'string' },
    ['all'],
  );
  row(
    'other protocols of one host',
    {
      'a/orders.yaml': version3([{ do: 'send', messages: placed(full) }], server('a:9092')),
      'b/mq.yaml': version3(
        [{ do: 'receive', messages: placed(object({ total: number })) }],
        server('a:9092', 'mqtt'),
      ),
      'b/here.yaml': version3(
        [{ do: 'receive', messages: placed(object({ total: number })) }],
        server('a:9092'),
      ),
    },
    { [`${PAYLOAD}/properties/total/type`]: 'string' },
    ['here'],
  );
  row(
    'channels on other servers of one document',
    {
      'a/orders.yaml': version3(
        [{ do: 'send', messages: placed(full), more: { servers: [{ $ref: '#/servers/prod' }] } }],
        { servers: { prod: { host: 'p', protocol: 'kafka' }, test: { host: 't', protocol: 'kafka' } } },
      ),
      'b/test.yaml': version3(
        [
          {
            do: 'receive',
            messages: placed(object({ total: number })),
            more: { servers: [{ $ref: '#/servers/test' }] },
          },
        ],
        { servers: { prod: { host: 'p', protocol: 'kafka' }, test: { host: 't', protocol: 'kafka' } } },
      ),
      'b/both.yaml': version3([{ do: 'receive', messages: placed(object({ total: number })) }], {
        servers: { prod: { host: 'p', protocol: 'kafka' }, test: { host: 't', protocol: 'kafka' } },
      }),
    },
    { [`${PAYLOAD}/properties/total/type`]: 'string' },
    ['both'],
  );
  row(
    '2.x with parameters, 3.x readers',
    {
      'a/orders.yaml': version2({
        'orders/{id}': {
          parameters: { id: { schema: text } },
          subscribe: { message: message('order.placed', full) },
        },
      }),
      'b/r.yaml': receiving(placed(object({ total: number })), 'orders/{x}', { parameters: { x: {} } }),
      'b/q.yaml': receiving(placed(object({ total: number })), 'orders/{x}/lines', { parameters: { x: {} } }),
    },
    { 'a/orders.yaml#/channels/orders~1{id}/subscribe/message/payload/properties/total/type': 'string' },
    ['r'],
  );
  row(
    'a message moves onto a channel that another reads whole',
    {
      'a/orders.yaml': version3([
        { do: 'send', messages: placed(full) },
        { do: 'send', address: 'all', messages: { X: message('x', object({ x: text })) } },
      ]),
      'b/old.yaml': receiving(placed(object({ id: text }))),
      'b/newer.yaml': receiving({ X: message('x', object({ x: text })) }, 'all'),
    },
    {
      'a/orders.yaml': version3([
        { do: 'send', address: 'none', messages: { Y: message('y', text) } },
        { do: 'send', address: 'all', messages: { X: message('x', object({ x: text })), ...placed(full) } },
      ]),
    },
    ['newer', 'old'],
  );
});
