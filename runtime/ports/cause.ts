/** The message that led to another. */
export interface Cause {
  readonly id: string;
  /** Shared by all that follows from one first message. */
  readonly correlationId: string;
}

/** Headers in which cause and correlation travel, for contracts whose envelope has no place for them. */
export const CORRELATION_HEADER = 'correlation-id';
export const CAUSATION_HEADER = 'causation-id';
