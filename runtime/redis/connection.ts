import type * as TLS from 'node:tls';
import type * as Redis from 'redis';
import { backoff } from '../backoff.ts';
import { BrokerSettingsError } from '../ports/broker-settings-error.ts';
import type { Health } from '../ports/health.ts';
import { ALL_SETTINGS, type UnsafeSetting, unsafeSettings } from './unsafe-settings.ts';

type Argument = string | Buffer;

/** One connection to a server. What is asked of it is answered in the order in which it was asked. */
export interface Client {
  /** Bulk strings are answered as buffers. */
  call(command: readonly Argument[]): Promise<unknown>;
  /** All or none of them: the answers in their order, an `Error` for each command that failed while the others took effect. */
  together(commands: readonly (readonly Argument[])[]): Promise<readonly unknown[]>;
  /** Ends it at once; what is not answered rejects. */
  destroy(): void;
}

/** A connection that is made again whenever it is lost, with growing pauses. */
export interface Connection {
  /** `undefined` while there is none. */
  current(): Client | undefined;
  /** A further connection to the same server, for commands that block. */
  another(): Promise<Client>;
  /** Calls `run` with each connection, the present one at once. Returns the way to stop. */
  each(run: (client: Client) => Promise<void>): () => void;
  health(): Health;
  close(): void;
}

export interface ConnectionOptions {
  readonly url: string;
  readonly tls?: TLS.ConnectionOptions | undefined;
  readonly allowUnsafe: readonly UnsafeSetting[];
  /** Run on each new connection before anyone else has it; a rejection means that it is of no use. */
  check(client: Client): Promise<void>;
  onFault(error: unknown): void;
}

const CONNECT_TIMEOUT = 5_000;
/** Until the server has also answered. */
const ANSWER_TIMEOUT = 10_000;
/** A connection on which nothing was answered for two or three of these is dead. */
const HEARTBEAT = 2_000;

/**
 * Resolves after the first try, whether the server was there or not. Rejects when the client is not installed, when the server refuses
 * the name or password, and when its settings lose data.
 */
export async function openConnection(options: ConnectionOptions): Promise<Connection> {
  const { onFault } = options;
  const redis = await loadClient();
  const runs = new Set<(client: Client) => Promise<void>>();
  let client: Client | undefined;
  let health: Health = { connected: false, since: Date.now(), problem: 'not connected yet' };
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  async function open(): Promise<void> {
    try {
      const opened = await connect(redis, options, (error) => lost(opened, error));
      try {
        await checkSettings(opened, options);
      } catch (error) {
        opened.destroy();
        throw error;
      }
      if (closed) return opened.destroy();
      failures = 0;
      client = opened;
      health = { connected: true, since: Date.now() };
      for (const run of runs) void run(opened).catch(onFault);
    } catch (error) {
      lost(undefined, error);
      throw error;
    }
  }

  function lost(which: Client | undefined, error: unknown): void {
    if (closed || which !== client) return;
    client = undefined;
    const problem = error instanceof Error ? error.message || error.name : 'the connection was closed';
    health = { connected: false, since: health.connected ? Date.now() : health.since, problem };
    failures += 1;
    clearTimeout(timer);
    timer = setTimeout(() => void open().catch(onFault), backoff(failures, 100, 5_000));
  }

  await open().catch((error: unknown) => {
    if (!(error instanceof BrokerSettingsError) && !isRefusal(error)) return onFault(error);
    closed = true;
    clearTimeout(timer);
    throw error;
  });
  return {
    current: () => client,
    async another() {
      const opened = await connect(redis, options, () => undefined);
      if (!closed) return opened;
      opened.destroy();
      throw new Error('the broker is closed');
    },
    each(run) {
      runs.add(run);
      if (client) void run(client).catch(onFault);
      return () => void runs.delete(run);
    },
    health: () => health,
    close() {
      closed = true;
      clearTimeout(timer);
      health = { connected: false, since: Date.now(), problem: 'closed' };
      client?.destroy();
      client = undefined;
    },
  };
}

