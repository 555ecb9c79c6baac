/**
 * Fault rows: each starts real processes, does one thing to them that happens in production, and counts what became of the messages.
 * `npm run faults` runs all of them; `npm run faults -- --broken` runs each with the one safeguard removed that it is there
 * for, and shows that it then fails.
 */
import type { Servers } from './servers.ts';

export interface Row {
  readonly name: string;
  /** What is done to the processes. */
  readonly fault: string;
  /** What is removed in the broken variant. */
  readonly broken: string;
  /** Rejects when the row could not be run to its end: then it has not passed. */
  run(context: RowContext): Promise<Ledger>;
}

export interface RowContext {
  readonly name: string;
  /** Whether to run the broken variant. */
  readonly broken: boolean;
  readonly servers: Servers;
  /** Of this row alone; removed afterwards. */
  readonly folder: string;
  /** To be called when the row ends, last first. */
  defer(cleanUp: () => Promise<void> | void): void;
  /** A load, smaller when asked for by `--scale`. */
  load(count: number): number;
  /** Random numbers below 1, the same in each run. */
  random(): number;
}

/** What was sent, and what came of it. What does not apply to a row is absent. */
export interface Ledger {
  /** Messages whose transactions were committed, or that the broker acknowledged. */
  readonly sent?: number;
  /** Times that a consumer was handed a message. */
  readonly delivered?: number;
  readonly effects?: number;
  /** Effects beyond one for a message. */
  readonly duplicates?: number;
  readonly lost?: number;
  /** Effects that came before the effect of an earlier message of the same key. */
  readonly inversions?: number;
  /** Milliseconds from the (last) fault until work went on. */
  readonly recovery?: number;
  /** What else was seen. */
  readonly notes?: readonly string[];
  /** Why the row has failed; empty when it has passed. */
  readonly problems: readonly string[];
}

export function ledgerText({ notes = [], problems: _, recovery, ...counts }: Ledger): string {
  const parts = Object.entries(counts)
    .filter(([, count]) => count !== undefined)
    .map(([name, count]) => `${name} ${count}`);
  if (recovery !== undefined) parts.push(`recovery ${(recovery / 1_000).toFixed(1)} s`);
  return [...parts, ...notes].join(', ');
}
