import type { StreamConfig } from '@nats-io/jetstream';

/** A setting of a stream by which acknowledged messages are lost, or handed out to one group alone. */
export type UnsafeSetting = (typeof UNSAFE_SETTINGS)[number];

export const UNSAFE_SETTINGS = [
  'storage',
  'discard',
  'max_age',
  'no_ack',
  'retention',
  'duplicate_window',
] as const;

/** A group that is away for less than this misses nothing; a relay that tries again sooner is still recognised. */
const WEEK = 7 * 24 * 3_600_000;
const SHORTEST_WINDOW = 30_000;
const MILLION = 1_000_000;

/** What of a stream's settings loses messages, each as a sentence with its remedy. */
export function unsafeSettings(config: StreamConfig, allowed: readonly UnsafeSetting[]): readonly string[] {
  const { name, storage, discard, retention, max_msgs, max_bytes, max_msgs_per_subject } = config;
  const edit = `nats stream edit ${name}`;
  const found: (readonly [UnsafeSetting, string])[] = [];
  if (storage === 'memory')
    found.push([
      'storage',
      'it is kept in memory and lost when the server stops: make it anew with --storage file',
    ]);
  const isLimited = [max_msgs, max_bytes, max_msgs_per_subject].some((limit) => limit > 0);
  if (discard === 'old' && isLimited)
    found.push([
      'discard',
      `it drops its oldest messages when it is full, read or not: ${edit} --discard new`,
    ]);
  const age = config.max_age / MILLION;
  if (age > 0 && age < WEEK)
    found.push([
      'max_age',
      `it drops messages after ${age / 1_000} s, read or not: ${edit} --max-age 7d (or 0)`,
    ]);
  if (config.no_ack) found.push(['no_ack', `it does not say whether it has a message: ${edit} --ack`]);
  if (retention !== 'limits')
    found.push([
      'retention',
      `its retention is ${retention}, by which a message is gone before every group has it: make it anew with --retention limits`,
    ]);
  const window = config.duplicate_window / MILLION;
  if (window < SHORTEST_WINDOW)
    found.push([
      'duplicate_window',
      `it forgets message ids after ${window / 1_000} s, sooner than a relay may send again: ${edit} --dupe-window 2m`,
    ]);
  return found
    .filter(([setting]) => !allowed.includes(setting))
    .map(([setting, text]) => `${setting}: ${text}`);
}
