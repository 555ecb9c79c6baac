import {
  type Files,
  full,
  integer,
  message,
  number,
  object,
  placed,
  receiving,
  sending,
  text,
  version2,
  version3,
} from './documents.ts';

/** Two states of an estate, and whom the change between them affects. */
export interface ChangedEstate {
  readonly why: string;
  readonly base: Files;
  /** By place: `a/orders.yaml#/channels/c0/address`, or the file alone; what stands there then. */
  readonly edit: Readonly<Record<string, unknown>>;
  /** The services that are named, and no others. */
  readonly affected: readonly string[];
}

/** What is taken away. */
export const GONE = null;

const rows: ChangedEstate[] = [];

/** Whom changes affect: what the judge is measured by. */
export const CHANGED_ESTATES: readonly ChangedEstate[] = rows;

function row(why: string, base: Files, edit: ChangedEstate['edit'], affected: readonly string[]): void {
  rows.push({ why, base, edit, affected });
}

const three = () => ({
  'a/orders.yaml': sending(placed(full)),
  'b/billing.yaml': receiving(placed(object({ id: text, total: number }, ['id', 'total']))),
  'c/mail.yaml': receiving(placed(object({ id: text }, ['id']))),
});
row(
  'type of a field that one reads',
  three(),
  { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/total/type': 'string' },
  ['billing'],
);
row(
  'required field becomes optional',
  three(),
  { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/required': ['id'] },
  ['billing'],
);
row(
  'field removed that no one reads',
  three(),
  { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/note': GONE },
  [],
);
row(
  'both read',
  three(),
  { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/id/type': 'integer' },
  ['billing', 'mail'],
);
row(
  'message removed',
  three(),
  { 'a/orders.yaml#/channels/c0': GONE, 'a/orders.yaml#/operations/send0': GONE },
  ['billing', 'mail'],
);
row('address moved', three(), { 'a/orders.yaml#/channels/c0/address': 'orders.v2' }, ['billing', 'mail']);
row('name changed', three(), { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/name': 'order.created' }, [
  'billing',
  'mail',
]);
row(
  'property added, a closed reader',
  {
    ...three(),
    'd/audit.yaml': receiving(
      placed(object({ id: text, total: number, note: text }, ['id'], { additionalProperties: false })),
    ),
  },
  { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/extra': text },
  ['audit'],
);
row(
  'a reader asks for more than one of its two senders gives',
  {
    'a/web.yaml': sending(placed(object({ id: text, vat: text }, ['id', 'vat']))),
    'a/till.yaml': sending(placed(object({ id: text, vat: text }, ['id']))),
    'b/billing.yaml': receiving(placed(object({ id: text, vat: text }, ['id']))),
  },
  { 'b/billing.yaml#/channels/c0/messages/OrderPlaced/payload/required': ['id', 'vat'] },
  ['billing', 'till'],
);
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
  'same name in two versions by x-contract',
  {
    'a/orders.yaml': sending({
      E: message('created', full, { 'x-contract': { version: '1.0' } }),
      E2: message('created', full, { 'x-contract': { version: '2.0' } }),
    }),
    'b/old.yaml': receiving({
      E: message('created', object({ total: number }, ['total']), { 'x-contract': { version: '1.0' } }),
    }),
    'b/new.yaml': receiving({
      E: message('created', object({ total: number }, ['total']), { 'x-contract': { version: '2.0' } }),
    }),
  },
  { 'a/orders.yaml#/channels/c0/messages/E2/payload/properties/total/type': 'string' },
  ['new'],
);
row(
  'relay with copies: source changes',
  {
    'a/orders.yaml': sending(placed(full), 'in'),
    'a/relay.yaml': version3([
      { do: 'receive', address: 'in', messages: placed(full) },
      { do: 'send', address: 'out', messages: placed(full) },
    ]),
    'b/billing.yaml': receiving(placed(object({ total: number }, ['total'])), 'out'),
  },
  { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/total/type': 'string' },
  ['relay'],
);
row(
  'relay changes what it passes on',
  {
    'a/orders.yaml': sending(placed(full), 'in'),
    'a/relay.yaml': version3([
      { do: 'receive', address: 'in', messages: placed(full) },
      { do: 'send', address: 'out', messages: placed(full) },
    ]),
    'b/billing.yaml': receiving(placed(object({ total: number }, ['total'])), 'out'),
  },
  { 'a/relay.yaml#/channels/c1/messages/OrderPlaced/payload/properties/total/type': 'string' },
  ['billing'],
);
row(
  'relay whose two channels share one component, the source changes',
  {
    'a/orders.yaml': sending(placed(full), 'in'),
    'a/relay.yaml': version3(
      [
        { do: 'receive', address: 'in', messages: { OrderPlaced: { $ref: '#/components/messages/P' } } },
        { do: 'send', address: 'out', messages: { OrderPlaced: { $ref: '#/components/messages/P' } } },
      ],
      { components: { messages: { P: message('order.placed', full) } } },
    ),
    'b/billing.yaml': receiving(placed(object({ total: number }, ['total'])), 'out'),
  },
  { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/total/type': 'string' },
  ['relay'],
);
row(
  'unnamed by const type',
  {
    'a/orders.yaml': sending({
      A: message('', object({ type: { const: 'a' }, x: number }, ['type', 'x'])),
      B: message('', object({ type: { const: 'b' }, x: number }, ['type', 'x'])),
    }),
    'b/ra.yaml': receiving({ Z: message('', object({ type: { const: 'a' }, x: number }, ['type', 'x'])) }),
    'b/rb.yaml': receiving({ Y: message('', object({ type: { const: 'b' }, x: number }, ['type', 'x'])) }),
  },
  { 'a/orders.yaml#/channels/c0/messages/A/payload/properties/x/type': 'string' },
  ['ra'],
);
row(
  'one payload of two types, a reader of one: that one changes',
  {
    'a/orders.yaml': sending({
      Ev: message('', {
        oneOf: [
          object({ type: { const: 'a' }, x: number }, ['type', 'x']),
          object({ type: { const: 'b' }, x: number }, ['type', 'x']),
        ],
      }),
    }),
    'b/ra.yaml': receiving({ Z: message('', object({ type: { const: 'a' }, x: number }, ['type', 'x'])) }),
    'b/rb.yaml': receiving({ Y: message('', object({ type: { const: 'b' }, x: number }, ['type', 'x'])) }),
  },
  {
    'a/orders.yaml#/channels/c0/messages/Ev/payload/oneOf': [
      { type: 'object', properties: { type: { const: 'a' }, x: text }, required: ['type', 'x'] },
      { type: 'object', properties: { type: { const: 'b' }, x: number }, required: ['type', 'x'] },
    ],
  },
  ['ra'],
);
row(
  'one named payload of two types, a reader of one by the same name',
  {
    'a/orders.yaml': sending({
      Ev: message('ev', {
        oneOf: [
          object({ type: { const: 'a' }, x: number }, ['type', 'x']),
          object({ type: { const: 'b' }, x: number }, ['type', 'x']),
        ],
      }),
    }),
    'b/ra.yaml': receiving({ Z: message('ev', object({ type: { const: 'a' }, x: number }, ['type', 'x'])) }),
  },
  {
    'a/orders.yaml#/channels/c0/messages/Ev/payload/oneOf': [
      { type: 'object', properties: { type: { const: 'a' }, x: text }, required: ['type', 'x'] },
      { type: 'object', properties: { type: { const: 'b' }, x: number }, required: ['type', 'x'] },
    ],
  },
  ['ra'],
);
row(
  'one payload with an enum of types, readers of one each',
  {
    'a/orders.yaml': sending({
      Ev: message('', object({ type: { enum: ['a', 'b'] }, x: number }, ['type', 'x'])),
    }),
    'b/ra.yaml': receiving({ Z: message('', object({ type: { const: 'a' }, x: number }, ['type', 'x'])) }),
  },
  { 'a/orders.yaml#/channels/c0/messages/Ev/payload/properties/x/type': 'string' },
  ['ra'],
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
  'reply changes: the asker is named',
  {
    'a/asks.yaml': version3(
      [
        {
          do: 'send',
          address: 'ask',
          messages: { Ask: message('ask', object({ q: text })) },
          reply: { channel: { $ref: '#/channels/ans' } },
        },
      ],
      {
        channels: {
          ans: { address: 'ans', messages: { Answer: message('answer', object({ a: number }, ['a'])) } },
        },
      },
    ),
    'a/knows.yaml': version3(
      [
        {
          do: 'receive',
          address: 'ask',
          messages: { Ask: message('ask', object({ q: text })) },
          reply: { channel: { $ref: '#/channels/ans' } },
        },
      ],
      {
        channels: {
          ans: { address: 'ans', messages: { Answer: message('answer', object({ a: number }, ['a'])) } },
        },
      },
    ),
    'b/other.yaml': receiving({ Answer: message('answer', object({ a: number }, ['a'])) }, 'elsewhere'),
  },
  { 'a/knows.yaml#/channels/ans/messages/Answer/payload/properties/a/type': 'string' },
  ['asks'],
);
row(
  'request narrowed by the one that answers',
  {
    'a/asks.yaml': version3(
      [
        {
          do: 'send',
          address: 'ask',
          messages: { Ask: message('ask', object({ q: text })) },
          reply: { channel: { $ref: '#/channels/ans' } },
        },
      ],
      {
        channels: {
          ans: { address: 'ans', messages: { Answer: message('answer', object({ a: number }, ['a'])) } },
        },
      },
    ),
    'a/knows.yaml': version3(
      [
        {
          do: 'receive',
          address: 'ask',
          messages: { Ask: message('ask', object({ q: text })) },
          reply: { channel: { $ref: '#/channels/ans' } },
        },
      ],
      {
        channels: {
          ans: { address: 'ans', messages: { Answer: message('answer', object({ a: number }, ['a'])) } },
        },
      },
    ),
  },
  { 'a/knows.yaml#/channels/c0/messages/Ask/payload/required': ['q'] },
  ['asks', 'knows'],
);
row(
  'two who answer one question, two who ask',
  {
    'a/asks.yaml': version3(
      [
        {
          do: 'send',
          address: 'ask',
          messages: { Ask: message('ask', object({ q: text })) },
          reply: { address: { location: '$message.header#/replyTo' }, channel: { $ref: '#/channels/ans' } },
        },
      ],
      {
        channels: {
          ans: { address: null, messages: { Answer: message('answer', object({ a: number }, ['a'])) } },
        },
      },
    ),
    'a/asks2.yaml': version3(
      [
        {
          do: 'send',
          address: 'ask',
          messages: { Ask: message('ask', object({ q: text })) },
          reply: { address: { location: '$message.header#/replyTo' }, channel: { $ref: '#/channels/ans' } },
        },
      ],
      { channels: { ans: { address: null, messages: { Answer: message('answer', object({})) } } } },
    ),
    'a/knows.yaml': version3(
      [
        {
          do: 'receive',
          address: 'ask',
          messages: { Ask: message('ask', object({ q: text })) },
          reply: { address: { location: '$message.header#/replyTo' }, channel: { $ref: '#/channels/ans' } },
        },
      ],
      {
        channels: {
          ans: { address: null, messages: { Answer: message('answer', object({ a: number }, ['a'])) } },
        },
      },
    ),
  },
  { 'a/knows.yaml#/channels/ans/messages/Answer/payload/properties/a/type': 'string' },
  ['asks'],
);
row(
  '2.x sender, 3.x and 2.x readers',
  {
    'a/orders.yaml': version2({ orders: { subscribe: { message: message('order.placed', full) } } }),
    'b/billing.yaml': receiving(placed(object({ total: number }, ['total']))),
    'b/mail.yaml': version2({
      orders: { publish: { message: message('order.placed', object({ id: text })) } },
    }),
  },
  { 'a/orders.yaml#/channels/orders/subscribe/message/payload/properties/total/type': 'string' },
  ['billing'],
);
row(
  '2.x oneOf: one of two changes',
  {
    'a/orders.yaml': version2({
      orders: {
        subscribe: { message: { oneOf: [message('order.placed', full), message('order.cancelled', full)] } },
      },
    }),
    'b/billing.yaml': receiving(placed(object({ total: number }, ['total']))),
    'b/mail.yaml': version2({
      orders: { publish: { message: message('order.cancelled', object({ total: number }, ['total'])) } },
    }),
  },
  {
    'a/orders.yaml#/channels/orders/subscribe/message/oneOf': [
      {
        name: 'order.placed',
        payload: {
          type: 'object',
          properties: { id: text, total: number, note: text },
          required: ['id', 'total'],
        },
      },
      {
        name: 'order.cancelled',
        payload: {
          type: 'object',
          properties: { id: text, total: text, note: text },
          required: ['id', 'total'],
        },
      },
    ],
  },
  ['mail'],
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
  'Avro copies',
  {
    'a/orders.yaml': sending({
      P: message('', {
        schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
        schema: {
          type: 'record',
          name: 'OrderPlaced',
          namespace: 'a',
          fields: [
            { name: 'id', type: 'string' },
            { name: 'total', type: 'int' },
          ],
        },
      }),
    }),
    'b/billing.yaml': receiving({
      Q: message('', {
        schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
        schema: {
          type: 'record',
          name: 'OrderPlaced',
          namespace: 'b',
          fields: [{ name: 'total', type: 'int' }],
        },
      }),
    }),
    'b/mail.yaml': receiving({
      Q: message('', {
        schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
        schema: {
          type: 'record',
          name: 'OrderPlaced',
          namespace: 'c',
          fields: [{ name: 'id', type: 'string' }],
        },
      }),
    }),
  },
  {
    'a/orders.yaml#/channels/c0/messages/P/payload/schema/fields': [
      { name: 'id', type: 'string' },
      { name: 'total', type: 'string' },
    ],
  },
  ['billing'],
);
row(
  'Avro, two records on a channel, no names',
  {
    'a/orders.yaml': sending({
      A: message('', {
        schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
        schema: { type: 'record', name: 'Placed', fields: [{ name: 'total', type: 'int' }] },
      }),
      B: message('', {
        schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
        schema: { type: 'record', name: 'Cancelled', fields: [{ name: 'total', type: 'int' }] },
      }),
    }),
    'b/rp.yaml': receiving({
      X: message('', {
        schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
        schema: { type: 'record', name: 'Placed', fields: [{ name: 'total', type: 'int' }] },
      }),
    }),
    'b/rc.yaml': receiving({
      X: message('', {
        schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
        schema: { type: 'record', name: 'Cancelled', fields: [{ name: 'total', type: 'int' }] },
      }),
    }),
  },
  { 'a/orders.yaml#/channels/c0/messages/A/payload/schema/fields': [{ name: 'total', type: 'string' }] },
  ['rp'],
);
row(
  'a vendored copy of the sender document, read by reference',
  {
    'a/orders.yaml': sending(placed(full)),
    'b/vendor/orders.yaml': sending(placed(full)),
    'b/billing.yaml': version3([{ do: 'receive', ref: './vendor/orders.yaml#/channels/c0' }]),
  },
  { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/total/type': 'string' },
  ['billing'],
);
row(
  'written names that differ in case and separators',
  {
    'a/orders.yaml': sending({ P: message('OrderPlaced', full) }),
    'b/billing.yaml': receiving({ P: message('order-placed', full) }),
  },
  { 'a/orders.yaml#/channels/c0/messages/P/payload/properties/total/type': 'string' },
  ['billing'],
);
row(
  'enum grows: a reader with a list of its own',
  {
    'a/orders.yaml': sending(placed(object({ st: { enum: ['a', 'b'] } }, ['st']))),
    'b/strict.yaml': receiving(placed(object({ st: { enum: ['a', 'b'] } }, ['st']))),
    'b/loose.yaml': receiving(placed(object({ st: text }, ['st']))),
    'b/wide.yaml': receiving(placed(object({ st: { enum: ['a', 'b', 'c'] } }, ['st']))),
  },
  { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/st/enum': ['a', 'b', 'c'] },
  ['strict'],
);
row(
  'header required by one reader',
  {
    'a/orders.yaml': sending({ P: message('p', full, { headers: object({ trace: text }, ['trace']) }) }),
    'b/one.yaml': receiving({ P: message('p', full, { headers: object({ trace: text }, ['trace']) }) }),
    'b/two.yaml': receiving({ P: message('p', full) }),
  },
  { 'a/orders.yaml#/channels/c0/messages/P/headers/required': [] },
  ['one'],
);
row(
  'content type changes',
  three(),
  { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/contentType': 'application/xml' },
  ['billing', 'mail'],
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
  'a second sender goes: the reader still has one',
  {
    'a/web.yaml': sending(placed(full)),
    'a/till.yaml': sending(placed(full)),
    'b/billing.yaml': receiving(placed(full)),
  },
  { 'a/till.yaml': GONE },
  [],
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
  'reader takes the whole channel of the sender by ref, one message changes',
  {
    'a/orders.yaml': sending({ ...placed(full), C: message('order.cancelled', full) }),
    'b/all.yaml': version3([{ do: 'receive', ref: '../a/orders.yaml#/channels/c0' }]),
    'b/one.yaml': version3([{ do: 'receive', ref: '../a/orders.yaml#/channels/c0', only: ['C'] }]),
  },
  { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/total/type': 'string' },
  ['all', 'orders'],
);
row(
  'nested arrays',
  {
    'a/orders.yaml': sending(
      placed(
        object({ lines: { type: 'array', items: object({ sku: text, qty: integer }, ['sku', 'qty']) } }, [
          'lines',
        ]),
      ),
    ),
    'b/r1.yaml': receiving(
      placed(object({ lines: { type: 'array', items: object({ sku: text }, ['sku']) } }, ['lines'])),
    ),
    'b/r2.yaml': receiving(
      placed(object({ lines: { type: 'array', items: object({ qty: integer }, ['qty']) } }, ['lines'])),
    ),
  },
  {
    'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/lines/items/properties/qty/type':
      'number',
  },
  ['r2'],
);
row(
  'reader without a payload takes anything',
  { 'a/orders.yaml': sending(placed(full)), 'b/log.yaml': receiving({ P: { name: 'order.placed' } }) },
  { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/total/type': 'string' },
  [],
);
row(
  'two things change, each reader by its own',
  three(),
  {
    'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/total/type': 'string',
    'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/note/type': 'number',
    'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/required': ['total'],
  },
  ['billing', 'mail'],
);
row(
  'the reader changes its own copy to read less',
  three(),
  {
    'b/billing.yaml#/channels/c0/messages/OrderPlaced/payload/properties/total': GONE,
    'b/billing.yaml#/channels/c0/messages/OrderPlaced/payload/required': ['id'],
  },
  [],
);
row(
  'the reader joins with a copy that does not fit',
  { 'a/orders.yaml': sending(placed(full)) },
  {
    'b/new.yaml': {
      asyncapi: '3.0.0',
      info: { title: 'T', version: '1.0.0' },
      channels: {
        c0: {
          address: 'orders',
          messages: {
            OrderPlaced: {
              name: 'order.placed',
              payload: { type: 'object', properties: { vat: number }, required: ['vat'] },
            },
          },
        },
      },
      operations: { receive0: { action: 'receive', channel: { $ref: '#/channels/c0' } } },
    },
  },
  [],
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
  '2.x: messageId only',
  {
    'a/orders.yaml': version2({
      orders: { subscribe: { message: { messageId: 'orderPlaced', payload: full } } },
    }),
    'b/billing.yaml': version2({
      orders: {
        publish: { message: { messageId: 'orderPlaced', payload: object({ total: number }, ['total']) } },
      },
    }),
    'b/mail.yaml': receiving({ orderPlaced: message('', object({ id: text })) }),
  },
  { 'a/orders.yaml#/channels/orders/subscribe/message/payload/properties/total/type': 'string' },
  ['billing'],
);
row(
  '2.x component message names from keys',
  {
    'a/orders.yaml': version2(
      { orders: { subscribe: { message: { $ref: '#/components/messages/OrderPlaced' } } } },
      { components: { messages: { OrderPlaced: { payload: full } } } },
    ),
    'b/billing.yaml': receiving({ orderPlaced: message('', object({ total: number }, ['total'])) }),
  },
  { 'a/orders.yaml#/components/messages/OrderPlaced/payload/properties/total/type': 'string' },
  ['billing'],
);
row(
  'discriminator by an event name two levels down',
  {
    'a/orders.yaml': sending({
      A: message('', object({ meta: object({ event: object({ name: { const: 'a' } }) }), x: number }, ['x'])),
      B: message('', object({ meta: object({ event: object({ name: { const: 'b' } }) }), x: number }, ['x'])),
    }),
    'b/rb.yaml': receiving({
      Q: message('', object({ meta: object({ event: object({ name: { const: 'b' } }) }), x: number }, ['x'])),
    }),
  },
  { 'a/orders.yaml#/channels/c0/messages/A/payload/properties/x/type': 'string' },
  [],
);
row(
  'discriminated by a field of another name',
  {
    'a/orders.yaml': sending({
      A: message('', object({ op: { const: 'a' }, x: number }, ['op', 'x'])),
      B: message('', object({ op: { const: 'b' }, x: number }, ['op', 'x'])),
    }),
    'b/rb.yaml': receiving({ Q: message('', object({ op: { const: 'b' }, x: number }, ['op', 'x'])) }),
  },
  { 'a/orders.yaml#/channels/c0/messages/A/payload/properties/x/type': 'string' },
  [],
);
row(
  'keys differ, no names, two of a channel, no types: fields tell',
  {
    'a/orders.yaml': sending({
      A: message('', object({ a: number }, ['a'])),
      B: message('', object({ b: number }, ['b'])),
    }),
    'b/rb.yaml': receiving({ Q: message('', object({ b: number }, ['b'])) }),
  },
  { 'a/orders.yaml#/channels/c0/messages/B/payload/properties/b/type': 'string' },
  ['rb'],
);

row(
  'one of two messages is no longer sent',
  {
    'a/orders.yaml': sending({ ...placed(full), C: message('order.cancelled', full) }),
    'b/rp.yaml': receiving(placed(full)),
    'b/rc.yaml': receiving({ C: message('order.cancelled', full) }),
  },
  { 'a/orders.yaml#/channels/c0/messages/C': GONE },
  ['rc'],
);
row(
  'an operation chooses fewer messages',
  {
    'a/orders.yaml': version3([
      {
        do: 'send',
        messages: { ...placed(full), C: message('order.cancelled', full) },
        only: ['OrderPlaced', 'C'],
      },
    ]),
    'b/rp.yaml': receiving(placed(full)),
    'b/rc.yaml': receiving({ C: message('order.cancelled', full) }),
  },
  { 'a/orders.yaml#/operations/send0/messages': [{ $ref: '#/channels/c0/messages/OrderPlaced' }] },
  ['rc'],
);
row(
  'a message leaves one of two channels',
  {
    'a/orders.yaml': version3(
      [
        { do: 'send', address: 'x', messages: { E: { $ref: '#/components/messages/E' } } },
        { do: 'send', address: 'y', messages: { E: { $ref: '#/components/messages/E' } } },
      ],
      { components: { messages: { E: message('created', full) } } },
    ),
    'b/rx.yaml': receiving({ E: message('created', full) }, 'x'),
    'b/ry.yaml': receiving({ E: message('created', full) }, 'y'),
  },
  { 'a/orders.yaml#/channels/c1': GONE, 'a/orders.yaml#/operations/send1': GONE },
  ['ry'],
);
row('the sender document goes', three(), { 'a/orders.yaml': GONE }, ['billing', 'mail']);
row(
  '2.x: the sender takes its channel back',
  {
    'a/orders.yaml': version2({
      orders: { subscribe: { message: message('order.placed', full) } },
      other: { subscribe: { message: message('o', full) } },
    }),
    'b/mail.yaml': version2({
      orders: { publish: { message: message('order.placed', object({ id: text })) } },
    }),
  },
  { 'a/orders.yaml#/channels/orders': GONE },
  ['mail'],
);
row(
  'the version rises without the old one: own copies',
  {
    'a/orders.yaml': sending({ E: message('created', full, { 'x-contract': { version: '1.0' } }) }),
    'b/old.yaml': receiving({
      E: message('created', object({ total: number }, ['total']), { 'x-contract': { version: '1.0' } }),
    }),
    'b/loose.yaml': receiving({
      E: message('created', object({ id: text }, ['id']), { 'x-contract': { version: '1.0' } }),
    }),
  },
  {
    'a/orders.yaml#/channels/c0/messages/E/payload/properties/total/type': 'string',
    'a/orders.yaml#/channels/c0/messages/E/x-contract/version': '2.0',
  },
  ['old'],
);
row(
  'a field of the payload becomes nullable',
  three(),
  { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/total/type': ['number', 'null'] },
  ['billing'],
);
row(
  'a whole message payload becomes an array',
  three(),
  {
    'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/type': 'array',
    'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties': GONE,
    'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/required': GONE,
    'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/items': {
      type: 'object',
      properties: { id: text, total: number, note: text },
      required: ['id', 'total'],
    },
  },
  ['billing', 'mail'],
);
row(
  'an answerer stops answering',
  {
    'a/asks.yaml': version3(
      [
        {
          do: 'send',
          address: 'ask',
          messages: { Ask: message('ask', object({ q: text })) },
          reply: { channel: { $ref: '#/channels/ans' } },
        },
      ],
      {
        channels: {
          ans: { address: 'ans', messages: { Answer: message('answer', object({ a: number }, ['a'])) } },
        },
      },
    ),
    'a/knows.yaml': version3(
      [
        {
          do: 'receive',
          address: 'ask',
          messages: { Ask: message('ask', object({ q: text })) },
          reply: { channel: { $ref: '#/channels/ans' } },
        },
      ],
      {
        channels: {
          ans: { address: 'ans', messages: { Answer: message('answer', object({ a: number }, ['a'])) } },
        },
      },
    ),
  },
  { 'a/knows.yaml#/operations/receive0/reply': GONE },
  ['asks'],
);
row(
  'a reply moves to another address',
  {
    'a/asks.yaml': version3(
      [
        {
          do: 'send',
          address: 'ask',
          messages: { Ask: message('ask', object({ q: text })) },
          reply: { channel: { $ref: '#/channels/ans' } },
        },
      ],
      {
        channels: {
          ans: { address: 'ans', messages: { Answer: message('answer', object({ a: number }, ['a'])) } },
        },
      },
    ),
    'a/knows.yaml': version3(
      [
        {
          do: 'receive',
          address: 'ask',
          messages: { Ask: message('ask', object({ q: text })) },
          reply: { channel: { $ref: '#/channels/ans' } },
        },
      ],
      {
        channels: {
          ans: { address: 'ans', messages: { Answer: message('answer', object({ a: number }, ['a'])) } },
        },
      },
    ),
  },
  { 'a/knows.yaml#/channels/ans/address': 'other' },
  ['asks'],
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
  'a command loses its receiver',
  {
    'a/web.yaml': sending({ C: message('order.place', full, { 'x-contract': { kind: 'command' } }) }, 'cmd'),
    'b/orders.yaml': receiving(
      { C: message('order.place', full, { 'x-contract': { kind: 'command' } }) },
      'cmd',
    ),
  },
  { 'b/orders.yaml#/channels/c0': GONE, 'b/orders.yaml#/operations/receive0': GONE },
  ['web'],
);
row('a reader no longer takes one message: nobody', three(), { 'b/billing.yaml': GONE }, []);
const union = (...kinds: readonly string[]) => ({
  oneOf: kinds.map((it) => object({ type: { const: it }, x: number }, ['type', 'x'])),
});
row(
  'a union gets another type: who lists them all, who takes one, who takes whatever comes',
  {
    'a/orders.yaml': sending({ E: message('event', union('a', 'b')) }),
    'b/all.yaml': receiving({ E: message('event', union('a', 'b')) }),
    'b/any.yaml': receiving({ E: message('event', { type: 'object' }) }),
    'b/wide.yaml': receiving({ E: message('event', union('a', 'b', 'c')) }),
  },
  { 'a/orders.yaml#/channels/c0/messages/E/payload': union('a', 'b', 'c') },
  ['all'],
);
row(
  'a name in a trait',
  {
    'a/orders.yaml': version3([
      { do: 'send', messages: { P: { payload: full, traits: [{ name: 'order.placed' }] } } },
    ]),
    'b/billing.yaml': receiving(placed(object({ total: number }, ['total']))),
  },
  { 'a/orders.yaml#/channels/c0/messages/P/payload/properties/total': text },
  ['billing'],
);
row(
  'CloudEvents: the type in the headers tells which is meant',
  {
    'a/orders.yaml': sending({
      A: message('', full, { headers: object({ ce_type: { const: 'placed' } }, ['ce_type']) }),
      B: message('', full, { headers: object({ ce_type: { const: 'gone' } }, ['ce_type']) }),
    }),
    'b/rp.yaml': receiving({ X: message('', full, { headers: object({ ce_type: { const: 'placed' } }) }) }),
    'b/rg.yaml': receiving({ Y: message('', full, { headers: object({ ce_type: { const: 'gone' } }) }) }),
  },
  { 'a/orders.yaml#/channels/c0/messages/B/payload/properties/total': text },
  ['rg'],
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
row(
  'a schema that both senders share, one of which has readers of the field',
  {
    'sh/types.yaml': { Money: number },
    'a/orders.yaml': sending(
      { P: message('p', object({ m: { $ref: '../sh/types.yaml#/Money' } }, ['m'])) },
      'x',
    ),
    'a/users.yaml': sending(
      { U: message('u', object({ m: { $ref: '../sh/types.yaml#/Money' } }, ['m'])) },
      'y',
    ),
    'b/rp.yaml': receiving({ P: message('p', object({ m: number }, ['m'])) }, 'x'),
    'b/ru.yaml': receiving({ U: message('u', object({})) }, 'y'),
  },
  { 'sh/types.yaml#/Money': text },
  ['rp'],
);
row(
  'a forwarder by reference: it reads and sends by the words of the source',
  {
    'a/orders.yaml': sending(placed(full), 'in'),
    'a/relay.yaml': version3([
      {
        do: 'receive',
        address: 'in',
        messages: { P: { $ref: './orders.yaml#/channels/c0/messages/OrderPlaced' } },
      },
      {
        do: 'send',
        address: 'out',
        messages: { P: { $ref: './orders.yaml#/channels/c0/messages/OrderPlaced' } },
      },
    ]),
    'b/billing.yaml': receiving(placed(object({ total: number }, ['total'])), 'out'),
    'b/mail.yaml': receiving(placed(object({ id: text })), 'out'),
  },
  { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/total': text },
  ['billing', 'orders', 'relay'],
);
row(
  'both documents go from 2.6 to 3.0, and nothing else changes',
  {
    'a/orders.yaml': version2({ orders: { subscribe: { message: message('order.placed', full) } } }),
    'b/billing.yaml': version2({ orders: { publish: { message: message('order.placed', full) } } }),
  },
  {
    'a/orders.yaml': sending({ 'order.placed': message('order.placed', full) }),
    'b/billing.yaml': receiving({ 'order.placed': message('order.placed', full) }),
  },
  [],
);
row(
  'a document goes from 2.6 to 3.0 and breaks on the way',
  {
    'a/orders.yaml': version2({ orders: { subscribe: { message: message('order.placed', full) } } }),
    'b/billing.yaml': receiving(placed(object({ total: number }, ['total']))),
    'b/mail.yaml': receiving(placed(object({ id: text }))),
  },
  { 'a/orders.yaml': sending(placed(object({ id: text, total: text }, ['id', 'total']))) },
  ['billing'],
);
row(
  'a reader becomes stricter on a field that only one of two senders leaves out',
  {
    'a/web.yaml': version2({
      orders: { subscribe: { message: message('order.placed', object({ id: text }, ['id'])) } },
    }),
    'a/till.yaml': sending(placed(object({ id: text }))),
    'b/billing.yaml': receiving(placed(object({ id: text }))),
  },
  { 'b/billing.yaml#/channels/c0/messages/OrderPlaced/payload/required': ['id'] },
  ['billing', 'till'],
);
row(
  'a reply gets a field that one of two who ask refuses',
  {
    'a/strict.yaml': version3(
      [
        {
          do: 'send',
          address: 'ask',
          messages: { Ask: message('ask', object({})) },
          reply: { channel: { $ref: '#/channels/a' } },
        },
      ],
      {
        channels: {
          a: {
            address: 'ans',
            messages: { A: message('answer', object({ a: number }, [], { additionalProperties: false })) },
          },
        },
      },
    ),
    'a/loose.yaml': version3(
      [
        {
          do: 'send',
          address: 'ask',
          messages: { Ask: message('ask', object({})) },
          reply: { channel: { $ref: '#/channels/a' } },
        },
      ],
      { channels: { a: { address: 'ans', messages: { A: message('answer', object({ a: number })) } } } },
    ),
    'b/knows.yaml': version3(
      [
        {
          do: 'receive',
          address: 'ask',
          messages: { Ask: message('ask', object({})) },
          reply: { channel: { $ref: '#/channels/a' } },
        },
      ],
      { channels: { a: { address: 'ans', messages: { A: message('answer', object({ a: number })) } } } },
    ),
  },
  { 'b/knows.yaml#/channels/a/messages/A/payload/properties/b': text },
  ['strict'],
);
row(
  'an Avro field goes that a reader has with a default, and another without',
  {
    'a/orders.yaml': sending({ P: avro('P', ['id', 'string'], ['total', 'int']) }),
    'b/with.yaml': receiving({ P: avro('P', ['id', 'string'], ['total', 'int', 0]) }),
    'b/without.yaml': receiving({ P: avro('P', ['total', 'int']) }),
    'b/other.yaml': receiving({ P: avro('P', ['id', 'string']) }),
  },
  { 'a/orders.yaml#/channels/c0/messages/P': avro('P', ['id', 'string']) },
  ['without'],
);

row(
  'a change that breaks the contract itself, and beside it one that only a closed reader feels',
  {
    'a/orders.yaml': sending(placed(full)),
    'b/billing.yaml': receiving(placed(object({ total: number }, ['total']))),
    'b/closed.yaml': receiving(
      placed(object({ id: text, total: true, note: text }, [], { additionalProperties: false })),
    ),
  },
  {
    'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/total': text,
    'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload/properties/extra': text,
  },
  ['billing', 'closed'],
);

function avro(name: string, ...fields: readonly (readonly [string, string, unknown?])[]) {
  const schema = {
    type: 'record',
    name,
    fields: fields.map(([field, type, ...rest]) => ({
      name: field,
      type,
      ...(rest.length > 0 && { default: rest[0] }),
    })),
  };
  return message('', { schemaFormat: 'application/vnd.apache.avro;version=1.9.0', schema });
}
