import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { describeBroker } from '../conformance/broker.ts';
import { type RedisServer, redisAvailability, startRedis } from '../conformance/redis-server.ts';
import type { Broker } from '../ports/broker.ts';
import { deliverEach } from '../ports/deliver-each.ts';
import { redisBroker } from './index.ts';

const redis = redisAvailability();

if (redis.available) {
  let server: RedisServer;
  let opened = 0;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server?.stop());

  const features = {
    deduplicates: { not: 'Redis drops no duplicates' },
    batches: true,
    history: true,
    limitsSize: true,
    refusesUnknownChannels: true,
    parallelKeys: true,
    survivesKill: true,
  } as const;
  describeBroker('Redis Streams', features, async () => {
    const prefix = `t${opened++}`;
    const connections: Broker[] = [];
    const connect = async (): Promise<Broker> => {
      const broker = await redisBroker({
        url: server.url,
        prefix,
        streams: [
          { name: 'shop', subjects: ['shop.>'] },
          { name: 'bank', subjects: ['bank.>'] },
        ],
        partitions: 4,
        maxBytes: 100_000,
        redeliveryDelay: 20,
        onFault: () => undefined,
      });
      connections.push(broker);
      return broker;
    };
    return {
      broker: await connect(),
      another: connect,
      killAndRestart: () => server.killAndRestart(),
      async close() {
        await Promise.all(connections.map((broker) => broker.close()));
      },
    };
  });
} else {
  console.warn(`Redis was not tested: ${redis.reason}`);
  describe.skip(`Redis Streams as a broker (not run: ${redis.reason})`, () => {
    it('needs a server', () => undefined);
  });
}
