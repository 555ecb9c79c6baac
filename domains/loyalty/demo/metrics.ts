import { metrics } from '@opentelemetry/api';
import { DataPointType, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';

/** What the runtime has measured about one kind of event. */
export interface EventMetrics {
  readonly eventType: string;
  /** `events.published`. */
  readonly published: number;
  /** `events.processing_time`, over all consumers, in milliseconds. */
  readonly handled: number;
  readonly mean: number;
  readonly max: number;
  /** `events.failed`: failed tries. */
  readonly failed: number;
}

/** Reads the metrics when asked, in place of a server that would collect them. */
class OnDemandReader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

/** Registers the OpenTelemetry SDK; answers the way to read what was measured since. */
export function collectMetrics(): () => Promise<readonly EventMetrics[]> {
  const reader = new OnDemandReader();
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  return async () => {
    const { resourceMetrics } = await reader.collect();
    const table = new Map<string, EventMetrics>();
    const change = (eventType: unknown, more: (row: EventMetrics) => Partial<EventMetrics>): void => {
      const name = String(eventType);
      const row = table.get(name) ?? {
        eventType: name,
        published: 0,
        handled: 0,
        mean: 0,
        max: 0,
        failed: 0,
      };
      table.set(name, { ...row, ...more(row) });
    };
    for (const metric of resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics)) {
      if (metric.dataPointType === DataPointType.HISTOGRAM) {
        for (const { attributes, value } of metric.dataPoints) {
          change(attributes.eventType, ({ handled, mean, max }) => ({
            handled: handled + value.count,
            mean: (mean * handled + (value.sum ?? 0)) / (handled + value.count),
            max: Math.max(max, value.max ?? 0),
          }));
        }
      } else if (metric.dataPointType === DataPointType.SUM) {
        const column = metric.descriptor.name === 'events.failed' ? 'failed' : 'published';
        for (const { attributes, value } of metric.dataPoints) {
          change(attributes.eventType, (row) => ({ [column]: row[column] + value }));
        }
      }
    }
    return [...table.values()].sort((one, other) => (one.eventType < other.eventType ? -1 : 1));
  };
}
