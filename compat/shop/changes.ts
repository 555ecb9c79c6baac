/**
 * Ten changes that people make, to the contracts of the reference domains: what the reports beside this file are about.
 */

/** A change as edits of files: each replaces the first `from` behind `after`. A file without edits is taken away. */
export interface ShopChange {
  readonly name: string;
  readonly domain: 'shop' | 'loyalty';
  readonly edits: readonly Edit[];
  readonly removed?: readonly string[];
}

export interface Edit {
  readonly file: string;
  readonly after?: string;
  readonly from: string;
  readonly to: string;
}

const ORDER = 'specs/shop/order.asyncapi.yaml';
const TYPES = 'specs/shop/types.yaml';
const LOYALTY = 'specs/loyalty/loyalty.asyncapi.yaml';

export const SHOP_CHANGES: readonly ShopChange[] = [
  {
    name: '01-rename-a-field',
    domain: 'shop',
    edits: [
      {
        file: ORDER,
        from: 'required: [orderId, orderNumber, trackingNumber, carrier, shippedAt]',
        to: 'required: [orderId, orderNumber, trackingCode, carrier, shippedAt]',
      },
      {
        file: ORDER,
        after: 'required: [orderId, orderNumber, trackingCode, carrier, shippedAt]',
        from: 'trackingNumber: {',
        to: 'trackingCode: {',
      },
      { file: ORDER, after: 'summary: On its way', from: 'trackingNumber:', to: 'trackingCode:' },
    ],
  },
  {
    name: '02-widen-an-enum',
    domain: 'shop',
    edits: [{ file: TYPES, from: 'enum: [CARD, PAYPAL]', to: 'enum: [CARD, PAYPAL, APPLE_PAY]' }],
  },
  {
    name: '03-tighten-a-bound',
    domain: 'shop',
    edits: [
      {
        file: TYPES,
        after: '  Quantity:',
        from: '    minimum: 1\n',
        to: '    minimum: 1\n    maximum: 99\n',
      },
    ],
  },
  {
    name: '04-optional-to-required',
    domain: 'shop',
    edits: [
      {
        file: TYPES,
        after: '  Address:',
        from: 'required: [street, city, state, postalCode, country]',
        to: 'required: [recipientName, street, city, state, postalCode, country]',
      },
    ],
  },
  {
    name: '05-integer-to-number',
    domain: 'shop',
    edits: [{ file: TYPES, after: '  Money:', from: 'type: integer', to: 'type: number' }],
  },
  {
    name: '06-split-a-name',
    domain: 'shop',
    edits: [
      {
        file: ORDER,
        from: 'required: [orderId, orderNumber, trackingNumber, carrier, shippedAt]',
        to: 'required: [orderId, orderNumber, trackingNumber, carrierCode, carrierName, shippedAt]',
      },
      {
        file: ORDER,
        after: 'carrierCode, carrierName, shippedAt]',
        from: "                  carrier: { $ref: './types.yaml#/schemas/Carrier' }\n",
        to: [
          "                  carrierCode: { type: string, pattern: '^[A-Z]{2,8}$', description: The carrier's code. }",
          "                  carrierName: { $ref: './types.yaml#/schemas/Carrier' }",
          '',
        ].join('\n'),
      },
      {
        file: ORDER,
        after: 'summary: On its way',
        from: 'carrier: ',
        to: 'carrierCode: DHL\n              carrierName: ',
      },
    ],
  },
  {
    name: '07-move-to-another-channel',
    domain: 'shop',
    edits: [
      {
        file: ORDER,
        from: [
          '  orderDelivered:',
          '    address: shop.order.delivered',
          '    messages:',
          "      OrderDelivered: { $ref: '#/components/messages/OrderDelivered' }",
          '',
        ].join('\n'),
        to: '',
      },
      {
        file: ORDER,
        from: "      OrderShipped: { $ref: '#/components/messages/OrderShipped' }\n",
        to: [
          "      OrderShipped: { $ref: '#/components/messages/OrderShipped' }",
          "      OrderDelivered: { $ref: '#/components/messages/OrderDelivered' }",
          '',
        ].join('\n'),
      },
      {
        file: ORDER,
        after: '  sendOrderShipped:',
        from: "    channel: { $ref: '#/channels/orderShipped' }\n",
        to: [
          "    channel: { $ref: '#/channels/orderShipped' }",
          "    messages: [{ $ref: '#/channels/orderShipped/messages/OrderShipped' }]",
          '',
        ].join('\n'),
      },
      {
        file: ORDER,
        from: "    channel: { $ref: '#/channels/orderDelivered' }\n",
        to: [
          "    channel: { $ref: '#/channels/orderShipped' }",
          "    messages: [{ $ref: '#/channels/orderShipped/messages/OrderDelivered' }]",
          '',
        ].join('\n'),
      },
      {
        file: 'specs/shop/email.asyncapi.yaml',
        from: "  orderDelivered: { $ref: './order.asyncapi.yaml#/channels/orderDelivered' }\n",
        to: '',
      },
      {
        file: 'specs/shop/email.asyncapi.yaml',
        from: "    channel: { $ref: '#/channels/orderDelivered' }\n",
        to: "    channel: { $ref: '#/channels/orderShipped' }\n",
      },
    ],
  },
  {
    name: '08-drop-a-consumer',
    domain: 'shop',
    edits: [],
    removed: ['specs/shop/slack-integration.asyncapi.yaml'],
  },
  {
    name: '09-change-the-ordering-key',
    domain: 'shop',
    edits: [
      {
        file: 'specs/shop/inventory.asyncapi.yaml',
        from: 'orderingKey: /data/productId',
        to: 'orderingKey: /data/variantId',
      },
    ],
  },
  {
    name: '10-retire-a-version',
    domain: 'loyalty',
    edits: [
      {
        file: LOYALTY,
        from: "      PointsEarnedV1: { $ref: '#/components/messages/PointsEarnedV1' }\n",
        to: '',
      },
      { file: LOYALTY, from: "        upcasts:\n          - from: '1.0'\n", to: '' },
    ],
  },
];

/** The files after a change. Throws where an edit finds nothing to replace: then the contracts have moved on. */
export function withChange(
  files: Readonly<Record<string, string>>,
  { name, edits, removed = [] }: ShopChange,
): Record<string, string> {
  const changed = { ...files };
  for (const { file, after = '', from, to } of edits) {
    const text = changed[file] ?? '';
    const start = text.indexOf(after);
    const at = start < 0 ? -1 : text.indexOf(from, start);
    if (at < 0) throw new Error(`${name}: ${file} no longer holds ${JSON.stringify(from)}`);
    changed[file] = text.slice(0, at) + to + text.slice(at + from.length);
  }
  for (const file of removed) delete changed[file];
  return changed;
}

/** The version that the tenth change retires has a definition of its own, which goes with it. */
export function withoutDefinition(text: string, key: string, next: string): string {
  const [start, end] = [text.indexOf(`    ${key}:\n`), text.indexOf(`    ${next}:\n`)];
  return start < 0 || end < start ? text : text.slice(0, start) + text.slice(end);
}
