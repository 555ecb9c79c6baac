import { EventEmitter } from 'node:events';
import type { Pool } from 'pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchers } from './watchers.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Connections of which the first so many cannot LISTEN. */
function connections(failing: number) {
  let open = 0;
  let made = 0;
  const connect = async () => {
    made += 1;
    open += 1;
    const mayListen = made > failing;
    const client = Object.assign(new EventEmitter(), {
      query: async () => {
        if (!mayListen) throw new Error('Query read timeout');
      },
    });
    let released = false;
    const release = async (): Promise<void> => {
      if (released) return;
      released = true;
      open -= 1;
      client.emit('end');
    };
    return { client: client as never, release };
  };
  return { connect, open: () => open, made: () => made };
}

it('keeps no connection on which LISTEN has failed, and tries again', async () => {
  const { connect, open, made } = connections(3);
  const watching = watchers({ channel: 'c', connect, pool: async () => undefined as unknown as Pool });
  const woken = vi.fn();
  watching.watch(['outbox'], woken);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(made()).toBe(4);
  expect(open()).toBe(1);
  // What was committed while nobody listened.
  expect(woken).toHaveBeenCalledOnce();
  await watching.close();
  expect(open()).toBe(0);
});
