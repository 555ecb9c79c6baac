import type { WireMessage } from '../ports/message.ts';
import type { Apis } from './client.ts';
import { ANSWER_WITHIN, type Cluster } from './cluster.ts';
import { committedRecords, type Placed } from './committed-records.ts';
import { ErrorCode, KafkaError } from './error-codes.ts';
import type { Link } from './link.ts';
import { listOffsets } from './offsets.ts';
import type { OwnedPartition } from './owned-partition.ts';
import { readRecord } from './record.ts';

/** Reads the partitions that are a member's, ahead of what it may hold: what is read is nobody's until it is taken. */
export interface Fetcher {
  /** There may be room, or partitions to read. */
  more(): void;
  /** Hands on nothing until `resume`. */
  pause(): void;
  resume(): void;
  stop(): void;
}

export interface FetcherOptions {
  readonly cluster: Cluster;
  partitions(): readonly OwnedPartition[];
  readonly maxHeld: number;
  held(): number;
  /** In the order of the partition. */
  take(partition: OwnedPartition, item: { readonly offset: bigint; readonly message: WireMessage }): void;
  /** The channel of a message that says none. */
  channelOf(topic: string): string;
  onFault(error: unknown): void;
}

/** The server answers an empty request after so long. */
const MAX_WAIT = 500;
const PARTITION_BYTES = 512 * 1024;
const MAX_BYTES = 4 * 1024 * 1024;
const READ_COMMITTED = 1;
/** So many may wait for one message before them; then the partition waits with it. */
const MOST_WAITING = 10_000;

type Answer = Awaited<ReturnType<Apis['fetch']['async']>>['responses'][number]['partitions'][number];

interface Read {
  readonly records: readonly Placed[];
  /** How many of them were taken. */
  taken: number;
  /** The offset after them all. */
  readonly next: bigint;
}

export function fetcher(options: FetcherOptions): Fetcher {
  const { cluster, partitions, maxHeld, held, take, channelOf, onFault } = options;
  const read = new WeakMap<OwnedPartition, Read>();
  const loops = new Map<number, { wake(): void; link?: Link }>();
  let paused = true;
  let stopped = false;

  function isDue(partition: OwnedPartition): boolean {
    return (
      partition.position !== undefined &&
      !partition.isLeaving &&
      !read.has(partition) &&
      partition.size < MOST_WAITING
    );
  }

  function leaderOf({ topic, partition }: OwnedPartition): number {
    return cluster.topic(topic)?.leaders[partition] ?? -1;
  }

  /** Takes what there is room for, from all partitions in turn. */
  function feed(): void {
    if (paused || stopped) return;
    let taking = partitions().filter((it) => read.has(it) && !it.isLeaving);
    while (taking.length > 0 && held() < maxHeld) {
      taking = taking.filter((partition) => {
        const batch = read.get(partition);
        if (!batch || held() >= maxHeld) return batch !== undefined;
        takeOne(partition, batch);
        if (batch.taken < batch.records.length) return true;
        read.delete(partition);
        partition.skipTo(batch.next);
        return false;
      });
    }
    for (const partition of partitions()) if (isDue(partition)) loopOf(leaderOf(partition))?.wake();
  }

  function takeOne(partition: OwnedPartition, batch: Read): void {
    const placed = batch.records[batch.taken];
    batch.taken += 1;
    if (!placed) return;
    const { topic, partition: index } = partition;
    const origin = { topic, partition: index, offset: placed.offset, channel: channelOf(topic) };
    take(partition, { offset: placed.offset, message: readRecord(placed.record, origin) });
  }

  /** Each server is read on a connection of its own, for it answers when there is something. */
  function loopOf(node: number): { wake(): void } | undefined {
    if (node < 0 || stopped) return undefined;
    const known = loops.get(node);
    if (known) return known;
    let wake: () => void = () => undefined;
    const loop: { wake(): void; link?: Link } = { wake: () => wake() };
    loops.set(node, loop);
    void (async () => {
      while (!stopped) {
        const due = partitions().filter((it) => isDue(it) && leaderOf(it) === node);
        if (due.length === 0) {
          const idle = Promise.withResolvers<void>();
          wake = idle.resolve;
          await idle.promise;
          continue;
        }
        try {
          if (!loop.link?.isOpen) loop.link = await cluster.link(node);
          await fetch(loop.link, due);
          feed();
        } catch (error) {
          if (stopped) break;
          if (cluster.health().connected) onFault(error);
          await cluster.refresh().catch(() => undefined);
          await new Promise((resolve) => setTimeout(resolve, 250));
        }
        if (!partitions().some((it) => leaderOf(it) === node)) break;
      }
      loops.delete(node);
      loop.link?.close();
    })();
    return loop;
  }

  async function fetch(link: Link, due: readonly OwnedPartition[]): Promise<void> {
    const asked = new Map(due.map((it) => [it.name, { partition: it, position: it.position ?? 0n }]));
    const { errorCode, responses } = await link.call(
      cluster.apis.fetch,
      MAX_WAIT + ANSWER_WITHIN,
      MAX_WAIT,
      1,
      MAX_BYTES,
      READ_COMMITTED,
      0,
      -1,
      [...Map.groupBy(due, ({ topic }) => topic)].map(([topic, list]) => ({
        topicId: topic,
        partitions: list.map((it) => ({
          partition: it.partition,
          currentLeaderEpoch: -1,
          fetchOffset: it.position ?? 0n,
          lastFetchedEpoch: -1,
          partitionMaxBytes: PARTITION_BYTES,
        })),
      })),
      [],
      '',
    );
    if (errorCode !== 0) throw new KafkaError('reading', errorCode);
    let problem: unknown;
    for (const { topicId, partitions: answers } of responses)
      for (const answer of answers) {
        const it = asked.get(`${topicId}/${answer.partitionIndex}`);
        if (!it || it.partition.position !== it.position) continue;
        try {
          await accept(it.partition, it.position, answer);
        } catch (error) {
          problem ??= error;
        }
      }
    if (problem !== undefined) throw problem;
  }

  async function accept(
    partition: OwnedPartition,
    position: bigint,
    { errorCode, records: batches, abortedTransactions }: Answer,
  ): Promise<void> {
    if (errorCode === ErrorCode.offsetOutOfRange) return startAnew(partition, position);
    if (errorCode !== 0) throw new KafkaError(`reading ${partition.name}`, errorCode);
    const { records, next } = committedRecords(batches ?? [], abortedTransactions, position);
    if (next === position) return;
    partition.position = next;
    if (records.length === 0) partition.skipTo(next);
    else read.set(partition, { records, taken: 0, next });
  }

  /** What was to be read is gone: the topic keeps its messages for less long than this group was away. */
  async function startAnew(partition: OwnedPartition, position: bigint): Promise<void> {
    const first = (await listOffsets(cluster, [partition], 'first')).get(partition.name);
    if (first === undefined) return;
    onFault(
      new Error(
        `${partition.name} holds nothing at ${position} any more: messages were deleted before the group had read them; it goes on at ${first}`,
      ),
    );
    partition.position = first;
    partition.skipTo(first);
  }

  const forget = cluster.onHeard(feed);
  return {
    more: feed,
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
      feed();
    },
    stop() {
      stopped = true;
      forget();
      for (const loop of loops.values()) {
        loop.wake();
        loop.link?.close();
      }
    },
  };
}
