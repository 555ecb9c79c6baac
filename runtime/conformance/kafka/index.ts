import { type KafkaCluster, startKafka } from './kafka-cluster.ts';
import { type KafkaFront, kafkaFront } from './kafka-front.ts';

export { type KafkaCluster, kafkaAvailability, startKafka } from './kafka-cluster.ts';
export { type KafkaFront, kafkaFront } from './kafka-front.ts';
export { type KafkaLink, kafkaLink } from './kafka-link.ts';

/** A cluster on which topics can be made: as far as tests can tell, a Kafka that has just been started. */
export async function startKafkaFront(): Promise<
  Pick<KafkaFront, 'url' | 'brokers' | 'configure'> & {
    readonly cluster: KafkaCluster;
    stop(): Promise<void>;
  }
> {
  const cluster = await startKafka();
  const front = await kafkaFront(cluster);
  return {
    ...front,
    cluster,
    async stop() {
      await front.close();
      await cluster.stop();
    },
  };
}
