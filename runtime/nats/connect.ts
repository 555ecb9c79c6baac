import type * as JetStream from '@nats-io/jetstream';
import type * as Transport from '@nats-io/transport-node';
import { backoff } from '../backoff.ts';
import type { Health } from '../ports/health.ts';
import { ensureStream, type NatsStream } from './ensure-stream.ts';
import type { loadClients } from './load-clients.ts';
import type { NatsBrokerOptions } from './nats-broker-options.ts';
import { jetStreamName, matches } from './subject.ts';

export interface Connection {
  readonly client: Transport.NatsConnection;
  readonly context: JetStream.JetStreamClient;
  readonly manager: JetStream.JetStreamManager;
  readonly transport: typeof Transport;
  readonly jetStream: typeof JetStream;
  /** Whether a durable consumer can choose among the subjects of its stream. */
  readonly canFilter: boolean;
  readonly streams: readonly NatsStream[];
  /** The stream that takes a subject. Throws when none does. */
  streamFor(subject: string): NatsStream;
  health(): Health;
  /** Calls `listener` when the connection is lost; answers with the way to stop. What was asked for on it is then forgotten. */
  onLost(listener: () => void): () => void;
  /** Resolves when there is a connection, or it is closed: what is asked for without one is answered by a timeout only. */
  whenConnected(): Promise<void>;
}

/** No server answers just now. */
export class ServerUnavailableError extends Error {
  override readonly name = 'ServerUnavailableError';
  readonly code = 'server-unavailable';
}

type Clients = Awaited<ReturnType<typeof loadClients>>;

/** Connects, and sees to the streams. Leaves no connection behind when it rejects: with `ServerUnavailableError` when no server answers. */
export async function connect(
  { transport, jetStream }: Clients,
  options: NatsBrokerOptions,
): Promise<Connection> {
  const { servers, prefix, connection } = options;
  let failures = 0;
  const connecting = transport.connect({
    // A broker that gives up would need someone to start it again.
    maxReconnectAttempts: -1,
    // A connection that has died without a word is noticed in seconds: the client's own settings take six minutes.
    pingInterval: 2_000,
    maxPingOut: 2,
    // Those who lost the same server do not come back at the same moment.
    reconnectDelayHandler: () => backoff(++failures, 100, 2_000),
    ...connection,
    servers: typeof servers === 'string' ? servers : [...servers],
  });
  const client = await connecting.catch((cause: unknown) => {
    // A name that is refused or a certificate that is wrong is not helped by trying again.
    if (cause instanceof transport.errors.AuthorizationError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ServerUnavailableError(`no NATS server answers at ${servers}: ${reason}`, { cause });
  });
  const lost = new Set<() => void>();
  let connected = Promise.withResolvers<void>();
  connected.resolve();
  const health = watchHealth(client, {
    connected() {
      failures = 0;
      connected.resolve();
    },
    lost() {
      connected = Promise.withResolvers();
      for (const listener of lost) listener();
    },
    closed: () => connected.resolve(),
  });
  try {
    const manager = await jetStream.jetstreamManager(client).catch((error: unknown) => {
      throw new ServerUnavailableError(
        `JetStream does not answer at ${servers}: is nats-server running with -js?`,
        {
          cause: error,
        },
      );
    });
    const streams = options.streams.map((stream) => prefixed(stream, prefix));
    for (const stream of streams) await ensureStream(manager, stream);
    // Servers before 2.10 filter by one subject at most, and 2.9 delivers nothing more once that is changed.
    const [major = 0, minor = 0] = (client.info?.version ?? '').split('.').map(Number);
    return {
      client,
      context: jetStream.jetstream(client),
      manager,
      transport,
      jetStream,
      streams,
      health,
      whenConnected: () => connected.promise,
      onLost(listener) {
        lost.add(listener);
        return () => void lost.delete(listener);
      },
      canFilter: major > 2 || (major === 2 && minor >= 10),
      streamFor(subject) {
        const stream = streams.find(({ subjects }) => subjects.some((pattern) => matches(pattern, subject)));
        if (!stream) throw new Error(`no stream takes ${subject}: name one in natsBroker's streams`);
        return stream;
      },
    };
  } catch (error) {
    await client.close();
    throw error;
  }
}

function prefixed(stream: NatsStream, prefix: string | undefined): NatsStream {
  if (prefix === undefined) return stream;
  const subjects = stream.subjects.map((subject) => `${prefix}.${subject}`);
  return { ...stream, name: `${jetStreamName(prefix)}_${stream.name}`, subjects };
}

/** Follows the connection, so that how it stands can be said at once. */
function watchHealth(
  client: Transport.NatsConnection,
  on: { connected(): void; lost(): void; closed(): void },
): () => Health {
  let health: Health = { connected: true, since: Date.now() };
  void (async () => {
    for await (const status of client.status()) {
      const since = Date.now();
      if (status.type === 'reconnect') {
        health = { connected: true, since };
        on.connected();
      }
      if (status.type === 'disconnect' && health.connected) {
        health = { connected: false, since, problem: `no connection to ${status.server}` };
        on.lost();
      }
    }
    health = { connected: false, since: Date.now(), problem: 'closed' };
    on.closed();
  })();
  return () => health;
}
