/**
 * The service as a process: `service.ts <postgres url> <schema> <nats url> <version> <file of spans>`. Each line of its standard input is an order,
 * `<id> <amount> <currency>`, which it sends; it answers `sent <id>` when that is committed, and `ready` when it has started.
 */
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { orderPlacedNotification } from '@chirograph/generated/shop/messages';
import { createProducer, jsonLog, outbox, service } from '@chirograph/runtime';
import { natsBroker } from '@chirograph/runtime/nats';
import { postgresStore } from '@chirograph/runtime/postgres';
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { SimpleSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import { orderPlacedNotificationV2, revenueByShop, revenueConsumer } from './revenue.ts';

const [url = '', schema = '', servers = '', version = '1', spans = ''] = process.argv.slice(2);

const exporter: SpanExporter = {
  export(finished, done) {
    for (const span of finished) {
      const { traceId, spanId } = span.spanContext();
      const parent = span.parentSpanContext?.spanId;
      appendFileSync(
        spans,
        `${JSON.stringify({ name: span.name, traceId, spanId, parent, ...span.attributes })}\n`,
      );
    }
    done({ code: 0 });
  },
  shutdown: async () => undefined,
};
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new W3CTraceContextPropagator());
trace.setGlobalTracerProvider(
  new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
);

const store = postgresStore({ url, schema });
const broker = await natsBroker({ servers, streams: [{ name: 'shop', subjects: ['shop.>'] }] });
const observe = jsonLog((line) => process.stderr.write(`${line}\n`));
const consumer = revenueConsumer(version, broker, { store, observe });
const workers = [revenueByShop(version).keep(store, { observe, poll: 100 })];
const shop = service({ name: 'revenue', store, broker, consumers: [consumer], workers, observe });

const send = createProducer('order', outbox(store, { broker }));

async function place(id: string, amount: number, currency: string): Promise<void> {
  const data = {
    orderId: id,
    orderNumber: 'ORD-2026-000001',
    customerId: '6b0d549b-6f03-475a-9600-a35a099950d8',
    totalAmount: { amount, currency },
    itemCount: 1,
  };
  const message = { id, subject: id, data };
  await trace.getTracer('shop').startActiveSpan(`order ${id}`, async (span) => {
    await store.transaction(async (tx) => {
      await tx.documents('orders').put(id, { amount });
      await send(orderPlacedNotification, message, { tx });
      // One fact in both versions, while there are readers of the first.
      if (version === '2')
        await send(orderPlacedNotificationV2, { ...message, data: { ...data, window: 'web' } }, { tx });
    });
    span.end();
  });
  process.stdout.write(`sent ${id}\n`);
}

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const [id = '', amount = '', currency = 'EUR'] = line.split(' ');
  place(id, Number(amount), currency).catch((error) => process.stdout.write(`not sent ${id}: ${error}\n`));
});
setTimeout(() => process.stdout.write('ready\n'), 0);
await shop.run();
lines.close();
process.stdin.destroy();
