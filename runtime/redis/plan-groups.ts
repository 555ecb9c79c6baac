import { type Place, places } from '../partitions/places.ts';
import { type Client, openConnection } from './connection.ts';
import { type Keys, keysUnder } from './keys.ts';
import { agreeOnPartitions } from './redis-broker.ts';
import { JOIN, run } from './scripts.ts';
import { ALL_SETTINGS, unsafeSettings } from './unsafe-settings.ts';

export interface PlanGroupsOptions {
  readonly url: string;
  /** As in `redisBroker`. */
  readonly prefix?: string | undefined;
  readonly streams?: readonly Place[] | undefined;
  readonly partitions?: number | undefined;
  /** Consumers, and the channels that they receive from. */
  readonly groups: readonly { readonly group: string; readonly channels: readonly string[] }[];
  /** Whether to make what is missing. Nothing is ever removed or narrowed. */
  readonly apply?: boolean | undefined;
}

/** What a server has of a group. One that exists gets what is published before its first member has come. */
export interface GroupPlan {
  readonly group: string;
  /** Streams on which the server does not know it. */
  readonly missingStreams: readonly string[];
  /** Channels that it has not asked for. */
  readonly missingChannels: readonly string[];
}

export interface GroupsPlan {
  /** Settings by which the server loses messages, each with its remedy. Such a server is left as it is. */
  readonly problems: readonly string[];
  readonly groups: readonly GroupPlan[];
}

/**
 * Compares a server with the groups that there should be, and makes what is missing if told to. Rejects when no server answers, and when the prefix is
 * used with another number of partitions.
 */
export async function planGroups(options: PlanGroupsOptions): Promise<GroupsPlan> {
  const {
    url,
    prefix = 'chirograph',
    streams = [{ name: 'all', subjects: ['>'] }],
    partitions = 8,
    groups,
    apply = false,
  } = options;
  const keys = keysUnder(prefix);
  const known = places(streams);
  let fault: unknown;
  const connection = await openConnection({
    url,
    allowUnsafe: ALL_SETTINGS,
    check: async () => undefined,
    onFault: (error) => {
      fault = error;
    },
  });
  try {
    const client = connection.current();
    if (!client) throw fault;
    await checkPartitions(client, keys.partitions, partitions);
    const problems = unsafeSettings(String(await client.call(['INFO'])), []);
    const plans: GroupPlan[] = [];
    for (const { group, channels } of groups) {
      const places = new Set(channels.flatMap((it) => known.holding(it).map(({ name }) => name)));
      const own = [...places].flatMap((place) =>
        Array.from({ length: partitions }, (_, n) => keys.stream(place, n)),
      );
      const plan = await planOf(client, keys, group, channels, own);
      plans.push(plan);
      if (!apply || problems.length > 0) continue;
      await agreeOnPartitions(client, keys.partitions, partitions);
      if (plan.missingStreams.length > 0 || plan.missingChannels.length > 0)
        await run(client, JOIN, [keys.channels(group), ...own], [group, '0', ...channels]);
    }
    return { problems, groups: plans };
  } finally {
    connection.close();
  }
}

/** As `agreeOnPartitions`, and writes nothing. */
async function checkPartitions(client: Client, key: string, partitions: number): Promise<void> {
  if ((await client.call(['EXISTS', key])) === 1) await agreeOnPartitions(client, key, partitions);
}

async function planOf(
  client: Client,
  keys: Keys,
  group: string,
  channels: readonly string[],
  streams: readonly string[],
): Promise<GroupPlan> {
  const asked = new Set(
    ((await client.call(['SMEMBERS', keys.channels(group)])) as readonly Buffer[]).map(String),
  );
  const missingStreams: string[] = [];
  for (const stream of streams) if (!(await hasGroup(client, stream, group))) missingStreams.push(stream);
  return { group, missingStreams, missingChannels: channels.filter((it) => !asked.has(it)) };
}

async function hasGroup(client: Client, stream: string, group: string): Promise<boolean> {
  if ((await client.call(['EXISTS', stream])) !== 1) return false;
  const groups = (await client.call(['XINFO', 'GROUPS', stream])) as readonly (readonly unknown[])[];
  return groups.some(([, name]) => String(name) === group);
}
