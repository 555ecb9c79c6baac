import { deflateRawSync, inflateRawSync } from 'node:zlib';

/**
 * What a group keeps beside the offset of a partition, in the place that Kafka has for a note with each commit: the channels that the group has
 * ever asked for, so that a member that knows fewer never narrows them, and what of the messages behind the offset is done already, so that
 * a partition that changes hands is not delivered twice.
 */
export interface GroupNote {
  readonly channels: readonly string[];
  /** How many from the offset on are not done, are done, are not done, and so on. */
  readonly runs: readonly number[];
}

/** What Kafka's servers take unless told otherwise (`offset.metadata.max.bytes`). */
export const MAX_NOTE = 4_096;
const VERSION = '1';

/** Leaves out the ends of the runs for which there is no room: what they tell comes again, as after a crash. */
export function writeNote({ channels, runs }: GroupNote): string {
  const list = packed(channels);
  let rest = runs.map((it) => it.toString(36)).join('.');
  const room = MAX_NOTE - VERSION.length - list.length - 2;
  if (rest.length > room) rest = rest.slice(0, Math.max(0, rest.lastIndexOf('.', room)));
  return `${VERSION}|${list}|${rest}`;
}

/** The bytes that the channels take of a note. */
export function noteSize(channels: readonly string[]): number {
  return packed(channels).length + VERSION.length + 2;
}

/** Nothing for a commit of somebody else's. */
export function readNote(text: string | null | undefined): GroupNote {
  const [version, list, rest] = (text ?? '').split('|');
  if (version !== VERSION || list === undefined || rest === undefined) return { channels: [], runs: [] };
  const runs = rest === '' ? [] : rest.split('.').map((it) => Number.parseInt(it, 36));
  return { channels: unpacked(list), runs };
}

const SHORT = 1_000;
const known = new WeakMap<readonly string[], string>();

/** Base64 of JSON, deflated where that saves much. The same list is written many times. */
function packed(channels: readonly string[]): string {
  const written = known.get(channels);
  if (written !== undefined) return written;
  const bytes = Buffer.from(JSON.stringify(channels));
  const text =
    bytes.length < SHORT ? `j${bytes.toString('base64')}` : `z${deflateRawSync(bytes).toString('base64')}`;
  known.set(channels, text);
  return text;
}

function unpacked(text: string): readonly string[] {
  const bytes = Buffer.from(text.slice(1), 'base64');
  try {
    const channels: unknown = JSON.parse(String(text.startsWith('z') ? inflateRawSync(bytes) : bytes));
    return Array.isArray(channels) ? channels.filter((it) => typeof it === 'string') : [];
  } catch {
    return [];
  }
}

/** Whether an offset is among the done of the runs that begin at another. */
export function isDone(runs: readonly number[], distance: number): boolean {
  let end = 0;
  for (const [index, run] of runs.entries()) {
    end += run;
    if (distance < end) return index % 2 === 1;
  }
  return false;
}
