/** Small estates and the edges in them: what the meeting is measured by. */
export interface Estate {
  readonly why: string;
  readonly files: Readonly<Record<string, string>>;
  /** `sender -> reader message`, the message by its key in the reader's document. */
  readonly edges: readonly string[];
}

type Json = { readonly [key: string]: unknown };

const object = (properties: Json = { id: { type: 'string' } }, required: readonly string[] = []): Json => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
});

/** A message by its name, or with none where that is ''. */
const message = (name: string, more: Json = {}): Json => ({
  ...(name !== '' && { name }),
  payload: object(),
  ...more,
});

interface Way {
  readonly address?: string | null;
  readonly messages?: Json;
  readonly ref?: string;
  readonly more?: Json;
  /** The keys of the messages that the operation chooses. */
  readonly only?: readonly string[];
  readonly reply?: Json;
}

interface Parts {
  readonly send?: readonly Way[];
  readonly receive?: readonly Way[];
  readonly servers?: Json;
  readonly components?: Json;
  /** Channels that only replies use. */
  readonly channels?: Json;
}

const FOREIGN_KEYS = Object.fromEntries(
  ['注文', '配達', '---', '🎉'].map((it) => [it, { payload: { type: 'object' } }]),
);

/** A document of AsyncAPI 3: a channel and an operation for each way. */
function v3({ send = [], receive = [], servers, components, channels: more = {} }: Parts): string {
  const ways = [
    ...send.map((it) => ({ ...it, action: 'send' })),
    ...receive.map((it) => ({ ...it, action: 'receive' })),
  ];
  const channels = ways.map(({ address, messages, ref, more: rest }, index): [string, Json] => [
    `c${index}`,
    ref === undefined ? { address, ...(messages && { messages }), ...rest } : { $ref: ref },
  ]);
  const operations = ways.map(({ action, only, reply }, index): [string, Json] => [
    `${action}${index}`,
    {
      action,
      channel: { $ref: `#/channels/c${index}` },
      ...(only && { messages: only.map((it) => ({ $ref: `#/channels/c${index}/messages/${it}` })) }),
      ...(reply && { reply }),
    },
  ]);
  return JSON.stringify({
    asyncapi: '3.0.0',
    info: { title: 'A', version: '1.0.0' },
    ...(servers && { servers }),
    channels: { ...Object.fromEntries(channels), ...more },
    operations: Object.fromEntries(operations),
    ...(components && { components }),
  });
}

/** A document of AsyncAPI 2: what others publish, it receives. */
function v2(
  channels: Readonly<
    Record<string, { readonly sends?: Json; readonly receives?: Json; readonly more?: Json }>
  >,
  more: Json = {},
): string {
  return JSON.stringify({
    asyncapi: '2.6.0',
    info: { title: 'A', version: '1' },
    ...more,
    channels: Object.fromEntries(
      Object.entries(channels).map(([address, { sends, receives, more: rest }]) => [
        address,
        {
          ...rest,
          ...(sends && { subscribe: { message: sends } }),
          ...(receives && { publish: { message: receives } }),
        },
      ]),
    ),
  });
}

const placed = { OrderPlaced: message('order.placed') };
const cancelled = { OrderCancelled: message('order.cancelled') };
const kafka = (host: string): Json => ({ main: { host, protocol: 'kafka' } });

const sending = (messages: Json, address = 'orders', more: Json = {}): string =>
  v3({ send: [{ address, messages, more }] });
const receiving = (messages: Json, address = 'orders', more: Json = {}): string =>
  v3({ receive: [{ address, messages, more }] });

/** One sender and one reader, written each for itself. */
const pair = (why: string, sender: string, reader: string, ...edges: readonly string[]): Estate => ({
  why,
  files: { 'shop/orders.yaml': sender, 'shop/billing.yaml': reader },
  edges: edges.map((it) => (it.includes('->') ? it : `orders -> billing ${it}`)),
});

const NO_EDGE: readonly string[] = [];

