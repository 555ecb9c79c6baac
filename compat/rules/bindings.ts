import { CONSUMERS } from './parties.ts';
import type { WorkspaceRow } from './row.ts';

/** Changes of what the protocols of a node ask for. */
export const BINDING_RULES = {
  'binding/added': {
    severity: 'info',
    title: 'A protocol is told more',
    message: ({ subject, to }) => `${subject} now has ${to}`,
    reason: 'A further setting of the protocol.',
    injures: [],
    direction: 'NONE',
    mirror: 'binding/removed',
  },
  'binding/removed': {
    severity: 'warning',
    title: 'A protocol is told less',
    message: ({ subject, from }) => `${subject} no longer has ${from}`,
    reason: 'The broker falls back on its own setting.',
    injures: ['consumers', 'producers'],
    direction: 'NONE',
    mirror: 'binding/added',
  },
  'binding/changed': {
    severity: 'warning',
    title: 'A protocol is told something else',
    message: ({ subject, from, to }) => `${subject} had ${from} and has ${to}`,
    reason: 'A setting that the tool has no opinion on. See what the broker makes of it.',
    injures: ['consumers', 'producers'],
    direction: 'NONE',
    mirror: 'binding/changed',
  },
  'binding/topic-changed': {
    severity: 'error',
    title: 'Messages go to another topic or subject',
    message: ({ subject, from, to }) => `${subject} had ${from} and has ${to}`,
    reason: 'Consumers read the old topic. Write to both for a time.',
    injures: ['consumers', 'producers', 'in flight'],
    direction: 'FULL',
    mirror: 'binding/topic-changed',
  },
  'binding/partitions-changed': {
    severity: 'error',
    title: 'A topic has another number of partitions',
    message: ({ subject, from, to }) => `${subject} had ${from} and has ${to}: keys go to other partitions`,
    reason:
      'Keys are spread over the partitions by their number: messages of one key go to another partition than before, and their order is lost where old ones are unread.',
    injures: ['consumers', 'in flight'],
    direction: 'FULL',
    mirror: 'binding/partitions-changed',
  },
  'binding/key-changed': {
    severity: 'error',
    title: 'The key of messages is another one',
    message: ({ subject, from, to }) => `the key of ${subject} was ${from} and is ${to}`,
    reason: 'Another key, another partition, another order; compacted topics keep other messages.',
    injures: ['consumers', 'in flight'],
    direction: 'FULL',
    mirror: 'binding/key-changed',
  },
  'binding/group-changed': {
    severity: 'error',
    title: 'A service reads as another group',
    message: ({ subject, from, to }) => `${subject} had ${from} and has ${to}: it starts anew`,
    reason:
      'To the broker it is another consumer: it starts at its own beginning, and the place of the old one is forgotten.',
    injures: CONSUMERS,
    direction: 'FULL',
    mirror: 'binding/group-changed',
  },
  'binding/exchange-changed': {
    severity: 'error',
    title: 'Messages go through another exchange',
    message: ({ subject, from, to }) => `${subject} had ${from} and has ${to}`,
    reason: 'Queues bound to the old exchange receive nothing. Bind them to both first.',
    injures: ['consumers', 'producers', 'in flight'],
    direction: 'FULL',
    mirror: 'binding/exchange-changed',
  },
  'binding/queue-changed': {
    severity: 'error',
    title: 'Messages wait in another queue',
    message: ({ subject, from, to }) => `${subject} had ${from} and has ${to}`,
    reason: 'What waits in the old queue is not read. Drain it first.',
    injures: ['consumers', 'producers', 'in flight'],
    direction: 'FULL',
    mirror: 'binding/queue-changed',
  },
  'binding/delivery-changed': {
    severity: 'warning',
    title: 'Messages are delivered with another promise',
    message: ({ subject, from, to }) => `${subject} had ${from} and has ${to}`,
    reason:
      'More duplicates, or messages lost: make sure that consumers were written for what the broker now promises.',
    injures: CONSUMERS,
    direction: 'FORWARD',
    mirror: 'binding/delivery-changed',
  },
} as const satisfies Readonly<Record<string, WorkspaceRow>>;
