import { expect, it, vi } from 'vitest';
import type { MessageContract } from '../contract/index.ts';
import type { WireMessage } from '../ports/message.ts';
import type { Store } from '../ports/store.ts';
import type { Deliver } from '../ports/subscriber.ts';
import { sqliteStore } from '../sqlite/index.ts';
import { createConsumer } from './create-consumer.ts';
import { receive } from './receive.ts';

const contract: MessageContract<{ readonly id: string }> = {
  name: 'a',
  version: '1.0',
  kind: 'event',
  channel: 'a',
  contentType: 'application/json',
  envelope: { id: { in: 'payload', path: ['id'] } },
  identity: [{ in: 'payload', path: ['id'] }],
  validate: (value): value is { readonly id: string } => typeof value === 'object',
};

const message = (id: string): WireMessage => ({
  id,
  name: 'a',
  version: '1.0',
  channel: 'a',
  headers: {},
  contentType: 'application/json',
  body: new TextEncoder().encode(JSON.stringify({ id })),
});

it('claims about as many messages as it can handle before the time of a transaction is up', async () => {
  let now = 0;
  const time = vi.spyOn(performance, 'now').mockImplementation(() => now);
  const inner = sqliteStore({ file: ':memory:' });
  let claimed = 0;
  const store: Store = {
    ...inner,
    transaction: (work) =>
      inner.transaction((tx) =>
        work(
          Object.assign(Object.create(tx), {
            inbox: {
              ...tx.inbox,
              claim(consumer: string, identities: readonly string[]) {
                claimed += identities.length;
                return tx.inbox.claim(consumer, identities);
              },
            },
          }),
        ),
      ),
  };
  let deliver: Deliver | undefined;
  const subscriber = {
    async subscribe(_: unknown, taken: Deliver) {
      deliver = taken;
      return { stop: async () => undefined };
    },
  };
  let takes = 20;
  const handled: string[] = [];
  const consumer = createConsumer('c', subscriber, { store }, [
    receive(contract, async ({ id }) => {
      handled.push(id);
      now += takes;
    }),
  ]);
  await consumer.start();
  const send = (from: number) => {
    const messages = Array.from({ length: 64 }, (_, n) => message(`m-${from + n}`));
    return deliver?.(messages, { signal: new AbortController().signal });
  };
  await send(0);
  await send(64);
  expect(handled).toHaveLength(128);
  // Three are done in the time of a transaction, so each is claimed twice or so, and not ten times.
  expect(claimed).toBeLessThan(3 * 128);
  takes = 0;
  claimed = 0;
  for (let n = 2; n < 8; n += 1) await send(64 * n);
  expect(handled).toHaveLength(512);
  expect(claimed).toBe(6 * 64);
  time.mockRestore();
  await consumer.stop();
  await inner.close();
});
