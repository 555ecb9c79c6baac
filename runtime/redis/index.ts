/** A broker on Redis Streams. */
export { type GroupPlan, type GroupsPlan, type PlanGroupsOptions, planGroups } from './plan-groups.ts';
export { type RedisBrokerOptions, redisBroker } from './redis-broker.ts';
export type { UnsafeSetting } from './unsafe-settings.ts';
