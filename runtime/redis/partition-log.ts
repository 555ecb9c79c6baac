import type { Client } from './connection.ts';
import type { RawEntry } from './entry.ts';
import type { Keys } from './keys.ts';
import { CLAIM, READ, run } from './scripts.ts';

export interface PartitionLogOptions {
  readonly keys: Keys;
  readonly place: string;
  readonly partition: number;
  readonly stream: string;
  /** The name of the lease by which this member owns the partition, and its token. */
  readonly lease: string;
  readonly token: number;
  readonly group: string;
  readonly consumer: string;
}

/**
 * One partition's stream as its owner reads it: first what former owners took and did not acknowledge, then what is new. After a
 * connection was lost, what had been handed to this member in an answer that never came is read again before anything newer.
 */
export interface PartitionLog {
  readonly place: string;
  readonly partition: number;
  readonly stream: string;
  /** Whether there may be something to read. */
  readonly isDue: boolean;
  /** The id up to which everything has been read. */
  readonly position: string;
  /** At most so many entries; nothing while the lease is not held. */
  read(client: Client, count: number): Promise<Read | undefined>;
  /** There is an entry of this id. */
  noticed(id: string): void;
  afterLoss(): void;
}

export interface Read {
  /** How many channels the group had at that moment. */
  readonly channels: number;
  readonly entries: readonly RawEntry[];
}

type ReadReply = readonly [channels: number, entries: readonly RawEntry[]] | null;

export function partitionLog(options: PartitionLogOptions): PartitionLog {
  const { keys, place, partition, stream, lease, token, group, consumer } = options;
  const leases = keys.leases(place, group);
  let isClaimed = false;
  /** Whether what this member was handed before is being read again. */
  let isBehind = true;
  let isDue = true;
  let position = '0-0';
  /** As it was when the partition was claimed: what lies up to there and is not this member's is done. */
  let delivered = '0-0';
  let noticed = '0-0';

  async function claim(client: Client): Promise<void> {
    const last = await run<Buffer | null>(client, CLAIM, [leases, stream], [lease, token, group, consumer]);
    if (!last) return;
    delivered = String(last);
    isClaimed = true;
  }

  return {
    place,
    partition,
    stream,
    get isDue() {
      return isDue;
    },
    get position() {
      return position;
    },
    async read(client, count) {
      if (!isClaimed) await claim(client);
      if (!isClaimed) return undefined;
      const from = isBehind ? position : '>';
      const reply = await run<ReadReply>(
        client,
        READ,
        [leases, stream, keys.channels(group)],
        [lease, token, group, consumer, count, from],
      );
      if (!reply) return undefined;
      const [channels, entries] = reply;
      const last = entries.at(-1);
      if (last) position = String(last[0]);
      if (entries.length < count) {
        if (isBehind) {
          isBehind = false;
          position = later(position, delivered);
        } else {
          isDue = false;
          // What was noticed and is not there was somebody else's.
          position = later(position, noticed);
        }
      }
      return { channels, entries };
    },
    noticed(id) {
      noticed = id;
      isDue = true;
    },
    afterLoss() {
      isBehind = true;
      isDue = true;
    },
  };
}

function later(one: string, other: string): string {
  const [ms = 0n, n = 0n] = one.split('-').map(BigInt);
  const [otherMs = 0n, otherN = 0n] = other.split('-').map(BigInt);
  return otherMs > ms || (otherMs === ms && otherN > n) ? other : one;
}
