/** NATS JetStream: a durable broker of one small server. Its client packages are loaded when a broker is made. */
export type { NatsStream } from './ensure-stream.ts';
export { type FindStreamsOptions, findStreams } from './find-streams.ts';
export { natsBroker } from './nats-broker.ts';
export type { NatsBrokerOptions } from './nats-broker-options.ts';
export { type PlanStreamsOptions, planStreams, type StreamPlan } from './plan-streams.ts';
export type { UnsafeSetting } from './unsafe-settings.ts';
