import type { NodeConnectionOptions } from '@nats-io/transport-node';
import type { NatsStream } from './ensure-stream.ts';
import { loadClients } from './load-clients.ts';
import { matches, patternOf } from './subject.ts';
import { UNSAFE_SETTINGS } from './unsafe-settings.ts';

export interface FindStreamsOptions {
  readonly servers: string | readonly string[];
  /** Addresses of channels, or their forms. */
  readonly channels: readonly string[];
  /** Streams for the channels that no stream of the server takes. */
  readonly otherwise: readonly NatsStream[];
  readonly connection?: NodeConnectionOptions | undefined;
}

/**
 * The streams that take the channels on this server, whatever they are called, for those who come to a server that others
 * have set up: a subject belongs to one stream only. Rejects when no server answers.
 */
export async function findStreams(options: FindStreamsOptions): Promise<readonly NatsStream[]> {
  const { servers, channels, otherwise, connection } = options;
  const { transport, jetStream } = await loadClients();
  const client = await transport.connect({
    ...connection,
    servers: typeof servers === 'string' ? servers : [...servers],
  });
  try {
    const manager = await jetStream.jetstreamManager(client).catch((error: unknown) => {
      throw new Error(`JetStream does not answer at ${servers}: is nats-server running with -js?`, {
        cause: error,
      });
    });
    const existing: NatsStream[] = [];
    for await (const { config } of manager.streams.list()) {
      // Others have set them up, and for reasons of their own.
      existing.push({ name: config.name, subjects: config.subjects, allowUnsafe: UNSAFE_SETTINGS });
    }
    const takes = (stream: NatsStream, channel: string): boolean =>
      stream.subjects.some((pattern) => matches(pattern, patternOf(channel, undefined)));
    const free = channels.filter((channel) => !existing.some((stream) => takes(stream, channel)));
    return [
      ...existing.filter((stream) => channels.some((channel) => takes(stream, channel))),
      ...otherwise.filter((stream) => free.some((channel) => takes(stream, channel))),
    ];
  } finally {
    await client.close();
  }
}
