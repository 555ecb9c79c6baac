import type { StopOptions } from '../ports/subscriber.ts';
import type { PartHealth } from './condition.ts';

/** A part of a service that works in the background: deadlines, a projection, or one of your own. */
export interface ServiceWorker {
  /** For faults and health. */
  readonly name: string;
  /** Absent: it is taken to be well while the service runs. */
  health?(): PartHealth;
  start(): void | Promise<void>;
  /** Resolves when what is under way is done, or was given up after `within` milliseconds. */
  stop(options?: StopOptions): Promise<void>;
}
