import type { TopicPartition } from './assign.ts';
import type { Client } from './client.ts';

/** What a member tells the others when it joins. */
export interface Subscription {
  readonly topics: readonly string[];
  readonly channels: readonly string[];
  readonly from: 'first' | 'new';
  readonly owned: readonly TopicPartition[];
  /** Partitions that hold what it does not know, and the generation in which it noticed. */
  readonly refused: readonly (TopicPartition & { readonly at: number })[];
}

/** What the member that shares out tells the others. */
export interface Assignment {
  readonly partitions: readonly TopicPartition[];
  /** What those who are there now ask for. */
  readonly channels: readonly string[];
  /** Where partitions begin that nobody has ever committed, when the group begins with what is new. */
  readonly starts: ReadonlyMap<string, bigint>;
}

interface Told {
  readonly channels?: readonly string[];
  readonly from?: 'first' | 'new';
  readonly refused?: readonly (readonly [topic: string, partition: number, at: number])[];
  readonly starts?: readonly (readonly [name: string, offset: string])[];
}

/** In the form that Kafka's own tools show, with what is ours as the part that is left to the members. */
export function encodeSubscription(
  client: Client,
  { topics, channels, from, owned, refused }: Subscription,
  generation: number,
): Buffer {
  const told: Told = { channels, from, refused: refused.map((it) => [it.topic, it.partition, it.at]) };
  return client.encodeConsumerProtocolSubscription({
    version: 2,
    topics: [...topics],
    userData: Buffer.from(JSON.stringify(told)),
    ownedPartitions: byTopic(owned),
    generationId: generation,
  });
}

export function decodeSubscription(
  client: Client,
  bytes: Buffer,
): Subscription & { readonly generation: number } {
  const { topics, userData, ownedPartitions, generationId } =
    client.decodeConsumerProtocolSubscription(bytes);
  const { channels = [], from = 'first', refused = [] } = told(userData);
  return {
    topics,
    channels,
    from,
    owned: ownedPartitions.flatMap(({ topic, partitions }) =>
      partitions.map((partition) => ({ topic, partition })),
    ),
    refused: refused.map(([topic, partition, at]) => ({ topic, partition, at })),
    generation: generationId,
  };
}

export function encodeAssignment(client: Client, { partitions, channels, starts }: Assignment): Buffer {
  const rest: Told = { channels, starts: [...starts].map(([name, offset]) => [name, String(offset)]) };
  return client.encodeConsumerProtocolAssignment({
    version: 0,
    assignedPartitions: byTopic(partitions),
    userData: Buffer.from(JSON.stringify(rest)),
  });
}

export function decodeAssignment(client: Client, bytes: Buffer): Assignment {
  const { assignedPartitions, userData } = client.decodeConsumerProtocolAssignment(bytes);
  const { channels = [], starts = [] } = told(userData);
  return {
    partitions: assignedPartitions.flatMap(({ topic, partitions }) =>
      partitions.map((partition) => ({ topic, partition })),
    ),
    channels,
    starts: new Map(starts.map(([name, offset]) => [name, BigInt(offset)])),
  };
}

function byTopic(list: readonly TopicPartition[]): { topic: string; partitions: number[] }[] {
  return [...Map.groupBy(list, ({ topic }) => topic)].map(([topic, all]) => ({
    topic,
    partitions: all.map(({ partition }) => partition),
  }));
}

function told(userData: Buffer | string | null | undefined): Told {
  try {
    return (JSON.parse(String(userData ?? '{}')) ?? {}) as Told;
  } catch {
    return {};
  }
}
