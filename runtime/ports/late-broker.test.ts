import { describe, expect, it, vi } from 'vitest';
import { memoryBroker } from '../memory/index.ts';
import { deliverEach } from './deliver-each.ts';
import { lateBroker } from './late-broker.ts';

const message = {
  id: '1',
  channel: 'a',
  headers: {},
  contentType: 'application/json',
  body: new Uint8Array(),
};

describe('a broker whose server is away at the start', () => {
  it('is handed out without it, keeps nothing, and begins when it comes', async () => {
    const faults: unknown[] = [];
    let isUp = false;
    const broker = await lateBroker({
      async open() {
        if (!isUp) throw new Error('connection refused');
        return memoryBroker();
      },
      isAway: () => true,
      waitFor: 0,
      onFault: (error) => faults.push(error),
    });
    expect(broker.health()).toMatchObject({ connected: false, problem: 'connection refused' });
    expect(broker.limits()).toEqual({});
    expect(await broker.publish([message])).toMatchObject([
      { kind: 'retry', error: { message: 'the broker is not connected: connection refused' } },
    ]);
    const got: string[] = [];
    const subscription = await broker.subscribe(
      { group: 'g', channels: ['a'] },
      deliverEach(async ({ id }) => void got.push(id)),
    );
    isUp = true;
    await vi.waitFor(() => expect(broker.health().connected).toBe(true), { timeout: 10_000 });
    expect(await broker.publish([message])).toEqual([{ kind: 'acked' }]);
    expect(got).toEqual(['1']);
    expect(faults.length).toBeGreaterThan(0);
    await subscription.stop();
    await broker.close();
  });

  it('is refused at once when trying again would not help', async () => {
    const opening = lateBroker({
      open: () => Promise.reject(new Error('the stream loses data')),
      isAway: () => false,
      waitFor: 60_000,
      onFault: () => undefined,
    });
    await expect(opening).rejects.toThrow('loses data');
  });

  it('can be closed before it has ever connected', async () => {
    const broker = await lateBroker({
      open: () => Promise.reject(new Error('connection refused')),
      isAway: () => true,
      waitFor: 0,
      onFault: () => undefined,
    });
    const subscription = await broker.subscribe({ group: 'g', channels: ['a'] }, async () => []);
    await subscription.stop();
    await broker.close();
    await expect(broker.publish([message])).rejects.toThrow('closed');
  });
});
