import { channelFilter } from '../partitions/deliver-known.ts';
import { watermark } from '../partitions/watermark.ts';
import type { WireMessage } from '../ports/message.ts';
import { nameOf, type TopicPartition } from './assign.ts';
import { type GroupNote, isDone, writeNote } from './group-note.ts';
import type { Commit } from './membership.ts';

/** A message that this member has taken, and what is called when it is done. */
export interface Taken {
  readonly of: OwnedPartition;
  readonly message: WireMessage;
  settle(): void;
}

/** A partition that is this member's: how far it was read, and how far everything is done. */
export interface OwnedPartition extends TopicPartition {
  readonly name: string;
  /** The generation of the group in which it became ours. */
  readonly since: number;
  refusedAt?: number;
  /** It is being given up: nothing more is read of it. */
  isLeaving: boolean;
  /** The next offset to read; `undefined` before it is known. */
  position: bigint | undefined;
  begin(offset: bigint, note: GroupNote, isCommitted: boolean): void;
  /** Also for those who ask for further channels. */
  ask(channels: readonly string[]): void;
  isAskedFor(channel: string): boolean;
  /** Whether it was done before it became ours. */
  isDone(offset: bigint): boolean;
  /** To be called in order; answers with what is to be called when it is settled. */
  open(offset: bigint): () => void;
  /** How many are open, or wait for one before them. */
  readonly size: number;
  /** All before the position that was read is nothing to deliver. */
  skipTo(offset: bigint): void;
  /** What is to be committed, if anything; `taken` is to be called when it was. */
  due(): (Commit & { taken(): void }) | undefined;
}

export interface OwnedPartitionOptions extends TopicPartition {
  readonly since: number;
  readonly asked: readonly string[];
  onProgress(): void;
}

export function ownedPartition({
  topic,
  partition,
  since,
  asked,
  onProgress,
}: OwnedPartitionOptions): OwnedPartition {
  let channels: readonly string[] = [];
  let isAskedFor = channelFilter(channels);
  let began = { offset: 0n, runs: [] as readonly number[] };
  /** All before it is done. */
  let done: bigint | undefined;
  /** What changed, and up to which change it is committed. */
  let version = 0;
  let committed = 0;

  function changed(): void {
    version += 1;
    onProgress();
  }

  const mark = watermark<bigint>((offset) => {
    done = offset + 1n;
    changed();
  });

  function ask(more: readonly string[]): void {
    const all = new Set([...channels, ...more]);
    if (all.size === channels.length) return;
    channels = [...all].sort();
    isAskedFor = channelFilter(channels);
    changed();
  }
  ask(asked);

  const self: OwnedPartition = {
    topic,
    partition,
    name: nameOf({ topic, partition }),
    since,
    isLeaving: false,
    position: undefined,
    begin(offset, note, isCommitted) {
      began = { offset, runs: note.runs };
      done = offset;
      self.position = offset;
      const size = channels.length;
      ask(note.channels);
      // Nothing is to be said that the group does not have already.
      if (isCommitted && size === note.channels.length && channels.length === size) committed = version;
    },
    ask,
    isAskedFor: (channel) => isAskedFor(channel),
    isDone: (offset) => isDone(began.runs, Number(offset - began.offset)),
    open(offset) {
      const settle = mark.open(offset);
      return () => {
        settle();
        // It waits for one before it: that is worth a word when the partition is given up.
        version += 1;
      };
    },
    get size() {
      return mark.size;
    },
    skipTo(offset) {
      if (mark.size > 0 || done === undefined || offset <= done) return;
      done = offset;
      changed();
    },
    due() {
      if (done === undefined || committed === version) return undefined;
      const offset = done;
      const of = version;
      return {
        topic,
        partition,
        offset,
        note: writeNote({ channels, runs: runsFrom(offset, mark.ahead()) }),
        taken() {
          committed = Math.max(committed, of);
        },
      };
    },
  };
  return self;
}

/** How many from the offset on are not done, are done, and so on. */
function runsFrom(offset: bigint, done: readonly bigint[]): readonly number[] {
  const runs: number[] = [];
  let at = offset;
  for (const one of done) {
    const gap = Number(one - at);
    if (gap === 0 && runs.length > 0) runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1;
    else runs.push(gap, 1);
    at = one + 1n;
  }
  return runs;
}
