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
  version3,
} from '../documents.ts';
import { type ChangedEstate, rowsOf } from './row.ts';

const PAYLOAD = 'a/orders.yaml#/channels/c0/messages/OrderPlaced/payload';
const one = (payload: unknown) => ({ 'a/orders.yaml': sending(placed(payload)) });

/** What readers demand of values, and senders change. */
export const ESTATES: readonly ChangedEstate[] = rowsOf((row) => {
  row(
    'a format goes that one reader asserts',
    {
      ...one(object({ at: { type: 'string', format: 'date-time' } }, ['at'])),
      'b/strict.yaml': receiving(placed(object({ at: { type: 'string', format: 'date-time' } }, ['at']))),
      'b/loose.yaml': receiving(placed(object({ at: text }, ['at']))),
    },
    { [`${PAYLOAD}/properties/at`]: text },
    ['strict'],
  );
  row(
    'integers become numbers',
    {
      ...one(object({ n: integer })),
      'b/whole.yaml': receiving(placed(object({ n: integer }))),
      'b/any.yaml': receiving(placed(object({ n: number }))),
    },
    { [`${PAYLOAD}/properties/n/type`]: 'number' },
    ['whole'],
  );
  row(
    'an enum grows: a tolerant reader takes any string',
    {
      ...one(object({ s: { enum: ['a', 'b'] } })),
      'b/open.yaml': receiving(placed(object({ s: { anyOf: [{ enum: ['a', 'b'] }, text] } }))),
      'b/closed.yaml': receiving(placed(object({ s: { type: 'string', enum: ['a', 'b'] } }))),
    },
    { [`${PAYLOAD}/properties/s/enum`]: ['a', 'b', 'c'] },
    ['closed'],
  );
  row(
    'an enum shrinks at the sender',
    {
      ...one(object({ s: { enum: ['a', 'b'] } })),
      'b/r.yaml': receiving(placed(object({ s: { enum: ['a', 'b'] } }))),
    },
    { [`${PAYLOAD}/properties/s/enum`]: ['a'] },
    [],
  );
  row(
    'a limit rises between those of two readers',
    {
      ...one(object({ s: { type: 'string', maxLength: 10 } })),
      'b/short.yaml': receiving(placed(object({ s: { type: 'string', maxLength: 15 } }))),
      'b/long.yaml': receiving(placed(object({ s: { type: 'string', maxLength: 50 } }))),
    },
    { [`${PAYLOAD}/properties/s/maxLength`]: 20 },
    ['short'],
  );
  row(
    'values of names by pattern, a reader of all others',
    {
      ...one({ type: 'object', patternProperties: { '^x': text }, additionalProperties: false }),
      'b/r.yaml': receiving(placed({ type: 'object', additionalProperties: text })),
      'b/w.yaml': receiving(placed({ type: 'object' })),
    },
    { [`${PAYLOAD}/patternProperties/^x`]: number },
    ['r'],
  );
  row(
    'a reader that refuses a property',
    {
      ...one(object({ id: text })),
      'b/r.yaml': receiving(placed({ type: 'object', not: { required: ['legacy'] } })),
      'b/w.yaml': receiving(placed(object({ id: text }))),
    },
    { [`${PAYLOAD}/properties/legacy`]: text },
    ['r'],
  );
  row(
    'a condition of the reader',
    {
      ...one(object({ country: text, zip: text }, ['country', 'zip'])),
      'b/us.yaml': receiving(
        placed({
          anyOf: [
            { not: { properties: { country: { const: 'US' } }, required: ['country'] } },
            { required: ['zip'] },
          ],
        }),
      ),
      'b/w.yaml': receiving(placed(object({ country: text }))),
    },
    { [`${PAYLOAD}/required`]: ['country'] },
    ['us'],
  );
  row(
    'a property of nested items, through components',
    {
      'a/orders.yaml': version3(
        [
          {
            do: 'send',
            messages: placed(
              object({ lines: { type: 'array', items: { $ref: '#/components/schemas/Line' } } }, ['lines']),
            ),
          },
        ],
        { components: { schemas: { Line: object({ sku: text, qty: integer }, ['sku', 'qty']) } } },
      ),
      'b/needs.yaml': receiving(
        placed(object({ lines: { type: 'array', items: object({ sku: text }, ['sku']) } })),
      ),
      'b/not.yaml': receiving(
        placed(object({ lines: { type: 'array', items: object({ qty: integer }, ['qty']) } })),
      ),
    },
    { 'a/orders.yaml#/components/schemas/Line/required': ['qty'] },
    ['needs'],
  );
  row(
    'JSON Schema by schemaFormat on one side',
    {
      ...one({ schemaFormat: 'application/schema+json;version=draft-07', schema: full }),
      'b/r.yaml': receiving(placed(object({ total: number }))),
      'b/n.yaml': receiving(placed(object({ id: text }))),
    },
    { [`${PAYLOAD}/schema/properties/total/type`]: 'string' },
    ['r'],
  );
  row(
    'only words change',
    three(),
    { [`${PAYLOAD}/description`]: 'what it is', [`${PAYLOAD}/examples`]: [{ id: 'a', total: 1 }] },
    [],
  );
  row(
    'a header that a trait gives',
    {
      'a/orders.yaml': version3([
        {
          do: 'send',
          messages: {
            OrderPlaced: {
              name: 'order.placed',
              payload: full,
              traits: [{ headers: object({ tenant: text }, ['tenant']) }],
            },
          },
        },
      ]),
      'b/tenant.yaml': receiving({
        OrderPlaced: message('order.placed', object({}), { headers: object({ tenant: text }, ['tenant']) }),
      }),
      'b/none.yaml': receiving(placed(object({}))),
    },
    { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/traits/0/headers/required': [] },
    ['tenant'],
  );
});
