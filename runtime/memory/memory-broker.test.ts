import { describeBroker } from '@chirograph/conformance/broker';
import { describe, expect, it } from 'vitest';
import { deliverEach } from '../ports/deliver-each.ts';
import type { WireMessage } from '../ports/message.ts';
import { sqliteStore } from '../sqlite/index.ts';
import { memoryBroker } from './memory-broker.ts';

const features = {
  deduplicates: { not: 'the inbox does' },
  parallelKeys: true,
  batches: true,
  history: { not: 'it keeps messages for groups that have subscribed before' },
  limitsSize: { not: 'there is no limit' },
  refusesUnknownChannels: { not: 'a channel without subscribers is no mistake' },
  membersDie: { not: 'members live in the process of the broker' },
  survivesKill: { not: 'there is no server, and nothing on disk' },
} as const;

describeBroker('memory', features, async () => {
  const broker = memoryBroker({ redeliveryDelay: 0 });
  return {
    broker,
    another: async () => broker,
    killAndRestart: () => Promise.reject(new Error('memory does not survive')),
    close: () => broker.close(),
  };
});

const message: WireMessage = {
  id: 'm-1',
  channel: 'shop.a',
  headers: {},
  contentType: 'application/json',
  body: new Uint8Array(),
};

describe('memoryBroker', () => {
  it('acknowledges only when every group has, for it keeps nothing on disk', async () => {
    const broker = memoryBroker();
    const release = Promise.withResolvers<void>();
    const steps: string[] = [];
    await broker.subscribe(
      { group: 'quick', channels: ['shop.a'] },
      deliverEach(async () => void steps.push('quick')),
    );
    await broker.subscribe(
      { group: 'slow', channels: ['shop.a'] },
      deliverEach(() => release.promise),
    );
    const publishing = broker.publish([message]).then(() => steps.push('published'));
    await new Promise((turn) => setImmediate(turn));
    expect(steps).toEqual(['quick']);
    release.resolve();
    await publishing;
    expect(steps).toEqual(['quick', 'published']);
  });

  it('says so when a handler publishes straight to it, instead of waiting for itself', async () => {
    const broker = memoryBroker();
    const failure = Promise.withResolvers<unknown>();
    await broker.subscribe(
      { group: 'g', channels: ['shop.a'] },
      deliverEach(async () => {
        await broker.publish([{ ...message, channel: 'shop.b' }]).catch(failure.resolve);
      }),
    );
    await broker.publish([message]);
    expect(String(await failure.promise)).toContain('outbox');
  });

  it('says so when a transaction publishes straight to it, for handlers may wait for that very store', async () => {
    const broker = memoryBroker();
    const store = sqliteStore({ file: ':memory:' });
    const publishing = store.transaction(() => broker.publish([message]));
    await expect(publishing).rejects.toThrow('outbox');
    await store.close();
  });

  it('keeps the order of a key between members of a group that take other channels', async () => {
    const broker = memoryBroker({ redeliveryDelay: 0 });
    const order: string[] = [];
    for (const channel of ['shop.a', 'shop.b']) {
      await broker.subscribe(
        { group: 'g', channels: [channel], concurrency: 1, batch: 10 },
        deliverEach(async ({ id }) => void order.push(id)),
      );
    }
    const ids = ['a1', 'b1', 'b2', 'a2', 'a3', 'b3', 'a4', 'b4'];
    await broker.publish(ids.map((id) => ({ ...message, id, key: 'k', channel: `shop.${id[0]}` })));
    expect(order).toEqual(ids);
    await broker.close();
  });

  it('says what is still unacknowledged when closed', async () => {
    const broker = memoryBroker();
    const away = await broker.subscribe(
      { group: 'g', channels: ['shop.a'] },
      deliverEach(async () => undefined),
    );
    await away.stop();
    const publishing = broker.publish([message]);
    await broker.close();
    expect(await publishing).toMatchObject([
      { kind: 'retry', error: { message: expect.stringContaining('closed') } },
    ]);
  });
});
