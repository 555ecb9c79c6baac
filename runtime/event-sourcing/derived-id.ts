import { createHash } from 'node:crypto';

/**
 * A UUID of version 8 (RFC 9562, 5.8) that follows from the parts, in their order: the same parts give the same id. An entity whose id
 * follows from what it belongs to is met in its stream by everyone who asks at once, with no lookup and no race.
 */
export function derivedId(...parts: readonly string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
