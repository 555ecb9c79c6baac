import type { Channel } from 'amqplib';
import { expect, it } from 'vitest';
import { topologyFor } from './topology.ts';

it('asks for queues that let a message go back as often as members give it back', async () => {
  const asked: unknown[] = [];
  const channel: Partial<Channel> = {
    assertExchange: async (exchange) => ({ exchange }),
    assertQueue: async (queue = '', options) => {
      asked.push(options?.arguments);
      return { queue, messageCount: 0, consumerCount: 0 };
    },
    bindQueue: async () => ({}),
  };
  await topologyFor('', 8).declareQueue(channel as Channel, 'billing', 3, ['orders.placed']);
  expect(asked).toEqual([
    { 'x-queue-type': 'quorum', 'x-single-active-consumer': true, 'x-delivery-limit': 2 ** 31 - 1 },
  ]);
});
