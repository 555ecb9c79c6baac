/** A broker inside the process, for tests, demonstrations and services that live in one process. */
export { type MemoryBroker, type MemoryBrokerOptions, memoryBroker } from './memory-broker.ts';
