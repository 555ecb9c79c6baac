/**
 * MurmurHash2 in 32 bits, with the seed and the signed result of Kafka's Java client
 * (`org.apache.kafka.common.utils.Utils.murmur2`), which the other clients follow.
 */
export function murmur2(bytes: Uint8Array): number {
  const { length } = bytes;
  let hash = 0x9747b28c ^ length;
  const whole = length & ~3;
  for (let i = 0; i < whole; i += 4) {
    let word = at(bytes, i) | (at(bytes, i + 1) << 8) | (at(bytes, i + 2) << 16) | (at(bytes, i + 3) << 24);
    word = Math.imul(word, M);
    word ^= word >>> 24;
    hash = Math.imul(hash, M) ^ Math.imul(word, M);
  }
  const rest = length & 3;
  if (rest === 3) hash ^= at(bytes, whole + 2) << 16;
  if (rest >= 2) hash ^= at(bytes, whole + 1) << 8;
  if (rest >= 1) hash = Math.imul(hash ^ at(bytes, whole), M);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, M);
  return hash ^ (hash >>> 15);
}

const M = 0x5bd1e995;

function at(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
