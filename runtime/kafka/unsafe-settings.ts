/** A setting of a topic by which acknowledged messages are lost. `unreadable`: the server does not say how it is set. */
export type UnsafeSetting = (typeof UNSAFE_SETTINGS)[number];

export const UNSAFE_SETTINGS = [
  'cleanup.policy',
  'min.insync.replicas',
  'replicas',
  'retention.bytes',
  'retention.ms',
  'unclean.leader.election.enable',
  'unreadable',
] as const;

/** A group that is away for less than this misses nothing; it is longer than any retry schedule. */
const WEEK = 7 * 24 * 3_600_000;

export interface TopicSettings {
  readonly topic: string;
  readonly replicas: number;
  /** How many servers the cluster has. */
  readonly brokers: number;
  /** By their names; `undefined` when the server does not say. */
  readonly values: ReadonlyMap<string, string> | undefined;
}

/** What of a topic's settings loses messages, each as a sentence with its remedy. */
export function unsafeSettings(
  { topic, replicas, brokers, values }: TopicSettings,
  allowed: readonly UnsafeSetting[],
): readonly string[] {
  const alter = `kafka-configs.sh --alter --topic ${topic} --add-config`;
  const found: (readonly [UnsafeSetting, string])[] = [];
  if (replicas === 1 && brokers > 1)
    found.push([
      'replicas',
      `it has one replica, and is lost with that server: kafka-reassign-partitions.sh to 3 replicas`,
    ]);
  if (!values) {
    found.push([
      'unreadable',
      `the server does not say how it is set, so nobody knows how long it keeps messages, and on how many servers: allow DESCRIBE_CONFIGS on the topic`,
    ]);
  } else {
    const replicated = Number(values.get('min.insync.replicas') ?? 1);
    if (replicas > 1 && replicated < 2)
      found.push([
        'min.insync.replicas',
        `a message counts as stored when one server has it (${replicated}), and is lost with that one: ${alter} min.insync.replicas=2`,
      ]);
    if (values.get('unclean.leader.election.enable') === 'true')
      found.push([
        'unclean.leader.election.enable',
        `a server that lacks messages may become the leader, and they are gone: ${alter} unclean.leader.election.enable=false`,
      ]);
    const policy = values.get('cleanup.policy') ?? 'delete';
    if (policy.includes('compact'))
      found.push([
        'cleanup.policy',
        `it keeps the last message of each key only (${policy}): ${alter} cleanup.policy=delete`,
      ]);
    const age = Number(values.get('retention.ms') ?? -1);
    if (age >= 0 && age < WEEK)
      found.push([
        'retention.ms',
        `it drops messages after ${age / 1_000} s, read or not: ${alter} retention.ms=${WEEK} (or -1)`,
      ]);
    const bytes = Number(values.get('retention.bytes') ?? -1);
    if (bytes >= 0)
      found.push([
        'retention.bytes',
        `it drops its oldest messages when a partition has ${bytes} bytes, read or not: ${alter} retention.bytes=-1`,
      ]);
  }
  return found
    .filter(([setting]) => !allowed.includes(setting))
    .map(([setting, text]) => `${setting}: ${text}`);
}
