import { nameOf, type TopicPartition } from './assign.ts';
import { ANSWER_WITHIN, type Cluster } from './cluster.ts';
import { KafkaError } from './error-codes.ts';
import type { Link } from './link.ts';

const LATEST = -1n;
const EARLIEST = -2n;
const COMMITTED_ONLY = 1;

/** The offsets with which partitions begin, or with which the next message will be stored. Rejects when one cannot be had. */
export async function listOffsets(
  cluster: Cluster,
  partitions: readonly TopicPartition[],
  which: 'first' | 'new',
): Promise<ReadonlyMap<string, bigint>> {
  const byLeader = Map.groupBy(
    partitions,
    ({ topic, partition }) => cluster.topic(topic)?.leaders[partition] ?? -1,
  );
  const found = new Map<string, bigint>();
  await Promise.all(
    [...byLeader].map(async ([leader, list]) => {
      const link = await cluster.link(leader);
      try {
        const { topics } = await link.call(
          cluster.apis.listOffsets,
          ANSWER_WITHIN,
          -1,
          COMMITTED_ONLY,
          [...Map.groupBy(list, ({ topic }) => topic)].map(([name, all]) => ({
            name,
            partitions: all.map(({ partition }) => ({
              partitionIndex: partition,
              currentLeaderEpoch: -1,
              timestamp: which === 'first' ? EARLIEST : LATEST,
            })),
          })),
        );
        for (const { name, partitions: answers } of topics)
          for (const { partitionIndex, offset, errorCode } of answers) {
            const it = nameOf({ topic: name, partition: partitionIndex });
            if (errorCode !== 0) {
              void cluster.refresh().catch(() => undefined);
              throw new KafkaError(`the ${which === 'first' ? 'first' : 'next'} offset of ${it}`, errorCode);
            }
            found.set(it, offset);
          }
      } finally {
        link.close();
      }
    }),
  );
  return found;
}

export interface Committed {
  /** -1: never. */
  readonly offset: bigint;
  readonly note: string | null;
}

/** What a group has committed, asked of the server that keeps it. */
export async function committedOffsets(
  { apis }: Cluster,
  link: Link,
  group: string,
  partitions: readonly TopicPartition[],
): Promise<ReadonlyMap<string, Committed>> {
  const topics = [...Map.groupBy(partitions, ({ topic }) => topic)].map(([name, list]) => ({
    name,
    partitionIndexes: list.map(({ partition }) => partition),
  }));
  const { errorCode, topics: found } = await link.call(
    apis.offsetFetch,
    ANSWER_WITHIN,
    [{ groupId: group, topics }],
    false,
  );
  if (errorCode) throw new KafkaError(`the offsets of the group ${group}`, errorCode);
  const committed = new Map<string, Committed>();
  for (const { name, partitions: list } of found)
    for (const { partitionIndex, committedOffset, metadata, errorCode: code } of list) {
      if (code) throw new KafkaError(`the offset of the group ${group} for ${name}/${partitionIndex}`, code);
      committed.set(`${name}/${partitionIndex}`, { offset: committedOffset, note: metadata ?? null });
    }
  return committed;
}
