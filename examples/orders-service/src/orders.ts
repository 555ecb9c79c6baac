import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { outbox, service } from '@chirograph/runtime';
import { ordersProducer } from '../generated/shop/producers/orders.ts';
import { connect } from './connections.ts';

const { pool, store, broker } = await connect(
  'orders',
  `CREATE TABLE IF NOT EXISTS orders.orders (
     id uuid PRIMARY KEY, customer text NOT NULL, total_cents integer NOT NULL
   )`,
);
const orders = ordersProducer(outbox(store));

/** The row and the event commit together, or neither does. */
async function placeOrder({ customer, totalCents }: { customer: string; totalCents: number }) {
  const orderId = randomUUID();
  await store.transaction(async (tx) => {
    await tx.client.query('INSERT INTO orders.orders VALUES ($1, $2, $3)', [orderId, customer, totalCents]);
    await orders.orderPlaced({ orderId, customer, totalCents }, { tx });
  });
  return orderId;
}

const server = createServer(async (request, response) => {
  if (request.method !== 'POST' || request.url !== '/orders') return response.writeHead(404).end();
  try {
    const orderId = await placeOrder(await bodyOf(request));
    return response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ orderId }));
  } catch (error) {
    // The producer refuses an event that its contract does not allow, and the transaction is rolled back.
    return response.writeHead(422).end(`${error}\n`);
  }
});

async function bodyOf(request: IncomingMessage) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  const address = server.address();
  console.log(`orders on http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
});
await service({ name: 'orders', store, broker }).run();
server.close();
await pool.end();
