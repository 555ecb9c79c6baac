/** NATS JetStream: a durable broker of one small server. Its client packages are loaded when a broker is made. */
export { type FindStreamsOptions, findStreams } from './find-streams.ts';
export { type NatsBrokerOptions, type NatsStream, natsBroker } from './nats-broker.ts';
