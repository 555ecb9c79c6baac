import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { earned, pointsEarned } from '../fixtures/points-earned.ts';
import { createConsumer, createProducer, outbox, receive } from '../index.ts';
import { testBus } from '../testing/index.ts';

const exporter = new InMemorySpanExporter();
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });

beforeEach(() => {
  exporter.reset();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
});
afterEach(() => {
  context.disable();
  propagation.disable();
  trace.disable();
});

describe('a trace', () => {
  it('goes from the producer through outbox, broker and inbox to the handler, its retries, and what it sends', async () => {
    const bus = testBus();
    onTestFinished(() => bus.close());
    const send = createProducer('loyalty', outbox(bus.store), { clock: bus.clock });
    let tries = 0;
    const tier = createConsumer('tier', bus, { store: bus.store, clock: bus.clock }, [
      receive(pointsEarned, async ({ data }, handling) => {
        tries += 1;
        if (tries === 1) throw new TypeError('no threshold for e-4711');
        if (data.pointsEarned === 1) await send(pointsEarned, earned('b', 2), handling);
      }),
    ]);
    await tier.start();

    const request = trace.getTracer('test').startSpan('POST /orders');
    await context.with(trace.setSpan(context.active(), request), () => send(pointsEarned, earned('a', 1)));
    request.end();
    await bus.settled();
    await bus.clock.advance(1_000);
    await bus.settled();
    await tier.stop();

    const all = exporter.getFinishedSpans();
    // The relay's spans stand beside: what it carries at once may be of many traces.
    const spans = all.filter(({ kind }) => kind !== SpanKind.CLIENT);
    const byId = new Map(spans.map((span) => [span.spanContext().spanId, span]));
    const line = (span: (typeof spans)[number] | undefined): string =>
      span ? `${line(byId.get(span.parentSpanContext?.spanId ?? ''))}/${span.name.split(' ')[0]}` : '';
    expect(spans.map(line).sort()).toEqual([
      '/POST',
      '/POST/send',
      '/POST/send/process',
      '/POST/send/process',
      '/POST/send/process/send',
      '/POST/send/process/send/process',
    ]);
    expect(new Set(spans.map((span) => span.spanContext().traceId)).size).toBe(1);

    const [failed, handled] = spans.filter((span) => line(span) === '/POST/send/process');
    expect(failed).toMatchObject({
      name: 'process loyalty.points.earned',
      kind: SpanKind.CONSUMER,
      status: { code: SpanStatusCode.ERROR, message: 'TypeError' },
      attributes: {
        'messaging.system': 'chirograph',
        'messaging.operation.type': 'process',
        'messaging.destination.name': 'loyalty.points.earned',
        'messaging.consumer.group.name': 'tier',
        'chirograph.attempt': 1,
        'error.type': 'TypeError',
      },
    });
    expect(handled?.attributes).toMatchObject({ 'chirograph.attempt': 2 });
    const [sent] = spans.filter((span) => line(span) === '/POST/send');
    expect(sent?.kind).toBe(SpanKind.PRODUCER);
    const [relayed] = all.filter(({ kind }) => kind === SpanKind.CLIENT);
    expect(relayed).toMatchObject({
      name: 'relay loyalty.points.earned',
      attributes: { 'messaging.batch.message_count': 1, 'messaging.operation.type': 'send' },
      status: { code: SpanStatusCode.UNSET },
      links: [{ context: { traceId: sent?.spanContext().traceId, spanId: sent?.spanContext().spanId } }],
    });
    expect(sent?.attributes['messaging.message.id']).toBe(handled?.attributes['messaging.message.id']);
    expect(
      JSON.stringify(spans.map(({ attributes, events, status }) => ({ attributes, events, status }))),
    ).not.toContain('e-4711');
  });

  it('is that of the message as it came, where it was sent by others', async () => {
    const bus = testBus();
    onTestFinished(() => bus.close());
    const tier = createConsumer('tier', bus, { store: bus.store, clock: bus.clock }, [
      receive(pointsEarned, () => undefined),
    ]);
    await tier.start();
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await createProducer('loyalty', bus)(pointsEarned, earned('a', 1), { headers: { traceparent } });
    await bus.settled();
    await tier.stop();
    const processed = exporter.getFinishedSpans().find(({ kind }) => kind === SpanKind.CONSUMER);
    expect(processed?.spanContext().traceId).toBe('0af7651916cd43dd8448eb211c80319c');
    expect(processed?.parentSpanContext?.spanId).toBe('b7ad6b7169203331');
  });
});

it('costs no header without an SDK', async () => {
  context.disable();
  propagation.disable();
  trace.disable();
  const bus = testBus();
  onTestFinished(() => bus.close());
  await createProducer('loyalty', bus)(pointsEarned, earned('a', 1));
  expect(Object.keys(bus.published[0]?.message.headers ?? {})).toEqual(['correlation-id']);
});
