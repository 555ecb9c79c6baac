import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { groupLease } from './group-lease.ts';

const TTL = 3_000;

/** The server's part of a lease: a message on a subject that is replaced only by who knows the last one. */
function leaseServer() {
  let last = { seq: 0, holder: '' };
  let away = false;
  const refuse = (code: number): never => {
    throw Object.assign(new Error(`code ${code}`), { code });
  };
  const answer = (): void => {
    if (away) throw new Error('timeout');
  };
  const context = {
    async publish(_: string, holder: string, { expect: { lastSubjectSequence } }: Expecting) {
      answer();
      if (lastSubjectSequence !== last.seq) refuse(WRONG_LAST_SEQUENCE);
      last = { seq: last.seq + 1, holder };
      return last;
    },
  };
  const manager = {
    streams: {
      async getMessage() {
        answer();
        return last.seq === 0 ? refuse(NO_MESSAGE) : { seq: last.seq, string: () => last.holder };
      },
    },
  };
  const client = { subscribe: () => ({ unsubscribe: () => undefined }), isClosed: () => false };
  return {
    context: context as unknown as JetStreamClient,
    manager: manager as unknown as JetStreamManager,
    client: client as unknown as NatsConnection,
    get holder() {
      return last.holder;
    },
    set away(value: boolean) {
      away = value;
    },
  };
}

interface Expecting {
  readonly expect: { readonly lastSubjectSequence: number };
}

const WRONG_LAST_SEQUENCE = 10071;
const NO_MESSAGE = 10037;

function contender(
  server: ReturnType<typeof leaseServer>,
  holder: string,
  log: string[],
  ending?: Promise<void>,
) {
  const { client, context, manager } = server;
  return groupLease({
    client,
    context,
    manager,
    prefix: undefined,
    stream: 'shop',
    durable: 'group',
    holder,
    ttl: TTL,
    began: () => void log.push(`${holder} began`),
    async ended(why) {
      log.push(`${holder} ${why}`);
      await ending;
      log.push(`${holder} ended`);
    },
    onFault: () => undefined,
  });
}

describe('groupLease', () => {
  beforeEach(
    () =>
      void vi.useFakeTimers({
        toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
      }),
  );
  afterEach(() => void vi.useRealTimers());

  it('does not begin anew before what lapsed has ended, although the server is back sooner', async () => {
    const server = leaseServer();
    const log: string[] = [];
    const ending = Promise.withResolvers<void>();
    const lease = contender(server, 'a', log, ending.promise);
    await vi.advanceTimersByTimeAsync(10);
    expect(log).toEqual(['a began']);
    server.away = true;
    await vi.advanceTimersByTimeAsync(2 * TTL);
    server.away = false;
    await vi.advanceTimersByTimeAsync(2 * TTL);
    expect(log).toEqual(['a began', 'a lapsed']);
    ending.resolve();
    await vi.advanceTimersByTimeAsync(TTL);
    expect(log).toEqual(['a began', 'a lapsed', 'a ended', 'a began']);
    const stopping = lease.stop();
    await vi.advanceTimersByTimeAsync(TTL);
    await stopping;
    expect(log.slice(4)).toEqual(['a given', 'a ended']);
    expect(server.holder).toBe('');
  });

  it('passes to another member once it has been given back, and when its holder is silent', async () => {
    const server = leaseServer();
    const log: string[] = [];
    const first = contender(server, 'a', log);
    await vi.advanceTimersByTimeAsync(10);
    const second = contender(server, 'b', log);
    await vi.advanceTimersByTimeAsync(5 * TTL);
    expect(log).toEqual(['a began']);
    await Promise.all([first.stop(), vi.advanceTimersByTimeAsync(TTL)]);
    expect(log).toEqual(['a began', 'a given', 'a ended', 'b began']);
    await Promise.all([second.stop(), vi.advanceTimersByTimeAsync(TTL)]);
    expect(server.holder).toBe('');
  });
});
