import { createHash } from 'node:crypto';

/**
 * The id of a customer's enrolment in a programme: a UUID of version 8 (RFC 9562, 5.8) made from both. Since it
 * follows from them, a second enrolment meets the first in the same stream, however many enrol at once.
 */
export function enrollmentIdOf(programId: string, customerId: string): string {
  const bytes = createHash('sha256').update(`${programId}/${customerId}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
