import type * as Kafka from '@platformatic/kafka';
import type { Api, Client } from './client.ts';

/** One connection to one server. The server answers in the order in which it was asked, and not before it has answered what was asked before. */
export interface Link {
  readonly isOpen: boolean;
  /**
   * Answers also with what holds errors of the protocol: the caller looks at its codes. Rejects when the connection is lost, and when no
   * answer comes in so many milliseconds: then the connection is of no more use, and closed.
   */
  call<Args extends unknown[], Answer>(
    api: Api<Args, Answer>,
    within: number,
    ...args: Args
  ): Promise<Answer>;
  /** At once; what is not answered rejects. */
  close(reason?: Error): void;
  /** Told once, also when it is closed here. */
  onClose(listener: (reason: Error) => void): void;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface LinkOptions {
  readonly client: Client;
  readonly clientId: string;
  readonly tls?: Kafka.ConnectionOptions['tls'];
  readonly sasl?: Kafka.SASLOptions | undefined;
}

const CONNECT_TIMEOUT = 5_000;
/** The client's own limit leaves the connection open and unusable, so that ours comes first. */
const NEVER = 2 ** 31 - 1;

export async function openLink(options: LinkOptions, { host, port }: Address): Promise<Link> {
  const { client, clientId, tls, sasl } = options;
  const connection = new client.Connection(clientId, {
    connectTimeout: CONNECT_TIMEOUT,
    requestTimeout: NEVER,
    maxInflights: 1_000,
    ...(tls && { tls }),
    ...(sasl && { sasl }),
  });
  const listeners = new Set<(reason: Error) => void>();
  const waiting = new Set<(reason: Error) => void>();
  let open = true;

  function close(reason = new Error('the connection was closed')): void {
    if (!open) return;
    open = false;
    connection.socket?.destroy();
    for (const reject of waiting) reject(reason);
    waiting.clear();
    for (const listener of listeners) listener(reason);
  }
  connection.on('error', (error) => close(error));
  connection.on('close', () => close(new Error(`${host}:${port} closed the connection`)));
  try {
    await connection.connect(host, port);
  } catch (error) {
    close();
    throw new Error(`no connection to ${host}:${port}: ${rootOf(error)}`, { cause: error });
  }

  return {
    get isOpen() {
      return open;
    },
    call<Args extends unknown[], Answer>(api: Api<Args, Answer>, within: number, ...args: Args) {
      if (!open) return Promise.reject(new Error('the connection is closed'));
      const answer = Promise.withResolvers<Answer>();
      const timer = setTimeout(
        () => close(new Error(`${host}:${port} did not answer within ${within} ms`)),
        within,
      );
      waiting.add(answer.reject);
      api.async(connection, ...args).then(answer.resolve, (error: unknown) => {
        const response = error instanceof client.ResponseError ? error.response : undefined;
        if (response) answer.resolve(response);
        else answer.reject(error);
      });
      return answer.promise.finally(() => {
        clearTimeout(timer);
        waiting.delete(answer.reject);
      });
    },
    close,
    onClose(listener) {
      if (open) listeners.add(listener);
      else listener(new Error('the connection is closed'));
    },
  };
}

/** The client wraps what the system says in errors that say less. */
function rootOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : rootOf(error.cause);
}
