import type { WireMessage } from '../ports/message.ts';
import { countFailed, recordProcessed, recordProcessingTime } from '../telemetry/metrics.ts';
import { type Observe, tell } from '../telemetry/observation.ts';
import type { Outcome } from './intake.ts';

export interface Report {
  readonly consumer: string;
  readonly message: WireMessage;
  readonly outcome: Outcome;
  /** Milliseconds, with the transaction. */
  readonly took: number;
  readonly observe: Observe | undefined;
}

/** Tells the metrics and the observer what became of a message. */
export function report({ consumer, message, outcome, took, observe }: Report): void {
  const reception = { consumer, message };
  const eventType = message.name ?? message.channel;
  switch (outcome.kind) {
    case 'handled':
      recordProcessingTime(eventType, consumer, took);
      recordProcessed(message.channel, consumer, took, undefined);
      tell(observe, { kind: 'handled', ...reception, attempt: outcome.attempt, took });
      return;
    case 'failed': {
      const { state, attempts, error, failure, id } = outcome;
      countFailed(eventType, failure.error);
      recordProcessed(message.channel, consumer, took, failure.error);
      if (state.kind === 'dead')
        tell(observe, { kind: 'dead-lettered', ...reception, id, reason: state.reason, error });
      else tell(observe, { kind: 'retrying', ...reception, attempt: attempts, error, dueAt: state.dueAt });
      return;
    }
    case 'duplicate':
      tell(observe, { kind: 'duplicate', ...reception });
      return;
    case 'waiting':
      tell(observe, { kind: 'waiting', ...reception, key: outcome.key });
      return;
    case 'ignored':
      tell(observe, { kind: 'ignored', ...reception, reason: outcome.reason });
      return;
  }
}
