export { type AmqpBrokerOptions, amqpBroker } from './amqp-broker.ts';
