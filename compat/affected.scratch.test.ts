import { load, memoryReader } from '@chirograph/contract/load';
import { describe, expect, it } from 'vitest';
import type { Policy } from './index.ts';
import { compare, judge } from './index.ts';

type Json = any;
interface Row {
  why: string;
  base: Record<string, Json>;
  edit: (files: Record<string, Json>) => void;
  affected: string[];
  policy?: Partial<Policy>;
  clean?: boolean;
}
const obj = (properties: Json, required: string[] = [], more: Json = {}) => ({
  type: 'object',
  properties,
  required,
  ...more,
});
const s = { type: 'string' },
  n = { type: 'number' },
  i = { type: 'integer' };
const doc3 = (ways: Json[], more: Json = {}) => {
  const channels: Json = {},
    operations: Json = {};
  ways.forEach((w, k) => {
    channels[`c${k}`] = w.ref
      ? { $ref: w.ref }
      : { address: w.address ?? 'orders', messages: w.messages, ...(w.more ?? {}) };
    operations[`${w.do}${k}`] = {
      action: w.do,
      channel: { $ref: `#/channels/c${k}` },
      ...(w.only && { messages: w.only.map((m: string) => ({ $ref: `#/channels/c${k}/messages/${m}` })) }),
      ...(w.reply && { reply: w.reply }),
    };
  });
  return {
    asyncapi: '3.0.0',
    info: { title: 'T', version: '1.0.0' },
    channels: { ...channels, ...(more.channels ?? {}) },
    operations,
    ...(more.servers && { servers: more.servers }),
    ...(more.components && { components: more.components }),
  };
};
const doc2 = (channels: Json, more: Json = {}) => ({
  asyncapi: '2.6.0',
  info: { title: 'T', version: '1.0.0' },
  channels,
  ...more,
});
const M = (name: string, payload: Json, more: Json = {}) => ({ ...(name && { name }), payload, ...more });
const send = (messages: Json, address = 'orders', more: Json = {}) =>
  doc3([{ do: 'send', address, messages, more }]);
const recv = (messages: Json, address = 'orders', more: Json = {}) =>
  doc3([{ do: 'receive', address, messages, more }]);
const placed = (payload: Json) => ({ OrderPlaced: M('order.placed', payload) });
const msg = (d: Json, c = 'c0', m = 'OrderPlaced') => d.channels[c].messages[m];
export const ROWS: Row[] = [];
const row = (why: string, base: Json, edit: Row['edit'], affected: string[], more: Partial<Row> = {}) =>
  ROWS.push({ why, base, edit, affected, ...more });
