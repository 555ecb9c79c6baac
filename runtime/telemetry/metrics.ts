import { type Counter, type Histogram, type Meter, type MeterProvider, metrics } from '@opentelemetry/api';
import { SYSTEM } from './tracing.ts';

interface Instruments {
  readonly published: Counter;
  readonly processingTime: Histogram;
  readonly failed: Counter;
  /** By OpenTelemetry's messaging conventions; absent unless asked for. */
  readonly messaging: MessagingInstruments | undefined;
}

interface MessagingInstruments {
  readonly sent: Counter;
  readonly consumed: Counter;
  readonly operationDuration: Histogram;
  readonly processDuration: Histogram;
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
        messaging: wantsMessaging() ? messagingInstruments(meter) : undefined,
      },
    };
  }
  return known.instruments;
}

// Seconds, as the conventions advise for durations.
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

function messagingInstruments(meter: Meter): MessagingInstruments {
  return {
    sent: meter.createCounter('messaging.client.sent.messages', {
      description: 'Number of messages producer attempted to send to the broker.',
      unit: '{message}',
    }),
    consumed: meter.createCounter('messaging.client.consumed.messages', {
      description: 'Number of messages that were delivered to the application.',
      unit: '{message}',
    }),
    operationDuration: meter.createHistogram('messaging.client.operation.duration', {
      description: 'Duration of messaging operation initiated by a producer or consumer client.',
      unit: 's',
      advice: { explicitBucketBoundaries: BUCKETS },
    }),
    processDuration: meter.createHistogram('messaging.process.duration', {
      description: 'Duration of processing operation.',
      unit: 's',
      advice: { explicitBucketBoundaries: BUCKETS },
    }),
  };
}

/** The conventions are not stable yet, so they are asked for, as OpenTelemetry has it. */
function wantsMessaging(): boolean {
  const wanted = process.env.OTEL_SEMCONV_STABILITY_OPT_IN?.split(',').map((it) => it.trim()) ?? [];
  return wanted.includes('messaging') || wanted.includes('messaging/dup');
}

/** Counts one message that a producer handed over for a channel. */
export function countSent(channel: string): void {
  instruments().messaging?.sent.add(1, {
    'messaging.system': SYSTEM,
    'messaging.operation.name': 'send',
    'messaging.destination.name': channel,
  });
}

/**
 * Begins to time an operation on the broker, or on the outbox before it: `send` is a producer's, `relay` that of a batch from the outbox. What is answered
 * ends it; `error`: the kind of error that it failed with.
 */
export function timeOperation(name: 'send' | 'relay', channel: string | undefined): (error?: string) => void {
  const { messaging } = instruments();
  if (!messaging) return UNTIMED;
  const began = performance.now();
  return (error) =>
    messaging.operationDuration.record((performance.now() - began) / 1_000, {
      'messaging.system': SYSTEM,
      'messaging.operation.name': name,
      'messaging.operation.type': 'send',
      ...(channel !== undefined && { 'messaging.destination.name': channel }),
      ...(error !== undefined && { 'error.type': error }),
    });
}

const UNTIMED = (): void => undefined;

/** Counts one message that a handler was tried on, and records how long that took. `error`: the kind of error that it failed with. */
export function recordProcessed(
  channel: string,
  consumer: string,
  milliseconds: number,
  error: string | undefined,
): void {
  const { messaging } = instruments();
  if (!messaging) return;
  const attributes = {
    'messaging.system': SYSTEM,
    'messaging.operation.name': 'process',
    'messaging.destination.name': channel,
    'messaging.consumer.group.name': consumer,
    ...(error !== undefined && { 'error.type': error }),
  };
  messaging.consumed.add(1, attributes);
  messaging.processDuration.record(milliseconds / 1_000, attributes);
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
