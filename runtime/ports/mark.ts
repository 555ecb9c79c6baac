import { hash } from 'node:crypto';

/** Characters of an identity or a key that every store can index. */
const LONGEST_MARK = 512;

/**
 * The text, or a digest of one that a store cannot keep in its index: too long, or with a NUL. Who sends such a message must not have it delivered
 * without end.
 */
export function mark(text: string): string {
  if (text.length <= LONGEST_MARK && !text.includes('\0')) return text;
  return `${text.slice(0, 64).replaceAll('\0', '\ufffd')} sha256:${hash('sha256', text, 'hex')}`;
}