/** Name or password are wrong, or the user may not do what is needed. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && /^(WRONGPASS|NOAUTH|NOPERM)/.test(error.message);
}

/** `lost` is told once, also when it is destroyed. */
async function connect(
  { createClient, RESP_TYPES, ErrorReply, MultiErrorReply }: typeof Redis,
  { url, tls }: ConnectionOptions,
  lost: (error: unknown) => void,
): Promise<Client> {
  const common = { connectTimeout: CONNECT_TIMEOUT, reconnectStrategy: false } as const;
  const inner = createClient({
    url,
    RESP: 2,
    name: 'chirograph',
    disableOfflineQueue: true,
    // The heartbeat ends a connection that does not answer. A time limit for each command would cost a tenth of what publishing does.
    commandOptions: { timeout: 0 },
    socket: tls ? { ...common, ...tls, tls: true } : common,
  });
  const buffers = inner.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
  let reason: unknown = new Error('the connection was closed');
  inner.on('error', (error) => {
    reason = error;
  });
  // The client's own limit ends with the socket's connection: a server that then says nothing would be waited for without end.
  let isLate = false;
  const patience = setTimeout(() => {
    isLate = true;
    if (inner.isOpen) inner.destroy();
  }, ANSWER_TIMEOUT);
  try {
    await inner.connect();
  } catch (error) {
    if (inner.isOpen) inner.destroy();
    throw isLate ? new Error(`the server said nothing for ${ANSWER_TIMEOUT} ms`, { cause: error }) : error;
  } finally {
    clearTimeout(patience);
  }
  let ended = false;
  const end = (): void => {
    if (ended) return;
    ended = true;
    clearInterval(heartbeat);
    if (inner.isOpen) inner.destroy();
    lost(reason);
  };
  inner.on('error', end);
  inner.on('end', end);
  let unanswered = 0;
  const heartbeat = setInterval(() => {
    unanswered += 1;
    if (unanswered > 2) {
      reason = new Error('the server does not answer');
      return end();
    }
    // One is enough: what is answered behind it is no sooner.
    if (unanswered === 1)
      void inner.ping().then(
        () => {
          unanswered = 0;
        },
        () => undefined,
      );
  }, HEARTBEAT);
  return {
    call: (command) => buffers.sendCommand([...command]),
    async together(commands) {
      const [only, ...others] = commands;
      // All or nothing by itself: the two commands that would frame it cost as much as it does.
      if (only && others.length === 0) {
        try {
          return [await buffers.sendCommand([...only])];
        } catch (error) {
          // What a transaction would meet while it runs; all else fails it as a whole.
          if (error instanceof ErrorReply && error.message.startsWith('WRONGTYPE')) return [error];
          throw error;
        }
      }
      const multi = inner.multi();
      for (const command of commands) multi.addCommand([...command]);
      try {
        return await multi.exec();
      } catch (error) {
        if (error instanceof MultiErrorReply) return error.replies;
        throw error;
      }
    },
    destroy: end,
  };
}

async function checkSettings(client: Client, { url, allowUnsafe, check }: ConnectionOptions): Promise<void> {
  if (ALL_SETTINGS.some((it) => !allowUnsafe.includes(it))) await checkSafety(client, url, allowUnsafe);
  await check(client);
}

async function checkSafety(
  client: Client,
  url: string,
  allowUnsafe: readonly UnsafeSetting[],
): Promise<void> {
  const info = String(await client.call(['INFO']));
  const unsafe = unsafeSettings(info, allowUnsafe);
  if (unsafe.length > 0)
    throw new BrokerSettingsError(
      `Redis at ${new URL(url).host} loses messages:\n${unsafe.map((it) => `  ${it}`).join('\n')}\nTo take it as it is, name these settings in allowUnsafe.`,
    );
}

async function loadClient(): Promise<typeof Redis> {
  try {
    return await import('redis');
  } catch (cause) {
    throw new Error('redisBroker needs the Redis client: npm install redis', { cause });
  }
}
