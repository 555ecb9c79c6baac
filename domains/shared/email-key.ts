import { createHash } from 'node:crypto';

/** The key under which an e-mail address is claimed: its hash, for keys stay in the store and an address is personal data. */
export function emailKey(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('base64url');
}
