import type { ConsumerConfig, ConsumerInfo, JetStreamManager } from '@nats-io/jetstream';

type DurableConfig = Partial<ConsumerConfig> &
  Required<Pick<ConsumerConfig, 'durable_name' | 'ack_wait' | 'max_ack_pending' | 'max_deliver'>>;

const NOT_FOUND = 10014;
const MARK = 'chirograph ';
/** The server takes 4 KiB of description. */
const LONGEST = 4_000;
const TRIES = 5;

/**
 * Creates the durable consumer of a group, or brings the one that exists up to date: its place in the stream stays, and what the
 * group gets only ever grows. Its description keeps the channels that any member has asked for, so that a member that knows fewer leaves
 * the others' messages to them.
 */
export async function ensureConsumer(
  manager: JetStreamManager,
  stream: string,
  config: DurableConfig,
  channels: readonly string[],
  filterFor: (channels: readonly string[]) => readonly string[] | undefined,
): Promise<void> {
  const { durable_name, ack_wait, max_ack_pending, max_deliver } = config;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const found = await find(manager, stream, durable_name);
    const asked = found ? askedFor(found) : [];
    const all = [...new Set([...asked, ...channels])].sort();
    const filter_subjects = filterFor(all);
    const description = describe(durable_name, all);
    const wanted = {
      ack_wait,
      max_ack_pending,
      max_deliver,
      description,
      ...(filter_subjects && { filter_subjects: [...filter_subjects] }),
    };
    if (!found) await manager.consumers.add(stream, { ...config, ...wanted });
    else if (found.config.description !== description || differs(found.config, wanted))
      await manager.consumers.update(stream, durable_name, wanted);
    else return;
    // Two members may do this at once: who comes last looks whether the other's channels are still there.
  }
}

/** The channels (addresses, or templates of them) that members of the group have ever asked for. */
export function askedFor({ config }: ConsumerInfo): readonly string[] {
  const { description = '' } = config;
  if (!description.startsWith(MARK)) return [];
  const channels: unknown = JSON.parse(description.slice(MARK.length));
  return Array.isArray(channels) ? channels.map(String) : [];
}

function describe(group: string, channels: readonly string[]): string {
  const description = `${MARK}${JSON.stringify(channels)}`;
  if (description.length <= LONGEST) return description;
  throw new Error(
    `the group ${group} asks for more channels than a JetStream consumer can note (${description.length} bytes of ${LONGEST}): split it into several consumers`,
  );
}

function differs(config: ConsumerConfig, wanted: Partial<ConsumerConfig>): boolean {
  return (
    config.ack_wait !== wanted.ack_wait ||
    config.max_ack_pending !== wanted.max_ack_pending ||
    config.max_deliver !== wanted.max_deliver ||
    (wanted.filter_subjects !== undefined &&
      [...wanted.filter_subjects].sort().join() !== [...subjectsOf(config)].sort().join())
  );
}

/** The server keeps a single subject in a field of its own. */
function subjectsOf({ filter_subjects, filter_subject }: ConsumerConfig): readonly string[] {
  return filter_subjects ?? (filter_subject ? [filter_subject] : []);
}

async function find(
  manager: JetStreamManager,
  stream: string,
  durable: string,
): Promise<ConsumerInfo | undefined> {
  return manager.consumers.info(stream, durable).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === NOT_FOUND) return undefined;
    throw error;
  });
}
