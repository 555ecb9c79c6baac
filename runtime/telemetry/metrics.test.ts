import { metrics } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { afterEach, describe, expect, it } from 'vitest';
import { earned, pointsEarned } from '../fixtures/points-earned.ts';
import { createConsumer, createProducer, receive } from '../index.ts';
import { testBus } from '../testing/index.ts';

afterEach(() => metrics.disable());

describe('metrics', () => {
  it('count and time through OpenTelemetry, also when its SDK comes after the first message', async () => {
    const bus = testBus();
    let isBroken = false;
    const tier = createConsumer('tier', bus, { store: bus.store, clock: bus.clock }, [
      receive(pointsEarned, () => {
        if (isBroken) throw new TypeError('no threshold for e-4711');
      }),
    ]);
    await tier.start();
    const send = createProducer('loyalty', bus);
    await send(pointsEarned, earned('a', 1));
    await bus.settled();

    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
    metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
    await send(pointsEarned, earned('a', 2));
    await send(pointsEarned, earned('a', 3));
    await bus.settled();
    isBroken = true;
    await send(pointsEarned, earned('a', 4));
    await bus.settled();
    await tier.stop();

    await reader.forceFlush();
    const recorded = exporter
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
    const points = Object.fromEntries(
      recorded.map(({ descriptor, dataPoints }) => [
        descriptor.name,
        dataPoints.map(({ attributes, value }) => ({ attributes, value })),
      ]),
    );
    const eventType = 'loyalty.points.earned';
    expect(points['events.published']).toEqual([
      { attributes: { eventType, aggregateType: 'Enrollment' }, value: 3 },
    ]);
    expect(points['events.failed']).toEqual([{ attributes: { eventType, error: 'TypeError' }, value: 1 }]);
    expect(points['events.processing_time']).toEqual([
      { attributes: { eventType, handler: 'tier' }, value: expect.objectContaining({ count: 2 }) },
    ]);
    await reader.shutdown();
    await bus.close();
  });
});
