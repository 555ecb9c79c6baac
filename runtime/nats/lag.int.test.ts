import { expect, it, onTestFinished } from 'vitest';
import { publishAll, type WireMessage } from '../index.ts';
import { natsBroker } from './index.ts';
import { startOwnNats } from './nats-server.ts';

const message = (id: string): WireMessage => ({
  id,
  channel: 'lag.sent',
  key: id,
  headers: {},
  contentType: 'text/plain',
  body: new TextEncoder().encode(id),
});

it('the lag of a group is what it has not settled', async () => {
  const nats = await startOwnNats();
  const broker = await natsBroker({ servers: nats.url, streams: [{ name: 'lag', subjects: ['lag.>'] }] });
  onTestFinished(async () => {
    await broker.close();
    await nats.stop();
  });
  expect(await broker.lag?.('reader')).toBeUndefined();
  const settled = Promise.withResolvers<void>();
  const subscription = await broker.subscribe(
    { group: 'reader', channels: ['lag.sent'] },
    async (messages) => {
      if (messages.some(({ id }) => id === '2')) settled.resolve();
      return messages.map(() => ({ kind: 'done' }));
    },
  );
  await publishAll(broker, [message('1'), message('2')]);
  await settled.promise;
  await subscription.stop();
  expect(await broker.lag?.('reader')).toBe(0);
  await publishAll(broker, [message('3'), message('4'), message('5')]);
  expect(await broker.lag?.('reader')).toBe(3);
});
