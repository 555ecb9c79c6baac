/** A broker on Redis Streams. */
export { type RedisBrokerOptions, redisBroker } from './redis-broker.ts';
export type { UnsafeSetting } from './unsafe-settings.ts';
