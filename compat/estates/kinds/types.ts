import { full, message, number, object, receiving, sending, text } from '../documents.ts';
import { type ChangedEstate, rowsOf } from './row.ts';

/** Messages told apart by what their payloads or headers say. */
export const ESTATES: readonly ChangedEstate[] = rowsOf((row) => {
  const union = (...kinds: readonly string[]) => ({
    oneOf: kinds.map((it) => object({ type: { const: it }, x: number }, ['type', 'x'])),
  });
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
      'b/ra.yaml': receiving({
        Z: message('ev', object({ type: { const: 'a' }, x: number }, ['type', 'x'])),
      }),
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
    'discriminator by an event name two levels down',
    {
      'a/orders.yaml': sending({
        A: message(
          '',
          object({ meta: object({ event: object({ name: { const: 'a' } }) }), x: number }, ['x']),
        ),
        B: message(
          '',
          object({ meta: object({ event: object({ name: { const: 'b' } }) }), x: number }, ['x']),
        ),
      }),
      'b/rb.yaml': receiving({
        Q: message(
          '',
          object({ meta: object({ event: object({ name: { const: 'b' } }) }), x: number }, ['x']),
        ),
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
});
