import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../exit.ts';

/**
 * What contracts refer to on the network. It is fetched once, kept by its content, and pinned in a file that is committed:
 * a check says the same tomorrow and elsewhere, and without a network.
 */

/** Beside the config; committed. */
export const LOCK_FILE = 'chirograph.lock';

/** What a URL holds. */
export interface Locked {
  /** SHA-256 of the bytes: `sha256-` and base64, as in Subresource Integrity (W3C). */
  readonly integrity: string;
  /** Where the URL led in the end, if that is elsewhere. */
  readonly location?: string;
}

export type Lock = Readonly<Record<string, Locked>>;

/** The lock of a workspace, undefined where it has none. */
export function readLock(root: string): Lock | undefined {
  let text: string;
  try {
    text = readFileSync(join(root, LOCK_FILE), 'utf8');
  } catch {
    return undefined;
  }
  return parseLock(text);
}

/** @throws Failure where the text is no lock */
export function parseLock(text: string): Lock {
  const value: unknown = tryJson(text);
  const remote = isRecord(value) && value.version === 1 ? value.remote : undefined;
  if (!isRecord(remote) || !Object.values(remote).every(isLocked)) {
    throw new Failure(
      `${LOCK_FILE} cannot be read`,
      'Settle the conflict in it, if there is one; or delete it, and run: chirograph validate --remote',
    );
  }
  return remote as Lock;
}

/** By URL, so that a change of one is a change of one line. */
export function lockText(lock: Lock): string {
  const remote = Object.fromEntries(Object.entries(lock).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ version: 1, remote }, null, 2)}\n`;
}

export function integrityOf(content: Uint8Array | string): string {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`;
}

function isLocked(value: unknown): value is Locked {
  return isRecord(value) && typeof value.integrity === 'string' && value.integrity.startsWith('sha256-');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
