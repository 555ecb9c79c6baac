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
import { type ChangedEstate, rowsOf } from './row.ts';

/** Messages told apart by their names and versions. */
export const ESTATES: readonly ChangedEstate[] = rowsOf((row) => {
  row('name changed', three(), { 'a/orders.yaml#/channels/c0/messages/OrderPlaced/name': 'order.created' }, [
    'billing',
    'mail',
  ]);
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
    'written names that differ in case and separators',
    {
      'a/orders.yaml': sending({ P: message('OrderPlaced', full) }),
      'b/billing.yaml': receiving({ P: message('order-placed', full) }),
    },
    { 'a/orders.yaml#/channels/c0/messages/P/payload/properties/total/type': 'string' },
    ['billing'],
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
});
