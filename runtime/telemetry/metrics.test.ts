import { metrics } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { earned, pointsEarned } from '../fixtures/points-earned.ts';
import { createConsumer, createProducer, outbox, receive, relay, service } from '../index.ts';
import { memoryBroker } from '../memory/index.ts';
import { sqliteStore } from '../sqlite/index.ts';
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
    expect(Object.keys(points).filter((name) => name.startsWith('messaging.'))).toEqual([]);
    await reader.shutdown();
    await bus.close();
  });

  it('follow the messaging conventions beside, when OTEL_SEMCONV_STABILITY_OPT_IN asks for them', async () => {
    vi.stubEnv('OTEL_SEMCONV_STABILITY_OPT_IN', 'http, messaging');
    onTestFinished(() => void vi.unstubAllEnvs());
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
    metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
    const bus = testBus();
    const tier = createConsumer('tier', bus, { store: bus.store, clock: bus.clock }, [
      receive(pointsEarned, ({ data }) => {
        if (data.pointsEarned === 2) throw new TypeError('no threshold for e-4711');
      }),
    ]);
    await tier.start();
    const send = createProducer('loyalty', bus);
    await send(pointsEarned, earned('a', 1));
    await send(pointsEarned, earned('b', 2));
    await bus.settled();
    await tier.stop();
    await reader.forceFlush();
    const found = exporter
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
    const of = (name: string) => found.find(({ descriptor }) => descriptor.name === name);
    const destination = {
      'messaging.system': 'chirograph',
      'messaging.destination.name': 'loyalty.points.earned',
    };
    expect(of('messaging.client.sent.messages')?.dataPoints).toMatchObject([
      { attributes: { ...destination, 'messaging.operation.name': 'send' }, value: 2 },
    ]);
    const processed = {
      ...destination,
      'messaging.operation.name': 'process',
      'messaging.consumer.group.name': 'tier',
    };
    expect(of('messaging.client.consumed.messages')?.dataPoints).toMatchObject([
      { attributes: processed, value: 1 },
      { attributes: { ...processed, 'error.type': 'TypeError' }, value: 1 },
    ]);
    const duration = of('messaging.process.duration');
    expect(duration?.descriptor.unit).toBe('s');
    expect(duration?.dataPoints).toMatchObject([{ value: { count: 1 } }, { value: { count: 1 } }]);
    expect(of('events.published')?.dataPoints).toHaveLength(1);
    const operation = of('messaging.client.operation.duration');
    expect(operation?.descriptor.unit).toBe('s');
    expect(operation?.dataPoints).toMatchObject([
      { attributes: { ...destination, 'messaging.operation.name': 'send' }, value: { count: 2 } },
    ]);
    await reader.shutdown();
    await bus.close();
  });

  it('time what the relay does, with the kind of error where the broker does not take it', async () => {
    vi.stubEnv('OTEL_SEMCONV_STABILITY_OPT_IN', 'messaging');
    onTestFinished(() => void vi.unstubAllEnvs());
    const { reader, collect } = meter();
    const store = sqliteStore({ file: ':memory:' });
    let isAway = true;
    const courier = relay(store, {
      publish: async (messages) =>
        messages.map(() =>
          isAway ? { kind: 'retry', error: new TypeError('no e-4711') } : { kind: 'acked' },
        ),
    });
    const send = createProducer('loyalty', outbox(store));
    await send(pointsEarned, earned('a', 1));
    await courier.drain();
    isAway = false;
    await courier.drain();
    const { 'messaging.client.operation.duration': points } = await collect();
    const relayed = points?.filter(({ attributes }) => attributes['messaging.operation.name'] === 'relay');
    expect(relayed).toMatchObject([
      { attributes: { 'error.type': 'TypeError' }, value: { count: 1 } },
      { attributes: { 'messaging.destination.name': 'loyalty.points.earned' }, value: { count: 1 } },
    ]);
    await reader.shutdown();
    await store.close();
  });

  it('hold the gauges of a service as long as it runs, read when they are collected', async () => {
    const { reader, collect } = meter();
    const broker = memoryBroker();
    const store = sqliteStore({ file: ':memory:' });
    const consumer = createConsumer('tier', broker, { store, retry: { delays: [] } }, [
      receive(pointsEarned, () => {
        throw new TypeError('no threshold');
      }),
    ]);
    const tier = service({ name: 'tier', store, broker, consumers: [consumer], relay: false });
    await tier.start();
    await createProducer('loyalty', broker)(pointsEarned, earned('a', 1));
    await createProducer('loyalty', outbox(store))(pointsEarned, earned('b', 2));
    await vi.waitFor(async () => expect(await store.read((tx) => tx.parked.counts())).toHaveLength(1));
    const gauges = await collect();
    expect(gauges['chirograph.outbox.depth']).toMatchObject([{ value: 1 }]);
    expect(gauges['chirograph.dead_letters']).toMatchObject([{ attributes: { consumer: 'tier' }, value: 1 }]);
    expect(gauges['chirograph.parked']).toMatchObject([{ attributes: { consumer: 'tier' }, value: 0 }]);
    await tier.close();
    expect((await collect())['chirograph.outbox.depth'] ?? []).toEqual([]);
    await reader.shutdown();
  });
});

/** An SDK in memory, and what it collects: data points by the names of metrics. */
function meter() {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.DELTA);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  return {
    reader,
    async collect() {
      exporter.reset();
      await reader.forceFlush();
      const found = exporter.getMetrics().flatMap((it) => it.scopeMetrics.flatMap((scope) => scope.metrics));
      return Object.fromEntries(
        found.map(({ descriptor, dataPoints }) => [
          descriptor.name,
          dataPoints.map(({ attributes, value }) => ({ attributes, value })),
        ]),
      );
    },
  };
}