/** A host whose variable lists its values. */
const staged: Json = {
  main: {
    host: '{stage}.example.com:9092',
    protocol: 'kafka',
    variables: { stage: { enum: ['dev', 'prod'] } },
  },
};

const exchange = (name: string): Json => ({
  bindings: { amqp: { is: 'routingKey', exchange: { name, type: 'topic' } } },
});

const type = (value: unknown, name = 'type'): Json => ({ payload: object({ [name]: value }) });
const versioned = (name: string, version: string): Json => message(name, { 'x-contract': { version } });

export const ESTATES: readonly Estate[] = [
  // By reference.
  {
    why: 'the reader refers to the channel of the sender',
    files: {
      'shop/orders.yaml': sending(placed),
      'shop/billing.yaml': v3({ receive: [{ ref: './orders.yaml#/channels/c0' }] }),
    },
    edges: ['orders -> billing OrderPlaced'],
  },
  {
    why: 'the reader refers to the message of the sender, on a channel of its own',
    files: {
      'shop/orders.yaml': sending(placed),
      'shop/billing.yaml': receiving({
        OrderPlaced: { $ref: './orders.yaml#/channels/c0/messages/OrderPlaced' },
      }),
    },
    edges: ['orders -> billing OrderPlaced'],
  },
  {
    why: 'the reader refers to the message of the sender, on another address: no wire is shared',
    files: {
      'shop/orders.yaml': sending(placed),
      'shop/billing.yaml': receiving(
        { OrderPlaced: { $ref: './orders.yaml#/channels/c0/messages/OrderPlaced' } },
        'archive',
      ),
    },
    edges: [],
  },
  {
    why: 'both refer to a message of a third file',
    files: {
      'shop/orders.yaml': sending({ P: { $ref: '../shared/m.yaml#/OrderPlaced' } }),
      'shop/billing.yaml': receiving({ Q: { $ref: '../shared/m.yaml#/OrderPlaced' } }),
      'shared/m.yaml': JSON.stringify(placed),
    },
    edges: ['orders -> billing OrderPlaced'],
  },
  {
    why: 'a shared message on two addresses joins those of one address only',
    files: {
      'a/one.yaml': sending({ E: { $ref: '../shared/m.yaml#/Error' } }, 'a.errors'),
      'a/watch.yaml': receiving({ E: { $ref: '../shared/m.yaml#/Error' } }, 'a.errors'),
      'b/two.yaml': sending({ E: { $ref: '../shared/m.yaml#/Error' } }, 'b.errors'),
      'b/guard.yaml': receiving({ E: { $ref: '../shared/m.yaml#/Error' } }, 'b.errors'),
      'shared/m.yaml': JSON.stringify({ Error: message('error') }),
    },
    edges: ['one -> watch Error', 'two -> guard Error'],
  },
  {
    why: 'the reader chooses one message of a channel of two',
    files: {
      'shop/orders.yaml': sending({ ...placed, ...cancelled }),
      'shop/billing.yaml': v3({
        receive: [{ ref: './orders.yaml#/channels/c0', only: ['OrderCancelled'] }],
      }),
    },
    edges: ['orders -> billing OrderCancelled'],
  },
  // Copies.
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
  // One's own.
  {
    why: 'a service that takes a message on one address and passes it on on another is not its own reader',
    files: {
      'shop/relay.yaml': v3({
        receive: [{ address: 'in', messages: placed }],
        send: [{ address: 'out', messages: placed }],
      }),
    },
    edges: [],
  },
  {
    why: 'a relay between a sender and a reader',
    files: {
      'shop/orders.yaml': sending(placed, 'in'),
      'shop/relay.yaml': v3({
        receive: [{ address: 'in', messages: placed }],
        send: [{ address: 'out', messages: placed }],
      }),
      'shop/billing.yaml': receiving(placed, 'out'),
    },
    edges: ['orders -> relay OrderPlaced', 'relay -> billing OrderPlaced'],
  },
  {
    why: 'a service that sends and receives on one address is its own reader',
    files: {
      'shop/jobs.yaml': v3({
        receive: [{ address: 'jobs', messages: placed }],
        send: [{ address: 'jobs', messages: placed }],
      }),
    },
    edges: ['jobs -> jobs OrderPlaced'],
  },
  // Without a written name.
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
  // Parameters.
  pair(
    'parameters of different names',
    sending(placed, 'orders.{region}'),
    receiving(placed, 'orders.{area}'),
    'OrderPlaced',
  ),
  pair(
    'a parameter on one side, one of its values on the other',
    sending(placed, 'orders.{region}', { parameters: { region: { enum: ['eu', 'us'] } } }),
    receiving(placed, 'orders.eu'),
    'OrderPlaced',
  ),
  pair(
    'a parameter on one side, a value that it never has on the other',
    sending(placed, 'orders.{region}', { parameters: { region: { enum: ['eu', 'us'] } } }),
    receiving(placed, 'orders.asia'),
    ...NO_EDGE,
  ),
  pair(
    'parameters without a value in common',
    sending(placed, 'orders.{region}', { parameters: { region: { enum: ['eu', 'us'] } } }),
    receiving(placed, 'orders.{region}', { parameters: { region: { enum: ['asia'] } } }),
    ...NO_EDGE,
  ),
  pair(
    'a parameter is one word',
    sending(placed, 'orders.{region}'),
    receiving(placed, 'orders.eu.north'),
    ...NO_EDGE,
  ),
  pair(
    'a parameter within a word',
    sending(placed, 'orders-{region}'),
    receiving(placed, 'orders-eu'),
    'OrderPlaced',
  ),
  pair(
    'a wildcard for a word',
    sending(placed, 'orders/eu/placed'),
    receiving(placed, 'orders/+/placed'),
    'OrderPlaced',
  ),
  pair(
    'a wildcard for the rest',
    sending(placed, 'orders.eu.placed'),
    receiving(placed, 'orders.>'),
    'OrderPlaced',
  ),
  pair('a wildcard elsewhere', sending(placed, 'orders.eu.placed'), receiving(placed, 'bills.>'), ...NO_EDGE),
  pair(
    'without names a parameter is not enough to meet a fixed address',
    sending({ A: message('') }, 'orders/{id}'),
    receiving({ B: message('') }, 'orders/placed'),
    ...NO_EDGE,
  ),
  pair(
    'without names two equal forms are one address',
    sending({ A: message('') }, 'orders/{id}'),
    receiving({ B: message('') }, 'orders/{orderId}'),
    'B',
  ),
  pair(
    'a Kafka topic that the binding names',
    sending(placed, 'orderPlaced', { bindings: { kafka: { topic: 'shop.orders' } } }),
    receiving(placed, 'shop.orders'),
    'OrderPlaced',
  ),
  // Servers.
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
  // AsyncAPI 2.
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
  // Replies.
  pair(
    'an answer on an address of its own, received by reply',
    v3({
      send: [
        {
          address: 'ask',
          messages: { Ask: message('ask') },
          reply: { channel: { $ref: '#/channels/answers' } },
        },
      ],
      channels: { answers: { address: 'answers', messages: { Answer: message('answer') } } },
    }),
    v3({
      receive: [
        {
          address: 'ask',
          messages: { Ask: message('ask') },
          reply: { channel: { $ref: '#/channels/back' } },
        },
      ],
      channels: { back: { address: 'answers', messages: { Answer: message('answer') } } },
    }),
    'Ask',
    'billing -> orders Answer',
  ),
  pair(
    'an answer wherever the request says',
    v3({
      send: [
        {
          address: 'ask',
          messages: { Ask: message('ask') },
          reply: {
            address: { location: '$message.header#/replyTo' },
            channel: { $ref: '#/channels/answers' },
          },
        },
      ],
      channels: { answers: { address: null, messages: { Answer: message('answer') } } },
    }),
    v3({
      receive: [
        {
          address: 'ask',
          messages: { Ask: message('ask') },
          reply: {
            address: { location: '$message.header#/replyTo' },
            channel: { $ref: '#/channels/back' },
          },
        },
      ],
      channels: { back: { address: null, messages: { Answer: message('answer') } } },
    }),
    'Ask',
    'billing -> orders Answer',
  ),
  pair(
    'an answer that is received by an operation of its own',
    v3({
      send: [{ address: 'ask', messages: { Ask: message('ask') } }],
      receive: [{ address: 'answers', messages: { Answer: message('answer') } }],
    }),
    v3({
      receive: [
        {
          address: 'ask',
          messages: { Ask: message('ask') },
          reply: { channel: { $ref: '#/channels/back' } },
        },
      ],
      channels: { back: { address: 'answers', messages: { Answer: message('answer') } } },
    }),
    'Ask',
    'billing -> orders Answer',
  ),
  {
    why: 'an answer goes to who asked, though all wait at one address',
    files: Object.fromEntries(
      ['x', 'y'].flatMap((it) => [
        [
          `ask/${it}-asks.yaml`,
          v3({
            send: [
              {
                address: `ask.${it}`,
                messages: { Ask: message('ask') },
                reply: { channel: { $ref: '#/channels/answers' } },
              },
            ],
            channels: { answers: { address: 'answers', messages: { Answer: message('answer') } } },
          }),
        ],
        [
          `know/${it}-knows.yaml`,
          v3({
            receive: [
              {
                address: `ask.${it}`,
                messages: { Ask: message('ask') },
                reply: { channel: { $ref: '#/channels/answers' } },
              },
            ],
            channels: { answers: { address: 'answers', messages: { Answer: message('answer') } } },
          }),
        ],
      ]),
    ),
    edges: [
      'x-asks -> x-knows Ask',
      'x-knows -> x-asks Answer',
      'y-asks -> y-knows Ask',
      'y-knows -> y-asks Answer',
    ],
  },
  // Versions.
  pair(
    'a version on each side, the same',
    sending({ P: versioned('order.placed', '2.0') }),
    receiving({ P: versioned('order.placed', '2.0') }),
    'P',
  ),
  pair(
    'two versions sent, the reader reads the old one',
    sending({ P: versioned('order.placed', '1.0'), P2: versioned('order.placed', '2.0') }),
    receiving({ P: versioned('order.placed', '1.0') }),
    'P',
  ),
  pair(
    'a reader that writes no version',
    sending({ P: versioned('order.placed', '2.0') }),
    receiving({ P: message('order.placed') }),
    'P',
  ),
  pair(
    'only the new version is sent, the reader knows the old one: it gets the new one',
    sending({ P: versioned('order.placed', '2.0') }),
    receiving({ P: versioned('order.placed', '1.0') }),
    'P',
  ),
  // Faults that people have.
  {
    why: 'an address that is not known before run time joins nobody by its key',
    files: {
      'shop/orders.yaml': sending(placed).replace('"address":"orders"', '"address":null'),
      'shop/billing.yaml': receiving(placed).replace('"address":"orders"', '"address":null'),
    },
    edges: [],
  },
  {
    why: 'keys of letters that are not Latin, or of no letters at all, are not one name',
    files: {
      'shop/orders.yaml': v3({ send: [{ address: 'orders', messages: FOREIGN_KEYS }] }),
      'shop/billing.yaml': v3({ receive: [{ address: 'orders', messages: FOREIGN_KEYS }] }),
    },
    edges: Object.keys(FOREIGN_KEYS).map((it) => `orders -> billing ${it}`),
  },
  {
    why: 'a channel with messages and no operation meets nobody',
    files: {
      'shop/orders.yaml': v3({ channels: { c: { address: 'orders', messages: placed } } }),
      'shop/billing.yaml': receiving(placed),
    },
    edges: [],
  },
];
