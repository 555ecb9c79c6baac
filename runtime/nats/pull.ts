import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { type Received, receivedFrom } from './received.ts';

/**
 * Asks a durable consumer for messages. The client's own `consume` drops what is on its way when it is closed, which then is missing until
 * the server sends it again.
 */
export interface Pull {
  /** Resolves when it has broken off, with why; when it was stopped, with nothing. */
  readonly ended: Promise<Error | undefined>;
  /** Asks for no more; resolves when all that the server had sent until it knew has been handed over. */
  stop(): Promise<void>;
}

export interface PullOptions {
  readonly client: NatsConnection;
  /** A subject that nobody else uses. */
  readonly inbox: string;
  readonly stream: string;
  readonly durable: string;
  /** The most messages that are asked for and have not come. */
  readonly batch: number;
  received(message: Received): void;
  /** Calls `listener` when the connection is lost; answers with the way to stop. */
  onLost(listener: () => void): () => void;
}

const NANOSECONDS = 1_000_000;
/** Milliseconds that the server keeps a request, and between its signs of life meanwhile. */
const EXPIRES = 30_000;
const HEARTBEAT = 2_000;
const DRAIN_PATIENCE = 1_000;

export function pull({ client, inbox, stream, durable, batch, received, onLost }: PullOptions): Pull {
  const ended = Promise.withResolvers<Error | undefined>();
  let asked = 0;
  let heard = performance.now();
  let stopping: Promise<void> | undefined;

  const subscription = client.subscribe(inbox, {
    callback(error, message) {
      if (error) fail(error);
      else take(message);
    },
  });
  const watch = setInterval(() => {
    if (performance.now() - heard > 2.5 * HEARTBEAT)
      fail(new Error(`no sign of life of ${stream} for the group ${durable}`));
  }, HEARTBEAT);
  watch.unref();
  const forget = onLost(() => fail(new Error(`the connection was lost: the group ${durable} asks again`)));

  function take(message: Msg): void {
    heard = performance.now();
    const one = receivedFrom(message);
    if (one) {
      asked -= 1;
      received(one);
      if (!stopping && asked <= batch / 2) ask();
      return;
    }
    const { code = 0, description = '' } = message.headers ?? {};
    if (code === 100) return;
    // A request that is over says how much of it was not brought.
    const left = Number(message.headers?.get('Nats-Pending-Messages') ?? 0);
    const isOver =
      code === 408 ||
      code === 404 ||
      (code === 409 && /max ?ack|batch completed|message size/i.test(description));
    if (!isOver) {
      fail(new Error(`the server ended the request of the group ${durable}: ${code} ${description}`));
      return;
    }
    asked = Math.max(0, asked - left);
    if (!stopping) ask();
  }

  function ask(): void {
    const more = batch - asked;
    if (more <= 0) return;
    const request = { batch: more, expires: EXPIRES * NANOSECONDS, idle_heartbeat: HEARTBEAT * NANOSECONDS };
    try {
      client.publish(`$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`, JSON.stringify(request), {
        reply: inbox,
      });
      asked += more;
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  function fail(error: Error): void {
    end();
    if (stopping) return;
    stopping = Promise.resolve();
    if (!client.isClosed()) subscription.unsubscribe();
    ended.resolve(error);
  }

  function end(): void {
    clearInterval(watch);
    forget();
  }

  async function drain(): Promise<void> {
    end();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, DRAIN_PATIENCE);
    });
    // A server that is away does not say that it sends no more.
    await Promise.race([
      client.isClosed() ? undefined : subscription.drain().catch(() => undefined),
      patience,
    ]);
    clearTimeout(timer);
    ended.resolve(undefined);
  }

  ask();
  return {
    ended: ended.promise,
    stop() {
      stopping ??= drain();
      return stopping;
    },
  };
}
