import type { JetStreamManager } from '@nats-io/jetstream';
import { type UnsafeSetting, unsafeSettings } from './unsafe-settings.ts';

/** A stream: what the server keeps, under a name. */
export interface NatsStream {
  readonly name: string;
  /** The channels' subjects, wildcards allowed: `['loyalty.>']`. */
  readonly subjects: readonly string[];
  /** Settings of a stream that exists by which messages are lost, and which are refused unless they are named here. */
  readonly allowUnsafe?: readonly UnsafeSetting[] | undefined;
  /** Servers that keep a copy; 1 unless told otherwise. */
  readonly replicas?: number | undefined;
}

const NOT_FOUND = 10059;
const OVERLAPPING = 10065;

/**
 * Creates the stream, in files, when it is missing. One that exists is left as its operators made it; rejects
 * when it does not take all the subjects, when another has some of them, or when it loses messages.
 */
export async function ensureStream(manager: JetStreamManager, stream: NatsStream): Promise<void> {
  const found = await manager.streams.info(stream.name).catch((error: unknown) => {
    if (codeOf(error) === NOT_FOUND) return undefined;
    throw error;
  });
  if (!found) {
    const { name, subjects, replicas = 1 } = stream;
    await manager.streams
      .add({ name, subjects: [...subjects], num_replicas: replicas })
      .catch(async (error: unknown) => {
        if (codeOf(error) !== OVERLAPPING) throw error;
        throw new Error(await overlap(manager, stream), { cause: error });
      });
    return;
  }
  const unsafe = unsafeSettings(found.config, stream.allowUnsafe ?? []);
  if (unsafe.length > 0) {
    throw new Error(
      `the JetStream stream ${stream.name} loses messages.\n${unsafe.map((it) => `  ${it}`).join('\n')}\nTo use it as it is, name the settings in its \`allowUnsafe\`.`,
    );
  }
  const missing = stream.subjects.filter((subject) => !found.config.subjects.includes(subject));
  if (missing.length > 0) {
    throw new Error(
      `the JetStream stream ${stream.name} exists and does not take ${missing.join(', ')}: add that with \`nats stream edit ${stream.name}\``,
    );
  }
}

/** A subject belongs to one stream: which one has those of a stream that cannot be made, and the two ways out. */
async function overlap(manager: JetStreamManager, { name, subjects }: NatsStream): Promise<string> {
  const holders = new Set<string>();
  for (const subject of subjects) {
    for await (const holder of manager.streams.names(subject)) holders.add(holder);
  }
  const others = [...holders].join(', ') || 'another stream';
  return `the JetStream stream ${name} cannot be made: ${others} takes messages of ${subjects.join(', ')} already. Name that one in natsBroker's streams, or remove it: \`nats stream rm ${others}\``;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
