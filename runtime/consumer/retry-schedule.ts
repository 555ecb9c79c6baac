import type { RetrySchedule } from '../contract/message-contract.ts';

/** For contracts that state no schedule: 1 s, 5 s, 30 s, 5 min, 1 h. */
export const DEFAULT_RETRY: RetrySchedule = { delays: [1_000, 5_000, 30_000, 300_000, 3_600_000] };

/** For how long handled messages are remembered: 7 days. Must outlive every schedule, or a late duplicate would take effect. */
export const DEFAULT_RETENTION = 7 * 24 * 3_600_000;

/** Throws when a message could still be retried after its duplicates are no longer recognised. */
export function assertOutlives(retention: number, schedules: readonly RetrySchedule[]): void {
  for (const { delays } of schedules) {
    const length = delays.reduce((sum, delay) => sum + delay, 0);
    if (length >= retention) {
      throw new Error(
        `a retry schedule of ${length} ms outlives the inbox, which remembers ${retention} ms: late duplicates would take effect again`,
      );
    }
  }
}
