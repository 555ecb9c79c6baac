import type { NodeConnectionOptions } from '@nats-io/transport-node';
import { ensureStream, type NatsStream } from './ensure-stream.ts';
import { loadClients } from './load-clients.ts';
import { matches } from './subject.ts';
import { unsafeSettings } from './unsafe-settings.ts';

export interface PlanStreamsOptions {
  readonly servers: string | readonly string[];
  /** What is to be there. */
  readonly streams: readonly NatsStream[];
  /** Whether to make what is missing. Nothing is ever removed or narrowed. */
  readonly apply?: boolean | undefined;
  readonly connection?: NodeConnectionOptions | undefined;
}

/** What a server has of a stream. */
export interface StreamPlan {
  readonly name: string;
  readonly subjects: readonly string[];
  /** `as-is`: all is there. `unsafe`: it is there, and loses messages: nothing is changed about it. */
  readonly kind: 'create' | 'widen' | 'as-is' | 'unsafe';
  /** Subjects that the stream does not take yet. */
  readonly missing: readonly string[];
  /** Settings by which it loses messages, each with what fixes it. */
  readonly problems: readonly string[];
}

/** Compares a server with the streams that there should be, and makes what is missing if told to. Rejects when no server answers. */
export async function planStreams(options: PlanStreamsOptions): Promise<readonly StreamPlan[]> {
  const { servers, streams, apply = false, connection } = options;
  const { transport, jetStream } = await loadClients();
  const client = await transport.connect({
    ...connection,
    servers: typeof servers === 'string' ? servers : [...servers],
  });
  try {
    const manager = await jetStream.jetstreamManager(client);
    const existing = new Map<string, Awaited<ReturnType<typeof manager.streams.info>>['config']>();
    for await (const { config } of manager.streams.list()) existing.set(config.name, config);
    const plans: StreamPlan[] = [];
    for (const stream of streams) {
      const { name, subjects } = stream;
      const config = existing.get(name);
      const missing = subjects.filter((it) => !config?.subjects.some((pattern) => matches(pattern, it)));
      const problems = config ? unsafeSettings(config, stream.allowUnsafe ?? []) : [];
      const kind = !config
        ? 'create'
        : problems.length > 0
          ? 'unsafe'
          : missing.length > 0
            ? 'widen'
            : 'as-is';
      plans.push({ name, subjects, kind, missing, problems });
      if (!apply) continue;
      if (kind === 'create') await ensureStream(manager, stream);
      if (kind === 'widen' && config) {
        // A pattern that takes in others of the stream stands for them: JetStream refuses those that overlap.
        const others = config.subjects.filter((it) => !missing.some((pattern) => matches(pattern, it)));
        await manager.streams.update(name, { ...config, subjects: [...others, ...missing] });
      }
    }
    return plans;
  } finally {
    await client.close();
  }
}
