import { expect, it, vi } from 'vitest';
import { systemClock } from '../ports/clock.ts';
import type { WireMessage } from '../ports/message.ts';
import type { Deliver } from '../ports/subscriber.ts';
import { lanes } from './lanes.ts';

interface Item {
  readonly id: string;
  readonly message: WireMessage;
}

const item = (id: string, key = 'k'): Item => ({
  id,
  message: { id, key, channel: 'c', headers: {}, contentType: '', body: new Uint8Array() },
});

const open = (deliver: Deliver) => {
  const settled: string[] = [];
  const queue = lanes<Item>({
    clock: systemClock,
    messageOf: ({ message }) => message,
    deliver,
    settled: ({ id }) => void settled.push(id),
    concurrency: () => 4,
    batch: () => 1,
    redeliveryDelay: 1,
  });
  return { queue, settled };
};

it('withdraws what waits at once, and what is under way when it has ended', async () => {
  const entered = Promise.withResolvers<void>();
  const leave = Promise.withResolvers<void>();
  const { queue, settled } = open(async (messages) => {
    entered.resolve();
    await leave.promise;
    return messages.map(() => ({ kind: 'done' }));
  });
  for (const it of [item('mine 1'), item('mine 2'), item('other 1')]) queue.add(it);
  await entered.promise;
  const withdrawn = queue
    .withdraw(({ id }) => id.startsWith('mine'))
    .then(() => expect(settled).toEqual(['mine 1']));
  expect(queue.size).toBe(2);
  leave.resolve();
  await withdrawn;
  expect((await queue.stop()).map(({ id }) => id)).toEqual([]);
  expect(settled).toEqual(['mine 1', 'other 1']);
});

it('does not deliver again what was withdrawn while it was under way', async () => {
  const leave = Promise.withResolvers<void>();
  const delivered: string[] = [];
  const { queue, settled } = open(async (messages) => {
    delivered.push(...messages.map(({ id }) => id));
    await leave.promise;
    return messages.map(({ id }) => (id === 'mine' ? { kind: 'again', after: 0 } : { kind: 'done' }));
  });
  queue.add(item('mine'));
  queue.add(item('next'));
  await new Promise((turn) => setImmediate(turn));
  const withdrawn = queue.withdraw(({ id }) => id === 'mine');
  leave.resolve();
  await withdrawn;
  await new Promise((turn) => setImmediate(turn));
  await queue.stop();
  expect(delivered).toEqual(['mine', 'next']);
  expect(settled).toEqual(['next']);
  expect(queue.size).toBe(0);
});

it('goes on though a message cannot be acknowledged', async () => {
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const delivered: string[] = [];
  const queue = lanes<Item>({
    clock: systemClock,
    messageOf: ({ message }) => message,
    async deliver(messages) {
      delivered.push(...messages.map(({ id }) => id));
      return messages.map(() => ({ kind: 'done' }));
    },
    settled() {
      throw new Error('the connection is closed');
    },
    concurrency: () => 1,
    batch: () => 1,
    redeliveryDelay: 1,
  });
  for (const id of ['first', 'second']) queue.add(item(id));
  await vi.waitFor(() => expect(delivered).toEqual(['first', 'second']));
  expect(await queue.stop()).toEqual([]);
  expect(queue.size).toBe(0);
  expect(warned).toHaveBeenCalledTimes(2);
  warned.mockRestore();
});
