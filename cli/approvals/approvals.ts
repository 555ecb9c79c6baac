import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Approval } from '@chirograph/compat';
import type { Settings } from '../config/read-config.ts';
import { CommandError } from '../exit.ts';

/**
 * Approvals: breaks that are meant, in a committed file, so that a reviewer sees each with its reason and git knows who
 * added it.
 */

/** The approvals of a workspace. Fails where the file is not what it should be: a break must not slip through a typo. */
export function readApprovals({ root, compat }: Settings): Approval[] {
  const file = join(root, compat.approvals);
  if (!existsSync(file)) return [];
  const document = parse(readFileSync(file, 'utf8'), compat.approvals);
  return document.map((entry, index) => {
    if (isApproval(entry)) return entry;
    throw new CommandError(
      `approval ${index + 1} in ${compat.approvals} is not complete`,
      'Each has a fingerprint, a change, a reason, and a day until which it counts (YYYY-MM-DD).',
    );
  });
}

/** Adds approvals to the file, in place of earlier ones of the same changes: all of them, or none. */
export function writeApprovals(settings: Settings, added: readonly Approval[]): void {
  const known = new Set(added.map(({ fingerprint }) => fingerprint));
  const others = readApprovals(settings).filter(({ fingerprint }) => !known.has(fingerprint));
  const all = [...others, ...added].sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
  const file = join(settings.root, settings.compat.approvals);
  // By way of another file, so that a run that is killed leaves no half of one.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify({ approvals: all }, null, 2)}\n`);
  renameSync(draft, file);
}

/** True for a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The day it is, by UTC: an approval counts to the end of its last day. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function parse(text: string, name: string): readonly unknown[] {
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document === 'object' && document !== null && 'approvals' in document) {
      if (Array.isArray(document.approvals)) return document.approvals;
    }
  } catch (error) {
    throw new CommandError(`${name} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new CommandError(`${name} holds no list of approvals`, 'Write: { "approvals": [] }');
}

function isApproval(entry: unknown): entry is Approval {
  if (typeof entry !== 'object' || entry === null) return false;
  const { fingerprint, change, reason, until } = entry as Readonly<Record<string, unknown>>;
  return [fingerprint, change, reason].every((it) => typeof it === 'string' && it !== '') && isDay(until);
}
