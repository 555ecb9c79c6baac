import { type Estate, placed, receiving, sending, v3 } from './documents.ts';

/** Services that send and receive. */
export const ESTATES: readonly Estate[] = [
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
];
