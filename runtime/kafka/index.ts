/** A broker on Kafka. */
export { kafkaBroker } from './kafka-broker.ts';
export type { KafkaBrokerOptions, KafkaConnection } from './kafka-broker-options.ts';
export type { KafkaTopic } from './topics.ts';
export type { UnsafeSetting } from './unsafe-settings.ts';
