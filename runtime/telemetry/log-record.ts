import { errorKind } from '../consumer/failure.ts';
import type { Observation, Observe } from './observation.ts';

/** An observation as a line of a structured log. */
export interface LogRecord {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly event: Observation['kind'];
  readonly [field: string]: string | number | undefined;
}

const LEVELS: Readonly<Partial<Record<Observation['kind'], LogRecord['level']>>> = {
  fault: 'error',
  'dead-lettered': 'error',
  'deadline-failed': 'warn',
  retrying: 'warn',
  delivered: 'debug',
  duplicate: 'debug',
  relayed: 'debug',
};

/**
 * What a log may hold of an observation: what happened, to which message, by its name and ids. No bodies, headers or keys and no texts of errors, for
 * these may hold personal data; of an error its kind. A fault of the runtime has its text: it is about servers, not messages.
 */
export function logRecord(observation: Observation): LogRecord {
  const { kind } = observation;
  const record: Record<string, string | number | undefined> = {};
  const message = 'message' in observation ? observation.message : undefined;
  if (message) {
    record.message = message.name ?? message.channel;
    record.version = message.version;
    record.messageId = message.id;
    record.channel = message.channel;
    record.correlationId = message.headers['correlation-id'];
  }
  for (const field of [
    'by',
    'consumer',
    'process',
    'id',
    'reason',
    'attempt',
    'took',
    'waiting',
    'where',
  ] as const) {
    const value = (observation as Readonly<Record<string, unknown>>)[field];
    if (typeof value === 'string' || typeof value === 'number') record[field] = value;
  }
  if ('dueAt' in observation) record.dueAt = new Date(observation.dueAt).toISOString();
  if ('error' in observation) {
    record.error = errorKind(observation.error);
    if (kind === 'fault' && observation.error instanceof Error) record.problem = observation.error.message;
  }
  return { level: LEVELS[kind] ?? 'info', event: kind, ...record };
}

/** An observer that writes each observation as a line of JSON, to standard output unless told otherwise. */
export function jsonLog(
  write: (line: string) => void = (line) => void process.stdout.write(`${line}\n`),
): Observe {
  return (observation) =>
    write(JSON.stringify({ time: new Date().toISOString(), ...logRecord(observation) }));
}
