import type { Clock } from '../ports/clock.ts';

/** How a part of a service fares, for health checks. Answered at once. */
export interface PartHealth {
  readonly healthy: boolean;
  /** Since when it is so: milliseconds since 1970-01-01T00:00Z. */
  readonly since: number;
  /** What went wrong last, while nothing has gone right since. */
  readonly problem?: string | undefined;
}

/** Keeps in mind how the work of a part went last. */
export interface Condition {
  succeeded(): void;
  failed(error: unknown): void;
  started(): void;
  stopped(): void;
  health(): PartHealth;
}

export function condition(clock: Clock): Condition {
  let health: PartHealth = { healthy: false, since: clock.now(), problem: 'not started' };
  const change = (healthy: boolean, problem?: string): void => {
    if (healthy && health.healthy) return;
    const since = healthy === health.healthy ? health.since : clock.now();
    health = healthy ? { healthy, since } : { healthy, since, problem };
  };
  return {
    succeeded: () => change(true),
    failed: (error) =>
      change(false, error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
    started: () => change(true),
    stopped: () => change(false, 'not started'),
    health: () => health,
  };
}
