import {
  full,
  message,
  number,
  object,
  placed,
  receiving,
  sending,
  text,
  three,
  version3,
} from '../documents.ts';
import { type ChangedEstate, GONE, rowsOf } from './row.ts';

/** Changes of where messages go: addresses, parameters, servers, bindings. */
export const ESTATES: readonly ChangedEstate[] = rowsOf((row) => {
  row('address moved', three(), { 'a/orders.yaml#/channels/c0/address': 'orders.v2' }, ['billing', 'mail']);
  row(
    'same name at two addresses, inline: change at one',
    {
      'a/orders.yaml': version3([
        { do: 'send', address: 'x', messages: { E: message('created', full) } },
        { do: 'send', address: 'y', messages: { E: message('created', full) } },
      ]),
      'b/rx.yaml': receiving({ E: message('created', object({ total: number }, ['total'])) }, 'x'),
      'b/ry.yaml': receiving({ E: message('created', object({ total: number }, ['total'])) }, 'y'),
    },
    { 'a/orders.yaml#/channels/c1/messages/E/payload/properties/total/type': 'string' },
    ['ry'],
  );
  row(
    'same name at two addresses in two services',
    {
      'a/orders.yaml': sending({ E: message('created', full) }, 'x'),
      'a/users.yaml': sending({ E: message('created', full) }, 'y'),
      'b/rx.yaml': receiving({ E: message('created', object({ total: number }, ['total'])) }, 'x'),
      'b/ry.yaml': receiving({ E: message('created', object({ total: number }, ['total'])) }, 'y'),
    },
    { 'a/users.yaml#/channels/c0/messages/E/payload/properties/total/type': 'string' },
    ['ry'],
  );
  row(
    'environments: staging and prod',
    {
      'a/orders.yaml': version3([{ do: 'send', messages: placed(full) }], {
        servers: { prod: { host: 'prod.x.com', protocol: 'kafka' } },
      }),
      'b/billing.yaml': version3([{ do: 'receive', messages: placed(full) }], {
        servers: { prod: { host: 'prod.x.com', protocol: 'kafka' } },
      }),
      'b/test.yaml': version3([{ do: 'receive', messages: placed(full) }], {
        servers: { st: { host: 'staging.x.com', protocol: 'kafka' } },
      }),
    },
    { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/total/type': 'string' },
    ['billing'],
  );
  row(
    'host with an enumerated variable',
    {
      'a/orders.yaml': version3([{ do: 'send', messages: placed(full) }], {
        servers: {
          prod: { host: '{env}.x.com', protocol: 'kafka', variables: { env: { enum: ['dev', 'prod'] } } },
        },
      }),
      'b/billing.yaml': version3([{ do: 'receive', messages: placed(full) }], {
        servers: { prod: { host: 'prod.x.com', protocol: 'kafka' } },
      }),
      'b/test.yaml': version3([{ do: 'receive', messages: placed(full) }], {
        servers: { st: { host: 'staging.x.com', protocol: 'kafka' } },
      }),
    },
    { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/total/type': 'string' },
    ['billing'],
  );
  row(
    'host with a default-only variable',
    {
      'a/orders.yaml': version3([{ do: 'send', messages: placed(full) }], {
        servers: {
          prod: { host: 'b.x.com:{port}', protocol: 'kafka', variables: { port: { default: '9092' } } },
        },
      }),
      'b/billing.yaml': version3([{ do: 'receive', messages: placed(full) }], {
        servers: { prod: { host: 'b.x.com:9092', protocol: 'kafka' } },
      }),
    },
    { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/total/type': 'string' },
    ['billing'],
  );
  row(
    'amqp exchanges that differ',
    {
      'a/orders.yaml': sending(placed(full), 'placed', {
        bindings: { amqp: { is: 'routingKey', exchange: { name: 'orders', type: 'topic' } } },
      }),
      'b/billing.yaml': receiving(placed(full), 'placed', {
        bindings: { amqp: { is: 'routingKey', exchange: { name: 'orders', type: 'topic' } } },
      }),
      'b/other.yaml': receiving(placed(full), 'placed', {
        bindings: { amqp: { is: 'routingKey', exchange: { name: 'crm', type: 'topic' } } },
      }),
    },
    { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/total/type': 'string' },
    ['billing'],
  );
  row(
    'parameters: readers of one region',
    {
      'a/orders.yaml': sending(placed(full), 'orders.{region}', {
        parameters: { region: { enum: ['eu', 'us'] } },
      }),
      'b/eu.yaml': receiving(placed(full), 'orders.eu'),
      'b/asia.yaml': receiving(placed(full), 'orders.asia'),
      'b/any.yaml': receiving(placed(full), 'orders.{r}'),
    },
    { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/total/type': 'string' },
    ['eu', 'any'],
  );
  row(
    'a value of a parameter goes',
    {
      'a/orders.yaml': sending(placed(full), 'orders.{region}', {
        parameters: { region: { enum: ['eu', 'us'] } },
      }),
      'b/eu.yaml': receiving(placed(full), 'orders.eu'),
      'b/us.yaml': receiving(placed(full), 'orders.us'),
    },
    { 'a/orders.yaml#/channels/c0/parameters/region/enum': ['eu'] },
    ['us'],
  );
  row(
    'the sender leaves a server',
    {
      'a/orders.yaml': version3([{ do: 'send', messages: placed(full) }], {
        servers: { p: { host: 'p.x', protocol: 'kafka' }, q: { host: 'q.x', protocol: 'kafka' } },
      }),
      'b/rp.yaml': version3([{ do: 'receive', messages: placed(full) }], {
        servers: { p: { host: 'p.x', protocol: 'kafka' } },
      }),
      'b/rq.yaml': version3([{ do: 'receive', messages: placed(full) }], {
        servers: { p: { host: 'q.x', protocol: 'kafka' } },
      }),
    },
    { 'a/orders.yaml#/servers/q': GONE },
    ['rq'],
  );
  row(
    'a shared component, two senders, one address each',
    {
      'sh/m.yaml': { P: message('order.placed', full) },
      'a/web.yaml': sending({ P: { $ref: '../sh/m.yaml#/P' } }, 'x'),
      'a/till.yaml': sending({ P: { $ref: '../sh/m.yaml#/P' } }, 'y'),
      'b/rx.yaml': receiving(placed(object({ total: number }, ['total'])), 'x'),
      'b/ry.yaml': receiving(placed(object({ id: text })), 'y'),
    },
    { 'sh/m.yaml#/P/payload/properties/total/type': 'string' },
    ['rx'],
  );
  row(
    'a kafka topic binding moves',
    {
      'a/orders.yaml': sending(placed(full), 'orders', { bindings: { kafka: { topic: 'shop.orders' } } }),
      'b/billing.yaml': receiving(placed(full), 'shop.orders'),
      'b/other.yaml': receiving(placed(full), 'orders'),
    },
    { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/total/type': 'string' },
    ['billing'],
  );
  row(
    'the parameter of an address is dropped',
    {
      'a/orders.yaml': sending(placed(full), 'orders.{region}'),
      'b/any.yaml': receiving(placed(full), 'orders.{r}'),
      'b/flat.yaml': receiving(placed(full), 'orders'),
    },
    { 'a/orders.yaml#/channels/c0/address': 'orders' },
    ['any'],
  );
  row(
    'a server moves to another host',
    {
      'a/orders.yaml': version3([{ do: 'send', messages: placed(full) }], {
        servers: { p: { host: 'p.x', protocol: 'kafka' } },
      }),
      'b/rp.yaml': version3([{ do: 'receive', messages: placed(full) }], {
        servers: { p: { host: 'p.x', protocol: 'kafka' } },
      }),
      'b/no.yaml': receiving(placed(full)),
    },
    { 'a/orders.yaml#/servers/p/host': 'q.x' },
    ['rp'],
  );
  row(
    'one address of a pattern that the reader takes whole',
    {
      'a/eu.yaml': sending(placed(full), 'orders.eu'),
      'a/us.yaml': sending(placed(full), 'orders.us'),
      'b/any.yaml': receiving(placed(object({ total: number }, ['total'])), 'orders.{region}'),
      'b/eu-only.yaml': receiving(placed(object({ total: number }, ['total'])), 'orders.eu'),
    },
    { 'a/us.yaml#/channels/c0/messages/OrderPlaced/payload/properties/total': text },
    ['any'],
  );
});
