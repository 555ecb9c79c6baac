import { service } from '@chirograph/runtime';
import type { PoolClient } from 'pg';
import { shippingConsumer } from '../generated/shop/consumers/shipping.ts';
import { connect } from './connections.ts';

const { pool, store, broker } = await connect(
  'shipping',
  `CREATE TABLE IF NOT EXISTS shipping.shipments (
     order_id uuid PRIMARY KEY, customer text NOT NULL, prepared_at timestamptz NOT NULL
   )`,
);

const shipping = shippingConsumer(
  broker,
  { store },
  {
    async orderPlaced({ orderId, customer, time }, { tx }) {
      const client = tx.client as PoolClient;
      await client.query('INSERT INTO shipping.shipments VALUES ($1, $2, $3)', [orderId, customer, time]);
      console.log(`shipment prepared for ${orderId}`);
    },
  },
);

console.log('shipping is ready');
await service({ name: 'shipping', store, broker, consumers: [shipping], relay: false }).run();
await pool.end();
