import { murmur2 } from './murmur2.ts';

const encoder = new TextEncoder();

/**
 * The partition of a key among so many, from 0: as Kafka's default partitioner has it, so that a key written by any Kafka
 * client lies where ours looks for it.
 */
export function partitionOf(key: string, partitions: number): number {
  return (murmur2(encoder.encode(key)) & 0x7fff_ffff) % partitions;
}
