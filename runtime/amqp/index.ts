export { type AmqpBrokerOptions, amqpBroker } from './amqp-broker.ts';
export { type PlanQueuesOptions, planQueues, type QueuePlan } from './plan-queues.ts';
