/** A broker on Kafka. */
export { type FindTopicsOptions, findTopics } from './find-topics.ts';
export { kafkaBroker } from './kafka-broker.ts';
export type { KafkaBrokerOptions, KafkaConnection } from './kafka-broker-options.ts';
export { type PlanTopicsOptions, planTopics } from './plan-topics.ts';
export type { KafkaTopic, TopicPlan } from './topics.ts';
export type { UnsafeSetting } from './unsafe-settings.ts';
