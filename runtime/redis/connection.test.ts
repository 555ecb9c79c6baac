import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openConnection } from './connection.ts';
import { ALL_SETTINGS } from './unsafe-settings.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

it('gives a server up that takes the connection and then says nothing, and tries again', async () => {
  const sockets: Socket[] = [];
  let arrived = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined).resume());
    arrived.resolve();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const faults: unknown[] = [];
  const opening = openConnection({
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    allowUnsafe: ALL_SETTINGS,
    check: async () => undefined,
    onFault: (error) => void faults.push(error),
  });
  await arrived.promise;
  await vi.advanceTimersByTimeAsync(10_000);
  const connection = await opening;
  expect(connection.current()).toBeUndefined();
  expect(connection.health().problem).toBe('the server said nothing for 10000 ms');
  arrived = Promise.withResolvers();
  await vi.advanceTimersByTimeAsync(1_000);
  await arrived.promise;
  expect(sockets).toHaveLength(2);
  connection.close();
  for (const socket of sockets) socket.destroy();
  server.close();
});
