import { ContractViolationError } from '../contract/violation.ts';
import { isRefusal, type Refusal } from '../event-sourcing/decider.ts';
import type { Failure } from '../ports/parked-messages.ts';
import type { UnreadableMessage } from './read-message.ts';

/** The record of a failed try, on top of those before it. */
export function failureOf(error: unknown, at: number, before: Failure | undefined): Failure {
  const isRefused = isRefusalError(error);
  return {
    error: errorKind(error),
    message: isRefused || error instanceof Error ? error.message : String(error),
    violations: error instanceof ContractViolationError ? error.violations : undefined,
    stack: error instanceof Error ? error.stack : undefined,
    firstAt: before?.firstAt ?? at,
    lastAt: at,
  };
}

/** The record of a message that cannot be read. */
export function failureToRead(reading: UnreadableMessage, at: number, before: Failure | undefined): Failure {
  const { reason, problem, violations } = reading;
  return { error: reason, message: problem, violations, firstAt: before?.firstAt ?? at, lastAt: at };
}

/** A short name for the kind of error, of which there are few: its `code` if it has one, else its class. */
export function errorKind(error: unknown): string {
  if (isRefusalError(error)) return error.code;
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function isRefusalError(error: unknown): error is Refusal {
  return typeof error === 'object' && error !== null && isRefusal(error);
}
