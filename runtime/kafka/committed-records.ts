import type { KafkaRecord, RecordsBatch } from '@platformatic/kafka';

/** A transaction that was given up, as the server tells it. */
export interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: bigint;
}

/** A record and its place. */
export interface Placed {
  readonly offset: bigint;
  readonly record: KafkaRecord;
}

const TRANSACTIONAL = 1 << 4;
const CONTROL = 1 << 5;
/** The second number in the key of a control record. */
const ABORT = 0;

/**
 * The records of a fetched partition that are to be delivered: those from an offset on that somebody has committed. The server answers whole batches, also
 * those of producers that have aborted their transaction, and says which these are (KIP-98).
 */
export function committedRecords(
  batches: readonly RecordsBatch[],
  aborted: readonly AbortedTransaction[] | null,
  from: bigint,
): { readonly records: readonly Placed[]; readonly next: bigint } {
  const beginning = [...(aborted ?? [])].sort((one, other) => (one.firstOffset < other.firstOffset ? -1 : 1));
  const aborting = new Set<bigint>();
  const records: Placed[] = [];
  let next = from;
  for (const { firstOffset, lastOffsetDelta, attributes, producerId, records: all } of batches) {
    const last = firstOffset + BigInt(lastOffsetDelta);
    if (last + 1n > next) next = last + 1n;
    while (beginning[0] && beginning[0].firstOffset <= last)
      aborting.add(beginning.shift()?.producerId ?? -1n);
    if (attributes & CONTROL) {
      if (all[0]?.key?.readInt16BE(2) === ABORT) aborting.delete(producerId);
      continue;
    }
    if (attributes & TRANSACTIONAL && aborting.has(producerId)) continue;
    for (const record of all) {
      const offset = firstOffset + BigInt(record.offsetDelta);
      if (offset >= from) records.push({ offset, record });
    }
  }
  return { records, next };
}
