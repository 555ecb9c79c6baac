/** Deadlines, one for each id of an owner. */
export interface Timers {
  /** Sets the deadline or replaces it. `dueAt`: milliseconds since 1970-01-01T00:00Z. */
  set(timer: Timer): Promise<void>;
  clear(owner: string, id: string): Promise<void>;
  /** The earliest of the owner's that is due by `now`; no other transaction works on it until this one ends: those are left out. */
  due(owner: string, now: number): Promise<Timer | undefined>;
  /** When the owner's earliest is due; `undefined` when there is none. */
  nextDueAt(owner: string): Promise<number | undefined>;
}

export interface Timer {
  readonly owner: string;
  readonly id: string;
  readonly dueAt: number;
  /** Failed tries so far. */
  readonly attempts: number;
}
