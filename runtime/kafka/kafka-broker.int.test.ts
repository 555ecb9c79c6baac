import { describeBroker } from '@chirograph/conformance/broker';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { type KafkaCluster, kafkaAvailability, startKafka } from '../conformance/kafka/kafka-cluster.ts';
import { type KafkaLink, kafkaLink } from '../conformance/kafka/kafka-link.ts';
import type { Broker } from '../ports/broker.ts';
import { kafkaBroker } from './index.ts';

const kafka = kafkaAvailability();

if (kafka.available) {
  let cluster: KafkaCluster;
  let opened = 0;
  beforeAll(async () => {
    cluster = await startKafka();
  }, 60_000);
  afterAll(() => cluster?.stop());

  const features = {
    deduplicates: { not: 'Kafka drops no duplicates of a message that is sent again later' },
    batches: true,
    history: true,
    limitsSize: true,
    refusesUnknownChannels: true,
    parallelKeys: true,
    membersDie: true,
    survivesKill: { not: "librdkafka's mock cluster keeps everything in memory" },
  } as const;
  const names = [
    { name: 'shop', subjects: ['shop.>'] },
    { name: 'bank', subjects: ['bank.>'] },
  ];
  describeBroker('Kafka (mock cluster)', features, async () => {
    const prefix = `t${opened++}.`;
    const topics = names.map((it) => ({ ...it, allowUnsafe: ['unreadable', 'replicas'] as const }));
    for (const { name } of topics) await cluster.makeTopic(`${prefix}${name}`, 4);
    const connections: Broker[] = [];
    const links: KafkaLink[] = [];
    const connect = async (brokers = cluster.brokers): Promise<Broker> => {
      const broker = await kafkaBroker({
        brokers,
        topics,
        prefix,
        maxBytes: 100_000,
        sessionTimeout: 2_000,
        redeliveryDelay: 20,
        onFault: (error) => void (process.env.FAULTS && console.log(error)),
      });
      connections.push(broker);
      return broker;
    };
    return {
      broker: await connect(),
      another: () => connect(),
      async mortal() {
        const link = await kafkaLink(cluster.brokers);
        links.push(link);
        return { broker: await connect(link.brokers), die: link.close };
      },
      killAndRestart: () => Promise.reject(new Error('it cannot be restarted')),
      async close() {
        await Promise.all(connections.map((broker) => broker.close()));
        await Promise.all(links.map((link) => link.close()));
      },
    };
  });
} else {
  console.warn(`Kafka was not tested: ${kafka.reason}`);
  describe.skip(`Kafka as a broker (not run: ${kafka.reason})`, () => {
    it('needs a cluster', () => undefined);
  });
}
