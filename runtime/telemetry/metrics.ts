import { type Counter, type Histogram, type MeterProvider, metrics } from '@opentelemetry/api';

interface Instruments {
  readonly published: Counter;
  readonly processingTime: Histogram;
  readonly failed: Counter;
}

// OpenTelemetry hands out instruments that do nothing until an SDK is registered, and those stay so. Hence
// they are fetched again when the provider changes, and the SDK may come before or after the first message.
let known: { readonly provider: MeterProvider; readonly instruments: Instruments } | undefined;

function instruments(): Instruments {
  const provider = metrics.getMeterProvider();
  if (known?.provider !== provider) {
    const meter = provider.getMeter('@chirograph/runtime');
    known = {
      provider,
      instruments: {
        published: meter.createCounter('events.published', {
          description: 'Messages handed over by producers.',
        }),
        processingTime: meter.createHistogram('events.processing_time', {
          description: 'How long the successful try of a handler took, with its transaction.',
          unit: 'ms',
        }),
        failed: meter.createCounter('events.failed', {
          description: 'Tries that failed, and messages given up at once.',
        }),
      },
    };
  }
  return known.instruments;
}

/** Counts one message in `events.published`. */
export function countPublished(eventType: string, aggregateType: string | undefined): void {
  instruments().published.add(1, aggregateType === undefined ? { eventType } : { eventType, aggregateType });
}

/** Records one handled message in `events.processing_time`. */
export function recordProcessingTime(eventType: string, handler: string, milliseconds: number): void {
  instruments().processingTime.record(milliseconds, { eventType, handler });
}

/** Counts one failure in `events.failed`. `error` is a kind of error, never its message: messages hold ids, and each would be a series. */
export function countFailed(eventType: string, error: string): void {
  instruments().failed.add(1, { eventType, error });
}
