import type { RecordsBatch } from '@platformatic/kafka';
import { describe, expect, it } from 'vitest';
import { committedRecords } from './committed-records.ts';

const TRANSACTIONAL = 16;
const CONTROL = 32;

function batch(firstOffset: bigint, count: number, more: Partial<RecordsBatch> = {}): RecordsBatch {
  const records = Array.from({ length: count }, (_, offsetDelta) => ({
    length: 0,
    attributes: 0,
    timestampDelta: 0n,
    offsetDelta,
    key: null,
    value: null,
    headers: [],
  }));
  return {
    firstOffset,
    length: 0,
    partitionLeaderEpoch: 0,
    magic: 2,
    crc: 0,
    attributes: 0,
    lastOffsetDelta: count - 1,
    firstTimestamp: 0n,
    maxTimestamp: 0n,
    producerId: -1n,
    producerEpoch: 0,
    firstSequence: 0,
    records,
    ...more,
  };
}

/** The mark at the end of a transaction: given up, or not. */
function mark(offset: bigint, producerId: bigint, isCommit: boolean): RecordsBatch {
  const key = Buffer.alloc(4);
  key.writeInt16BE(isCommit ? 1 : 0, 2);
  const [record] = batch(offset, 1).records;
  return batch(offset, 1, {
    attributes: TRANSACTIONAL | CONTROL,
    producerId,
    records: record ? [{ ...record, key }] : [],
  });
}

const offsets = ({ records }: ReturnType<typeof committedRecords>): bigint[] =>
  records.map(({ offset }) => offset);

describe('the records to deliver', () => {
  it('begin where they were asked for, though the server answers whole batches', () => {
    const found = committedRecords([batch(10n, 4), batch(14n, 2)], null, 12n);
    expect(offsets(found)).toEqual([12n, 13n, 14n, 15n]);
    expect(found.next).toBe(16n);
  });

  it('go past what was compacted away', () => {
    const found = committedRecords([batch(10n, 1, { lastOffsetDelta: 9 })], null, 10n);
    expect(offsets(found)).toEqual([10n]);
    expect(found.next).toBe(20n);
  });

  it('leave out transactions that were given up, and no others', () => {
    const inTransaction = (offset: bigint, producerId: bigint): RecordsBatch =>
      batch(offset, 2, { attributes: TRANSACTIONAL, producerId });
    const batches = [
      inTransaction(0n, 1n),
      inTransaction(2n, 2n),
      batch(4n, 1),
      mark(5n, 1n, false),
      mark(6n, 2n, true),
      inTransaction(7n, 1n),
      mark(9n, 1n, true),
    ];
    const found = committedRecords(batches, [{ producerId: 1n, firstOffset: 0n }], 0n);
    expect(offsets(found)).toEqual([2n, 3n, 4n, 7n, 8n]);
    expect(found.next).toBe(10n);
  });

  it('stay where they were when nothing came', () => {
    expect(committedRecords([], null, 5n)).toEqual({ records: [], next: 5n });
  });
});
