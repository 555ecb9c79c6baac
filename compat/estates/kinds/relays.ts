import { full, message, number, object, placed, receiving, sending, text, version3 } from '../documents.ts';
import { type ChangedEstate, rowsOf } from './row.ts';

/** Services that pass on what they receive. */
export const ESTATES: readonly ChangedEstate[] = rowsOf((row) => {
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
});
