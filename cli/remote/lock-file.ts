import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../exit.ts';

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

/** What a neighbour holds. */
export interface LockedNeighbour {
  /** SHA-256 of its contracts, all together. */
  readonly integrity: string;
  /** Of a repository: what the ref was. */
  readonly commit?: string;
}

/** By what the config says of each: the folder, or `url#ref:path`. */
export type NeighbourLock = Readonly<Record<string, LockedNeighbour>>;

/** The lock of a workspace, undefined where it has none. */
export function readLock(root: string): Lock | undefined {
  const text = readLockText(root);
  return text === undefined ? undefined : parseLock(text);
}

/** What is pinned of neighbours; none where there is no lock. */
export function readNeighbourLock(root: string): NeighbourLock {
  const text = readLockText(root);
  return text === undefined ? {} : parseLockFile(text).neighbours;
}

function readLockText(root: string): string | undefined {
  try {
    return readFileSync(join(root, LOCK_FILE), 'utf8');
  } catch {
    return undefined;
  }
}

/** @throws CommandError where the text is no lock */
export function parseLock(text: string): Lock {
  return parseLockFile(text).remote;
}

function parseLockFile(text: string): { readonly remote: Lock; readonly neighbours: NeighbourLock } {
  const value: unknown = tryJson(text);
  const isOurs = isRecord(value) && value.version === 1;
  const [remote, neighbours] = isOurs ? [value.remote, value.neighbours ?? {}] : [];
  const arePinned = (it: unknown) => isRecord(it) && Object.values(it).every(isLocked);
  if (!arePinned(remote) || !arePinned(neighbours)) {
    throw new CommandError(
      `${LOCK_FILE} cannot be read`,
      'Settle the conflict in it, if there is one; or delete it, and run: chirograph validate --remote, or chirograph neighbours --update',
    );
  }
  return { remote: remote as Lock, neighbours: neighbours as NeighbourLock };
}

/** By URL and by neighbour, so that a change of one is a change of one line. */
export function lockText(lock: Lock, neighbours: NeighbourLock): string {
  const sorted = <T>(all: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  const hasNeighbours = Object.keys(neighbours).length > 0;
  const file = { version: 1, remote: sorted(lock), ...(hasNeighbours && { neighbours: sorted(neighbours) }) };
  return `${JSON.stringify(file, null, 2)}\n`;
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
