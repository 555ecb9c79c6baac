import type * as Amqp from 'amqplib';
import { backoff } from '../backoff.ts';
import type { Health } from '../ports/health.ts';
import { closeQuietly } from './close-quietly.ts';

type Model = Awaited<ReturnType<typeof Amqp.connect>>;

/** A connection that is made again whenever it is lost, with growing pauses. */
export interface Connection {
  /** `undefined` while there is none. */
  current(): Model | undefined;
  /** Calls `run` with each connection, the present one at once. Returns the way to stop. */
  each(run: (model: Model) => Promise<void>): () => void;
  health(): Health;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  readonly url: string;
  readonly heartbeat: number;
  onFault(error: unknown): void;
}

const CONNECT_TIMEOUT = 5_000;

/** Resolves after the first try, whether it came through or not. Rejects when the client is not installed. */
export async function openConnection({ url, heartbeat, onFault }: ConnectionOptions): Promise<Connection> {
  const { connect } = await loadClient();
  const runs = new Set<(model: Model) => Promise<void>>();
  let model: Model | undefined;
  let health: Health = { connected: false, since: Date.now(), problem: 'not connected yet' };
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  async function open(): Promise<void> {
    try {
      const address = new URL(url);
      if (!address.searchParams.has('heartbeat')) address.searchParams.set('heartbeat', String(heartbeat));
      const opened = await connect(address.href, {
        timeout: CONNECT_TIMEOUT,
        clientProperties: { connection_name: 'chirograph' },
      });
      if (closed) return void (await closeQuietly(opened));
      failures = 0;
      model = opened;
      health = { connected: true, since: Date.now() };
      opened.on('error', (error) => lost(opened, error));
      opened.on('close', (error) => lost(opened, error));
      for (const run of runs) void run(opened).catch(onFault);
    } catch (error) {
      lost(undefined, error);
    }
  }

  function lost(which: Model | undefined, error: unknown): void {
    if (closed || which !== model) return;
    model = undefined;
    const problem = error instanceof Error ? error.message : 'the connection was closed';
    health = { connected: false, since: health.connected ? Date.now() : health.since, problem };
    failures += 1;
    clearTimeout(timer);
    timer = setTimeout(() => void open(), backoff(failures, 100, 5_000));
  }

  await open();
  return {
    current: () => model,
    each(run) {
      runs.add(run);
      if (model) void run(model).catch(onFault);
      return () => void runs.delete(run);
    },
    health: () => health,
    async close() {
      closed = true;
      clearTimeout(timer);
      health = { connected: false, since: Date.now(), problem: 'closed' };
      const open = model;
      model = undefined;
      await closeQuietly(open);
    },
  };
}

export async function loadClient(): Promise<Pick<typeof Amqp, 'connect'>> {
  try {
    const { default: client } = await import('amqplib');
    return client;
  } catch (cause) {
    throw new Error('amqpBroker needs the RabbitMQ client: npm install amqplib', { cause });
  }
}

export type { Model };
