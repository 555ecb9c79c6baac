import { type Estate, FOREIGN_KEYS, placed, receiving, sending, v3 } from './documents.ts';

/** Faults that people have. */
export const ESTATES: readonly Estate[] = [
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