const full = obj({ id: s, total: n, note: s }, ['id', 'total']);
const three = () => ({
  'a/orders.yaml': send(placed(full)),
  'b/billing.yaml': recv(placed(obj({ id: s, total: n }, ['id', 'total']))),
  'c/mail.yaml': recv(placed(obj({ id: s }, ['id']))),
});
row(
  'type of a field that one reads',
  three(),
  (f) => {
    msg(f['a/orders.yaml']).payload.properties.total = s;
  },
  ['billing'],
);
row(
  'required field becomes optional',
  three(),
  (f) => {
    msg(f['a/orders.yaml']).payload.required = ['id'];
  },
  ['billing'],
);
row(
  'field removed that no one reads',
  three(),
  (f) => {
    delete msg(f['a/orders.yaml']).payload.properties.note;
  },
  [],
);
row(
  'both read',
  three(),
  (f) => {
    msg(f['a/orders.yaml']).payload.properties.id = i;
  },
  ['billing', 'mail'],
);
row(
  'message removed',
  three(),
  (f) => {
    f['a/orders.yaml'] = { ...f['a/orders.yaml'], channels: {}, operations: {} };
  },
  ['billing', 'mail'],
);
row(
  'address moved',
  three(),
  (f) => {
    f['a/orders.yaml'].channels.c0.address = 'orders.v2';
  },
  ['billing', 'mail'],
);
row(
  'name changed',
  three(),
  (f) => {
    msg(f['a/orders.yaml']).name = 'order.created';
  },
  ['billing', 'mail'],
);
row(
  'property added, a closed reader',
  {
    ...three(),
    'd/audit.yaml': recv(placed(obj({ id: s, total: n, note: s }, ['id'], { additionalProperties: false }))),
  },
  (f) => {
    msg(f['a/orders.yaml']).payload.properties.extra = s;
  },
  ['audit'],
);
row(
  'reader needs more of one of two senders',
  {
    'a/web.yaml': send(placed(obj({ id: s, vat: s }, ['id', 'vat']))),
    'a/till.yaml': send(placed(obj({ id: s, vat: s }, ['id']))),
    'b/billing.yaml': recv(placed(obj({ id: s, vat: s }, ['id']))),
  },
  (f) => {
    msg(f['b/billing.yaml']).payload.required = ['id', 'vat'];
  },
  ['till'],
);
row(
  'same name at two addresses, inline: change at one',
  {
    'a/orders.yaml': doc3([
      { do: 'send', address: 'x', messages: { E: M('created', full) } },
      { do: 'send', address: 'y', messages: { E: M('created', full) } },
    ]),
    'b/rx.yaml': recv({ E: M('created', obj({ total: n }, ['total'])) }, 'x'),
    'b/ry.yaml': recv({ E: M('created', obj({ total: n }, ['total'])) }, 'y'),
  },
  (f) => {
    f['a/orders.yaml'].channels.c1.messages.E.payload.properties.total = s;
  },
  ['ry'],
);
row(
  'same name at two addresses in two services',
  {
    'a/orders.yaml': send({ E: M('created', full) }, 'x'),
    'a/users.yaml': send({ E: M('created', full) }, 'y'),
    'b/rx.yaml': recv({ E: M('created', obj({ total: n }, ['total'])) }, 'x'),
    'b/ry.yaml': recv({ E: M('created', obj({ total: n }, ['total'])) }, 'y'),
  },
  (f) => {
    f['a/users.yaml'].channels.c0.messages.E.payload.properties.total = s;
  },
  ['ry'],
);
row(
  'same name in two versions by x-contract',
  {
    'a/orders.yaml': send({
      E: M('created', full, { 'x-contract': { version: '1.0' } }),
      E2: M('created', full, { 'x-contract': { version: '2.0' } }),
    }),
    'b/old.yaml': recv({
      E: M('created', obj({ total: n }, ['total']), { 'x-contract': { version: '1.0' } }),
    }),
    'b/new.yaml': recv({
      E: M('created', obj({ total: n }, ['total']), { 'x-contract': { version: '2.0' } }),
    }),
  },
  (f) => {
    f['a/orders.yaml'].channels.c0.messages.E2.payload.properties.total = s;
  },
  ['new'],
);
row(
  'relay with copies: source changes',
  {
    'a/orders.yaml': send(placed(full), 'in'),
    'a/relay.yaml': doc3([
      { do: 'receive', address: 'in', messages: placed(full) },
      { do: 'send', address: 'out', messages: placed(full) },
    ]),
    'b/billing.yaml': recv(placed(obj({ total: n }, ['total'])), 'out'),
  },
  (f) => {
    msg(f['a/orders.yaml']).payload.properties.total = s;
  },
  ['relay'],
);
row(
  'relay changes what it passes on',
  {
    'a/orders.yaml': send(placed(full), 'in'),
    'a/relay.yaml': doc3([
      { do: 'receive', address: 'in', messages: placed(full) },
      { do: 'send', address: 'out', messages: placed(full) },
    ]),
    'b/billing.yaml': recv(placed(obj({ total: n }, ['total'])), 'out'),
  },
  (f) => {
    msg(f['a/relay.yaml'], 'c1').payload.properties.total = s;
  },
  ['billing'],
);
row(
  'relay whose two channels share one component, the source changes',
  {
    'a/orders.yaml': send(placed(full), 'in'),
    'a/relay.yaml': doc3(
      [
        { do: 'receive', address: 'in', messages: { OrderPlaced: { $ref: '#/components/messages/P' } } },
        { do: 'send', address: 'out', messages: { OrderPlaced: { $ref: '#/components/messages/P' } } },
      ],
      { components: { messages: { P: M('order.placed', full) } } },
    ),
    'b/billing.yaml': recv(placed(obj({ total: n }, ['total'])), 'out'),
  },
  (f) => {
    msg(f['a/orders.yaml']).payload.properties.total = s;
  },
  ['relay'],
);
row(
  'unnamed by const type',
  {
    'a/orders.yaml': send({
      A: M('', obj({ type: { const: 'a' }, x: n }, ['type', 'x'])),
      B: M('', obj({ type: { const: 'b' }, x: n }, ['type', 'x'])),
    }),
    'b/ra.yaml': recv({ Z: M('', obj({ type: { const: 'a' }, x: n }, ['type', 'x'])) }),
    'b/rb.yaml': recv({ Y: M('', obj({ type: { const: 'b' }, x: n }, ['type', 'x'])) }),
  },
  (f) => {
    msg(f['a/orders.yaml'], 'c0', 'A').payload.properties.x = s;
  },
  ['ra'],
);
row(
  'one payload of two types, a reader of one: that one changes',
  {
    'a/orders.yaml': send({
      Ev: M('', {
        oneOf: [
          obj({ type: { const: 'a' }, x: n }, ['type', 'x']),
          obj({ type: { const: 'b' }, x: n }, ['type', 'x']),
        ],
      }),
    }),
    'b/ra.yaml': recv({ Z: M('', obj({ type: { const: 'a' }, x: n }, ['type', 'x'])) }),
    'b/rb.yaml': recv({ Y: M('', obj({ type: { const: 'b' }, x: n }, ['type', 'x'])) }),
  },
  (f) => {
    msg(f['a/orders.yaml'], 'c0', 'Ev').payload.oneOf[0].properties.x = s;
  },
  ['ra'],
);
row(
  'one named payload of two types, a reader of one by the same name',
  {
    'a/orders.yaml': send({
      Ev: M('ev', {
        oneOf: [
          obj({ type: { const: 'a' }, x: n }, ['type', 'x']),
          obj({ type: { const: 'b' }, x: n }, ['type', 'x']),
        ],
      }),
    }),
    'b/ra.yaml': recv({ Z: M('ev', obj({ type: { const: 'a' }, x: n }, ['type', 'x'])) }),
  },
  (f) => {
    msg(f['a/orders.yaml'], 'c0', 'Ev').payload.oneOf[0].properties.x = s;
  },
  ['ra'],
);
row(
  'one payload with an enum of types, readers of one each',
  {
    'a/orders.yaml': send({ Ev: M('', obj({ type: { enum: ['a', 'b'] }, x: n }, ['type', 'x'])) }),
    'b/ra.yaml': recv({ Z: M('', obj({ type: { const: 'a' }, x: n }, ['type', 'x'])) }),
  },
  (f) => {
    msg(f['a/orders.yaml'], 'c0', 'Ev').payload.properties.x = s;
  },
  ['ra'],
);
row(
  'environments: staging and prod',
  {
    'a/orders.yaml': doc3([{ do: 'send', messages: placed(full) }], {
      servers: { prod: { host: 'prod.x.com', protocol: 'kafka' } },
    }),
    'b/billing.yaml': doc3([{ do: 'receive', messages: placed(full) }], {
      servers: { prod: { host: 'prod.x.com', protocol: 'kafka' } },
    }),
    'b/test.yaml': doc3([{ do: 'receive', messages: placed(full) }], {
      servers: { st: { host: 'staging.x.com', protocol: 'kafka' } },
    }),
  },
  (f) => {
    msg(f['a/orders.yaml']).payload.properties.total = s;
  },
  ['billing'],
);
row(
  'host with an enumerated variable',
  {
    'a/orders.yaml': doc3([{ do: 'send', messages: placed(full) }], {
      servers: {
        prod: { host: '{env}.x.com', protocol: 'kafka', variables: { env: { enum: ['dev', 'prod'] } } },
      },
    }),
    'b/billing.yaml': doc3([{ do: 'receive', messages: placed(full) }], {
      servers: { prod: { host: 'prod.x.com', protocol: 'kafka' } },
    }),
    'b/test.yaml': doc3([{ do: 'receive', messages: placed(full) }], {
      servers: { st: { host: 'staging.x.com', protocol: 'kafka' } },
    }),
  },
  (f) => {
    msg(f['a/orders.yaml']).payload.properties.total = s;
  },
  ['billing'],
);
row(
  'host with a default-only variable',
  {
    'a/orders.yaml': doc3([{ do: 'send', messages: placed(full) }], {
      servers: {
        prod: { host: 'b.x.com:{port}', protocol: 'kafka', variables: { port: { default: '9092' } } },
      },
    }),
    'b/billing.yaml': doc3([{ do: 'receive', messages: placed(full) }], {
      servers: { prod: { host: 'b.x.com:9092', protocol: 'kafka' } },
    }),
  },
  (f) => {
    msg(f['a/orders.yaml']).payload.properties.total = s;
  },
  ['billing'],
);
row(
  'amqp exchanges that differ',
  {
    'a/orders.yaml': send(placed(full), 'placed', {
      bindings: { amqp: { is: 'routingKey', exchange: { name: 'orders', type: 'topic' } } },
    }),
    'b/billing.yaml': recv(placed(full), 'placed', {
      bindings: { amqp: { is: 'routingKey', exchange: { name: 'orders', type: 'topic' } } },
    }),
    'b/other.yaml': recv(placed(full), 'placed', {
      bindings: { amqp: { is: 'routingKey', exchange: { name: 'crm', type: 'topic' } } },
    }),
  },
  (f) => {
    msg(f['a/orders.yaml']).payload.properties.total = s;
  },
  ['billing'],
);
row(
  'reply changes: the asker is named',
  {
    'a/asks.yaml': doc3(
      [
        {
          do: 'send',
          address: 'ask',
          messages: { Ask: M('ask', obj({ q: s })) },
          reply: { channel: { $ref: '#/channels/ans' } },
        },
      ],
      { channels: { ans: { address: 'ans', messages: { Answer: M('answer', obj({ a: n }, ['a'])) } } } },
    ),
    'a/knows.yaml': doc3(
      [
        {
          do: 'receive',
          address: 'ask',
          messages: { Ask: M('ask', obj({ q: s })) },
          reply: { channel: { $ref: '#/channels/ans' } },
        },
      ],
      { channels: { ans: { address: 'ans', messages: { Answer: M('answer', obj({ a: n }, ['a'])) } } } },
    ),
    'b/other.yaml': recv({ Answer: M('answer', obj({ a: n }, ['a'])) }, 'elsewhere'),
  },
  (f) => {
    f['a/knows.yaml'].channels.ans.messages.Answer.payload.properties.a = s;
  },
  ['asks'],
);
row(
  'request narrowed by the one that answers',
  {
    'a/asks.yaml': doc3(
      [
        {
          do: 'send',
          address: 'ask',
          messages: { Ask: M('ask', obj({ q: s })) },
          reply: { channel: { $ref: '#/channels/ans' } },
        },
      ],
      { channels: { ans: { address: 'ans', messages: { Answer: M('answer', obj({ a: n }, ['a'])) } } } },
    ),
    'a/knows.yaml': doc3(
      [
        {
          do: 'receive',
          address: 'ask',
          messages: { Ask: M('ask', obj({ q: s })) },
          reply: { channel: { $ref: '#/channels/ans' } },
        },
      ],
      { channels: { ans: { address: 'ans', messages: { Answer: M('answer', obj({ a: n }, ['a'])) } } } },
    ),
  },
  (f) => {
    f['a/knows.yaml'].channels.c0.messages.Ask.payload.required = ['q'];
  },
  ['asks'],
);
row(
  'two who answer one question, two who ask',
  {
    'a/asks.yaml': doc3(
      [
        {
          do: 'send',
          address: 'ask',
          messages: { Ask: M('ask', obj({ q: s })) },
          reply: { address: { location: '$message.header#/replyTo' }, channel: { $ref: '#/channels/ans' } },
        },
      ],
      { channels: { ans: { address: null, messages: { Answer: M('answer', obj({ a: n }, ['a'])) } } } },
    ),
    'a/asks2.yaml': doc3(
      [
        {
          do: 'send',
          address: 'ask',
          messages: { Ask: M('ask', obj({ q: s })) },
          reply: { address: { location: '$message.header#/replyTo' }, channel: { $ref: '#/channels/ans' } },
        },
      ],
      { channels: { ans: { address: null, messages: { Answer: M('answer', obj({})) } } } },
    ),
    'a/knows.yaml': doc3(
      [
        {
          do: 'receive',
          address: 'ask',
          messages: { Ask: M('ask', obj({ q: s })) },
          reply: { address: { location: '$message.header#/replyTo' }, channel: { $ref: '#/channels/ans' } },
        },
      ],
      { channels: { ans: { address: null, messages: { Answer: M('answer', obj({ a: n }, ['a'])) } } } },
    ),
  },
  (f) => {
    f['a/knows.yaml'].channels.ans.messages.Answer.payload.properties.a = s;
  },
  ['asks'],
);
row(
  '2.x sender, 3.x and 2.x readers',
  {
    'a/orders.yaml': doc2({ orders: { subscribe: { message: M('order.placed', full) } } }),
    'b/billing.yaml': recv(placed(obj({ total: n }, ['total']))),
    'b/mail.yaml': doc2({ orders: { publish: { message: M('order.placed', obj({ id: s })) } } }),
  },
  (f) => {
    f['a/orders.yaml'].channels.orders.subscribe.message.payload.properties.total = s;
  },
  ['billing'],
);
row(
  '2.x oneOf: one of two changes',
  {
    'a/orders.yaml': doc2({
      orders: { subscribe: { message: { oneOf: [M('order.placed', full), M('order.cancelled', full)] } } },
    }),
    'b/billing.yaml': recv(placed(obj({ total: n }, ['total']))),
    'b/mail.yaml': doc2({
      orders: { publish: { message: M('order.cancelled', obj({ total: n }, ['total'])) } },
    }),
  },
  (f) => {
    f['a/orders.yaml'].channels.orders.subscribe.message.oneOf[1].payload.properties.total = s;
  },
  ['mail'],
);
row(
  'parameters: readers of one region',
  {
    'a/orders.yaml': send(placed(full), 'orders.{region}', {
      parameters: { region: { enum: ['eu', 'us'] } },
    }),
    'b/eu.yaml': recv(placed(full), 'orders.eu'),
    'b/asia.yaml': recv(placed(full), 'orders.asia'),
    'b/any.yaml': recv(placed(full), 'orders.{r}'),
  },
  (f) => {
    msg(f['a/orders.yaml']).payload.properties.total = s;
  },
  ['eu', 'any'],
);
row(
  'a value of a parameter goes',
  {
    'a/orders.yaml': send(placed(full), 'orders.{region}', {
      parameters: { region: { enum: ['eu', 'us'] } },
    }),
    'b/eu.yaml': recv(placed(full), 'orders.eu'),
    'b/us.yaml': recv(placed(full), 'orders.us'),
  },
  (f) => {
    f['a/orders.yaml'].channels.c0.parameters.region.enum = ['eu'];
  },
  ['us'],
);
row(
  'Avro copies',
  {
    'a/orders.yaml': send({
      P: M('', {
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
    'b/billing.yaml': recv({
      Q: M('', {
        schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
        schema: {
          type: 'record',
          name: 'OrderPlaced',
          namespace: 'b',
          fields: [{ name: 'total', type: 'int' }],
        },
      }),
    }),
    'b/mail.yaml': recv({
      Q: M('', {
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
  (f) => {
    msg(f['a/orders.yaml'], 'c0', 'P').payload.schema.fields[1].type = 'string';
  },
  ['billing'],
);
row(
  'Avro, two records on a channel, no names',
  {
    'a/orders.yaml': send({
      A: M('', {
        schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
        schema: { type: 'record', name: 'Placed', fields: [{ name: 'total', type: 'int' }] },
      }),
      B: M('', {
        schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
        schema: { type: 'record', name: 'Cancelled', fields: [{ name: 'total', type: 'int' }] },
      }),
    }),
    'b/rp.yaml': recv({
      X: M('', {
        schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
        schema: { type: 'record', name: 'Placed', fields: [{ name: 'total', type: 'int' }] },
      }),
    }),
    'b/rc.yaml': recv({
      X: M('', {
        schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
        schema: { type: 'record', name: 'Cancelled', fields: [{ name: 'total', type: 'int' }] },
      }),
    }),
  },
  (f) => {
    msg(f['a/orders.yaml'], 'c0', 'A').payload.schema.fields[0].type = 'string';
  },
  ['rp'],
);
row(
  'a vendored copy of the sender document, read by reference',
  {
    'a/orders.yaml': send(placed(full)),
    'b/vendor/orders.yaml': send(placed(full)),
    'b/billing.yaml': doc3([{ do: 'receive', ref: './vendor/orders.yaml#/channels/c0' }]),
  },
  (f) => {
    msg(f['a/orders.yaml']).payload.properties.total = s;
  },
  ['billing'],
);
row(
  'written names that differ in case and separators',
  {
    'a/orders.yaml': send({ P: M('OrderPlaced', full) }),
    'b/billing.yaml': recv({ P: M('order-placed', full) }),
  },
  (f) => {
    f['a/orders.yaml'].channels.c0.messages.P.payload.properties.total = s;
  },
  ['billing'],
);
row(
  'enum grows: a reader with a list of its own',
  {
    'a/orders.yaml': send(placed(obj({ st: { enum: ['a', 'b'] } }, ['st']))),
    'b/strict.yaml': recv(placed(obj({ st: { enum: ['a', 'b'] } }, ['st']))),
    'b/loose.yaml': recv(placed(obj({ st: s }, ['st']))),
    'b/wide.yaml': recv(placed(obj({ st: { enum: ['a', 'b', 'c'] } }, ['st']))),
  },
  (f) => {
    msg(f['a/orders.yaml']).payload.properties.st.enum = ['a', 'b', 'c'];
  },
  ['strict'],
);
row(
  'header required by one reader',
  {
    'a/orders.yaml': send({ P: M('p', full, { headers: obj({ trace: s }, ['trace']) }) }),
    'b/one.yaml': recv({ P: M('p', full, { headers: obj({ trace: s }, ['trace']) }) }),
    'b/two.yaml': recv({ P: M('p', full) }),
  },
  (f) => {
    f['a/orders.yaml'].channels.c0.messages.P.headers.required = [];
  },
  ['one'],
);
row(
  'content type changes',
  three(),
  (f) => {
    msg(f['a/orders.yaml']).contentType = 'application/xml';
  },
  ['billing', 'mail'],
);
row(
  'the sender leaves a server',
  {
    'a/orders.yaml': doc3([{ do: 'send', messages: placed(full) }], {
      servers: { p: { host: 'p.x', protocol: 'kafka' }, q: { host: 'q.x', protocol: 'kafka' } },
    }),
    'b/rp.yaml': doc3([{ do: 'receive', messages: placed(full) }], {
      servers: { p: { host: 'p.x', protocol: 'kafka' } },
    }),
    'b/rq.yaml': doc3([{ do: 'receive', messages: placed(full) }], {
      servers: { p: { host: 'q.x', protocol: 'kafka' } },
    }),
  },
  (f) => {
    delete f['a/orders.yaml'].servers.q;
  },
  ['rq'],
);
row(
  'a second sender goes: the reader still has one',
  {
    'a/web.yaml': send(placed(full)),
    'a/till.yaml': send(placed(full)),
    'b/billing.yaml': recv(placed(full)),
  },
  (f) => {
    delete f['a/till.yaml'];
  },
  ['billing'],
);
row(
  'a shared component, two senders, one address each',
  {
    'sh/m.yaml': { P: M('order.placed', full) },
    'a/web.yaml': send({ P: { $ref: '../sh/m.yaml#/P' } }, 'x'),
    'a/till.yaml': send({ P: { $ref: '../sh/m.yaml#/P' } }, 'y'),
    'b/rx.yaml': recv(placed(obj({ total: n }, ['total'])), 'x'),
    'b/ry.yaml': recv(placed(obj({ id: s })), 'y'),
  },
  (f) => {
    f['sh/m.yaml'].P.payload.properties.total = s;
  },
  ['rx'],
);
row(
  'reader takes the whole channel of the sender by ref, one message changes',
  {
    'a/orders.yaml': send({ ...placed(full), C: M('order.cancelled', full) }),
    'b/all.yaml': doc3([{ do: 'receive', ref: '../a/orders.yaml#/channels/c0' }]),
    'b/one.yaml': doc3([{ do: 'receive', ref: '../a/orders.yaml#/channels/c0', only: ['C'] }]),
  },
  (f) => {
    msg(f['a/orders.yaml']).payload.properties.total = s;
  },
  ['all'],
);
row(
  'nested arrays',
  {
    'a/orders.yaml': send(
      placed(obj({ lines: { type: 'array', items: obj({ sku: s, qty: i }, ['sku', 'qty']) } }, ['lines'])),
    ),
    'b/r1.yaml': recv(placed(obj({ lines: { type: 'array', items: obj({ sku: s }, ['sku']) } }, ['lines']))),
    'b/r2.yaml': recv(placed(obj({ lines: { type: 'array', items: obj({ qty: i }, ['qty']) } }, ['lines']))),
  },
  (f) => {
    msg(f['a/orders.yaml']).payload.properties.lines.items.properties.qty = n;
  },
  ['r2'],
);
row(
  'reader without a payload takes anything',
  { 'a/orders.yaml': send(placed(full)), 'b/log.yaml': recv({ P: { name: 'order.placed' } }) },
  (f) => {
    msg(f['a/orders.yaml']).payload.properties.total = s;
  },
  [],
);
row(
  'two things change, each reader by its own',
  three(),
  (f) => {
    const p = msg(f['a/orders.yaml']).payload;
    p.properties.note = n;
    p.properties.total = s;
    p.required = ['total'];
  },
  ['billing', 'mail'],
);
row(
  'the reader changes its own copy to read less',
  three(),
  (f) => {
    msg(f['b/billing.yaml']).payload = obj({ id: s }, ['id']);
  },
  [],
);
row(
  'the reader joins with a copy that does not fit',
  { 'a/orders.yaml': send(placed(full)) },
  (f) => {
    f['b/new.yaml'] = recv(placed(obj({ vat: n }, ['vat'])));
  },
  [],
);
row(
  'a kafka topic binding moves',
  {
    'a/orders.yaml': send(placed(full), 'orders', { bindings: { kafka: { topic: 'shop.orders' } } }),
    'b/billing.yaml': recv(placed(full), 'shop.orders'),
    'b/other.yaml': recv(placed(full), 'orders'),
  },
  (f) => {
    msg(f['a/orders.yaml']).payload.properties.total = s;
  },
  ['billing'],
);
row(
  '2.x: messageId only',
  {
    'a/orders.yaml': doc2({
      orders: { subscribe: { message: { messageId: 'orderPlaced', payload: full } } },
    }),
    'b/billing.yaml': doc2({
      orders: { publish: { message: { messageId: 'orderPlaced', payload: obj({ total: n }, ['total']) } } },
    }),
    'b/mail.yaml': recv({ orderPlaced: M('', obj({ id: s })) }),
  },
  (f) => {
    f['a/orders.yaml'].channels.orders.subscribe.message.payload.properties.total = s;
  },
  ['billing'],
);
row(
  '2.x component message names from keys',
  {
    'a/orders.yaml': doc2(
      { orders: { subscribe: { message: { $ref: '#/components/messages/OrderPlaced' } } } },
      { components: { messages: { OrderPlaced: { payload: full } } } },
    ),
    'b/billing.yaml': recv({ orderPlaced: M('', obj({ total: n }, ['total'])) }),
  },
  (f) => {
    f['a/orders.yaml'].components.messages.OrderPlaced.payload.properties.total = s;
  },
  ['billing'],
);
row(
  'discriminator by an event name two levels down',
  {
    'a/orders.yaml': send({
      A: M('', obj({ meta: obj({ event: obj({ name: { const: 'a' } }) }), x: n }, ['x'])),
      B: M('', obj({ meta: obj({ event: obj({ name: { const: 'b' } }) }), x: n }, ['x'])),
    }),
    'b/rb.yaml': recv({
      Q: M('', obj({ meta: obj({ event: obj({ name: { const: 'b' } }) }), x: n }, ['x'])),
    }),
  },
  (f) => {
    msg(f['a/orders.yaml'], 'c0', 'A').payload.properties.x = s;
  },
  [],
);
row(
  'discriminated by a field of another name',
  {
    'a/orders.yaml': send({
      A: M('', obj({ op: { const: 'a' }, x: n }, ['op', 'x'])),
      B: M('', obj({ op: { const: 'b' }, x: n }, ['op', 'x'])),
    }),
    'b/rb.yaml': recv({ Q: M('', obj({ op: { const: 'b' }, x: n }, ['op', 'x'])) }),
  },
  (f) => {
    msg(f['a/orders.yaml'], 'c0', 'A').payload.properties.x = s;
  },
  [],
);
row(
  'keys differ, no names, two of a channel, no types: fields tell',
  {
    'a/orders.yaml': send({ A: M('', obj({ a: n }, ['a'])), B: M('', obj({ b: n }, ['b'])) }),
    'b/rb.yaml': recv({ Q: M('', obj({ b: n }, ['b'])) }),
  },
  (f) => {
    msg(f['a/orders.yaml'], 'c0', 'B').payload.properties.b = s;
  },
  ['rb'],
);

row(
  'one of two messages is no longer sent',
  {
    'a/orders.yaml': send({ ...placed(full), C: M('order.cancelled', full) }),
    'b/rp.yaml': recv(placed(full)),
    'b/rc.yaml': recv({ C: M('order.cancelled', full) }),
  },
  (f) => {
    delete f['a/orders.yaml'].channels.c0.messages.C;
  },
  ['rc'],
);
row(
  'an operation chooses fewer messages',
  {
    'a/orders.yaml': doc3([
      {
        do: 'send',
        messages: { ...placed(full), C: M('order.cancelled', full) },
        only: ['OrderPlaced', 'C'],
      },
    ]),
    'b/rp.yaml': recv(placed(full)),
    'b/rc.yaml': recv({ C: M('order.cancelled', full) }),
  },
  (f) => {
    f['a/orders.yaml'].operations.send0.messages.pop();
  },
  ['rc'],
);
row(
  'a message leaves one of two channels',
  {
    'a/orders.yaml': doc3(
      [
        { do: 'send', address: 'x', messages: { E: { $ref: '#/components/messages/E' } } },
        { do: 'send', address: 'y', messages: { E: { $ref: '#/components/messages/E' } } },
      ],
      { components: { messages: { E: M('created', full) } } },
    ),
    'b/rx.yaml': recv({ E: M('created', full) }, 'x'),
    'b/ry.yaml': recv({ E: M('created', full) }, 'y'),
  },
  (f) => {
    delete f['a/orders.yaml'].channels.c1;
    delete f['a/orders.yaml'].operations.send1;
  },
  ['ry'],
);
row(
  'the sender document goes',
  three(),
  (f) => {
    delete f['a/orders.yaml'];
  },
  ['billing', 'mail'],
);
row(
  '2.x: the sender takes its channel back',
  {
    'a/orders.yaml': doc2({
      orders: { subscribe: { message: M('order.placed', full) } },
      other: { subscribe: { message: M('o', full) } },
    }),
    'b/mail.yaml': doc2({ orders: { publish: { message: M('order.placed', obj({ id: s })) } } }),
  },
  (f) => {
    delete f['a/orders.yaml'].channels.orders;
  },
  ['mail'],
);
row(
  'the version rises without the old one: own copies',
  {
    'a/orders.yaml': send({ E: M('created', full, { 'x-contract': { version: '1.0' } }) }),
    'b/old.yaml': recv({
      E: M('created', obj({ total: n }, ['total']), { 'x-contract': { version: '1.0' } }),
    }),
    'b/loose.yaml': recv({ E: M('created', obj({ id: s }, ['id']), { 'x-contract': { version: '1.0' } }) }),
  },
  (f) => {
    const m = f['a/orders.yaml'].channels.c0.messages.E;
    m['x-contract'].version = '2.0';
    m.payload.properties.total = s;
  },
  ['old'],
);
row(
  'a field of the payload becomes nullable',
  three(),
  (f) => {
    msg(f['a/orders.yaml']).payload.properties.total = { type: ['number', 'null'] };
  },
  ['billing'],
);
row(
  'a whole message payload becomes an array',
  three(),
  (f) => {
    msg(f['a/orders.yaml']).payload = { type: 'array', items: full };
  },
  ['billing', 'mail'],
);
row(
  'an answerer stops answering',
  {
    'a/asks.yaml': doc3(
      [
        {
          do: 'send',
          address: 'ask',
          messages: { Ask: M('ask', obj({ q: s })) },
          reply: { channel: { $ref: '#/channels/ans' } },
        },
      ],
      { channels: { ans: { address: 'ans', messages: { Answer: M('answer', obj({ a: n }, ['a'])) } } } },
    ),
    'a/knows.yaml': doc3(
      [
        {
          do: 'receive',
          address: 'ask',
          messages: { Ask: M('ask', obj({ q: s })) },
          reply: { channel: { $ref: '#/channels/ans' } },
        },
      ],
      { channels: { ans: { address: 'ans', messages: { Answer: M('answer', obj({ a: n }, ['a'])) } } } },
    ),
  },
  (f) => {
    delete f['a/knows.yaml'].operations.receive0.reply;
  },
  ['asks'],
);
row(
  'a reply moves to another address',
  {
    'a/asks.yaml': doc3(
      [
        {
          do: 'send',
          address: 'ask',
          messages: { Ask: M('ask', obj({ q: s })) },
          reply: { channel: { $ref: '#/channels/ans' } },
        },
      ],
      { channels: { ans: { address: 'ans', messages: { Answer: M('answer', obj({ a: n }, ['a'])) } } } },
    ),
    'a/knows.yaml': doc3(
      [
        {
          do: 'receive',
          address: 'ask',
          messages: { Ask: M('ask', obj({ q: s })) },
          reply: { channel: { $ref: '#/channels/ans' } },
        },
      ],
      { channels: { ans: { address: 'ans', messages: { Answer: M('answer', obj({ a: n }, ['a'])) } } } },
    ),
  },
  (f) => {
    f['a/knows.yaml'].channels.ans.address = 'other';
  },
  ['asks'],
);
row(
  'the parameter of an address is dropped',
  {
    'a/orders.yaml': send(placed(full), 'orders.{region}'),
    'b/any.yaml': recv(placed(full), 'orders.{r}'),
    'b/flat.yaml': recv(placed(full), 'orders'),
  },
  (f) => {
    f['a/orders.yaml'].channels.c0.address = 'orders';
  },
  ['any'],
);
row(
  'a server moves to another host',
  {
    'a/orders.yaml': doc3([{ do: 'send', messages: placed(full) }], {
      servers: { p: { host: 'p.x', protocol: 'kafka' } },
    }),
    'b/rp.yaml': doc3([{ do: 'receive', messages: placed(full) }], {
      servers: { p: { host: 'p.x', protocol: 'kafka' } },
    }),
    'b/no.yaml': recv(placed(full)),
  },
  (f) => {
    f['a/orders.yaml'].servers.p.host = 'q.x';
  },
  ['rp'],
);
row(
  'a command loses its receiver',
  {
    'a/web.yaml': send({ C: M('order.place', full, { 'x-contract': { kind: 'command' } }) }, 'cmd'),
    'b/orders.yaml': recv({ C: M('order.place', full, { 'x-contract': { kind: 'command' } }) }, 'cmd'),
  },
  (f) => {
    f['b/orders.yaml'] = { ...f['b/orders.yaml'], channels: {}, operations: {} };
  },
  ['web'],
);
row(
  'a reader no longer takes one message: nobody',
  three(),
  (f) => {
    delete f['b/billing.yaml'];
  },
  [],
);

function affectedBy({ base, edit, policy }: Row) {
  const head = JSON.parse(JSON.stringify(base));
  edit(head);
  const text = (files: Record<string, Json>) =>
    Object.fromEntries(Object.entries(files).map(([k, v]) => [k, JSON.stringify(v)]));
  const [b, h] = [load(memoryReader(text(base))), load(memoryReader(text(head)))];
  const bad = [...b.diagnostics, ...h.diagnostics].filter((it) => /^(file|reference)/.test(it.code));
  if (bad.length) throw new Error(JSON.stringify(bad[0]));
  const findings = judge(
    { base: b.workspace, head: h.workspace, changes: compare(b.workspace, h.workspace) },
    { today: '2026-01-01', ...policy },
  );
  const named = new Set(
    findings
      .filter((it) => it.verdict !== 'safe')
      .flatMap((it) => it.impacts.flatMap((x) => x.operations.map((o) => o.service))),
  );
  return {
    named: [...named].sort(),
    findings: findings.map(
      (it) =>
        `${it.verdict} ${it.code} ${it.change.subject.label} [${it.change.field}] ${it.impacts.map((x) => x.direction + ':' + x.operations.map((o) => o.service)).join('|')} ${it.note ?? ''}`,
    ),
  };
}
describe('affected', () => {
  it.each(ROWS.map((r) => [r.why, r] as const))('%s', (_, r) => {
    const { named, findings } = affectedBy(r);
    expect(named, findings.join('\n')).toEqual([...r.affected].sort());
  });
});
