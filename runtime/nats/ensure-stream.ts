import type { JetStreamManager } from '@nats-io/jetstream';

/** A stream: what the server keeps, under a name. */
export interface NatsStream {
  readonly name: string;
  /** The channels' subjects, wildcards allowed: `['loyalty.>']`. */
  readonly subjects: readonly string[];
  /** Servers that keep a copy; 1 unless told otherwise. */
  readonly replicas?: number | undefined;
}

const NOT_FOUND = 10059;

/**
 * Creates the stream, in files, when it is missing. One that exists is left as its operators made it; rejects
 * when it does not take all the subjects.
 */
export async function ensureStream(manager: JetStreamManager, stream: NatsStream): Promise<void> {
  const found = await manager.streams.info(stream.name).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === NOT_FOUND) return undefined;
    throw error;
  });
  if (!found) {
    const { name, subjects, replicas = 1 } = stream;
    await manager.streams.add({ name, subjects: [...subjects], num_replicas: replicas });
    return;
  }
  const missing = stream.subjects.filter((subject) => !found.config.subjects.includes(subject));
  if (missing.length > 0) {
    throw new Error(
      `the JetStream stream ${stream.name} exists and does not take ${missing.join(', ')}: add that with \`nats stream edit ${stream.name}\``,
    );
  }
}
