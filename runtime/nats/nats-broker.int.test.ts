import { afterAll, beforeAll, describe, it } from 'vitest';
import { describeBroker } from '../conformance/broker.ts';
import type { Broker } from '../ports/broker.ts';
import { natsBroker } from './nats-broker.ts';
import { type NatsServer, natsAvailability, startNats } from './nats-server.ts';

const nats = natsAvailability();

if (nats.available) {
  let server: NatsServer;
  let opened = 0;
  beforeAll(async () => {
    server = await startNats();
  });
  afterAll(() => server.stop());

  const features = { deduplicates: true, parallelKeys: false, survivesKill: !process.env.NATS_URL };
  describeBroker('NATS JetStream', features, async () => {
    const prefix = `test-${process.pid}-${Date.now()}-${opened++}`;
    const connections: Broker[] = [];
    const connect = async (): Promise<Broker> => {
      const broker = await natsBroker({
        servers: server.url,
        prefix,
        streams: [{ name: 'shop', subjects: ['shop.>'] }],
        redeliveryDelay: 10,
      });
      connections.push(broker);
      return broker;
    };
    return {
      broker: await connect(),
      another: connect,
      killAndRestart: () => server.killAndRestart?.() ?? Promise.reject(new Error('not ours to kill')),
      async close() {
        await Promise.all(connections.map((broker) => broker.close()));
      },
    };
  });
} else {
  console.warn(`NATS JetStream was not tested: ${nats.reason}`);
  describe.skip(`NATS JetStream as a broker (not run: ${nats.reason})`, () => {
    it('needs a server', () => undefined);
  });
}
