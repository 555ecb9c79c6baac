import {
  full,
  integer,
  message,
  number,
  object,
  placed,
  receiving,
  sending,
  text,
  three,
  version2,
  version3,
} from '../documents.ts';
import { type ChangedEstate, GONE, rowsOf } from './row.ts';

/** Changes of what a message holds. */
export const ESTATES: readonly ChangedEstate[] = rowsOf((row) => {
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
});
