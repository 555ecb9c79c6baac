import { CONSUMERS } from './parties.ts';
import type { WorkspaceRow } from './row.ts';

/** Changes of what the protocols of a node ask for. */
export const BINDING_RULES = {
  'binding/added': {
    severity: 'info',
    title: 'A protocol setting was added',
    message: ({ subject, to }) => `${subject}: ${to} was added`,
    reason: 'A new protocol-specific setting (binding).',
    affects: [],
    direction: 'NONE',
    mirror: 'binding/removed',
  },
  'binding/removed': {
    severity: 'warning',
    title: 'A protocol setting was removed',
    message: ({ subject, from }) => `${subject}: ${from} was removed`,
    reason: 'The broker falls back to its own default for this setting.',
    affects: ['consumers', 'producers'],
    direction: 'NONE',
    mirror: 'binding/added',
  },
  'binding/changed': {
    severity: 'warning',
    title: 'A protocol setting changed',
    message: ({ subject, from, to }) => `${subject}: ${from} -> ${to}`,
    reason: 'Chirograph has no rule for this setting. Check what the broker does with the new value.',
    affects: ['consumers', 'producers'],
    direction: 'NONE',
    mirror: 'binding/changed',
  },
  'binding/topic-changed': {
    severity: 'error',
    title: 'Messages are sent to a different topic or subject',
    message: ({ subject, from, to }) => `${subject}: ${from} -> ${to}`,
    reason: 'Consumers read the old topic. Write to both topics until they have moved.',
    affects: ['consumers', 'producers', 'in flight'],
    direction: 'FULL',
    mirror: 'binding/topic-changed',
  },
  'binding/partitions-changed': {
    severity: 'error',
    title: 'The number of partitions of a topic changed',
    message: ({ subject, from, to }) => `${subject}: ${from} -> ${to}; keys are mapped to other partitions`,
    reason:
      'A key is mapped to a partition by the number of partitions: after the change, messages of one key go to another partition than before, and order is lost while older ones are still unread.',
    affects: ['consumers', 'in flight'],
    direction: 'FULL',
    mirror: 'binding/partitions-changed',
  },
  'binding/key-changed': {
    severity: 'error',
    title: 'The message key changed',
    message: ({ subject, from, to }) => `the key of ${subject}: ${from} -> ${to}`,
    reason:
      'A different key means a different partition and a different order; compacted topics keep different messages.',
    affects: ['consumers', 'in flight'],
    direction: 'FULL',
    mirror: 'binding/key-changed',
  },
  'binding/group-changed': {
    severity: 'error',
    title: 'A service reads with a different consumer group',
    message: ({ subject, from, to }) =>
      `${subject}: ${from} -> ${to}; the new group starts from its own position`,
    reason:
      'To the broker this is a new consumer: it starts at its own initial position, and the position of the old group is lost.',
    affects: CONSUMERS,
    direction: 'FULL',
    mirror: 'binding/group-changed',
  },
  'binding/exchange-changed': {
    severity: 'error',
    title: 'Messages go through a different exchange',
    message: ({ subject, from, to }) => `${subject}: ${from} -> ${to}`,
    reason: 'Queues bound to the old exchange receive nothing. Bind them to both exchanges first.',
    affects: ['consumers', 'producers', 'in flight'],
    direction: 'FULL',
    mirror: 'binding/exchange-changed',
  },
  'binding/queue-changed': {
    severity: 'error',
    title: 'Messages go to a different queue',
    message: ({ subject, from, to }) => `${subject}: ${from} -> ${to}`,
    reason: 'Messages left in the old queue are not read. Drain it first.',
    affects: ['consumers', 'producers', 'in flight'],
    direction: 'FULL',
    mirror: 'binding/queue-changed',
  },
  'binding/delivery-changed': {
    severity: 'warning',
    title: 'The delivery guarantee changed',
    message: ({ subject, from, to }) => `${subject}: ${from} -> ${to}`,
    reason: 'Expect more duplicates, or lost messages: check that consumers handle the new guarantee.',
    affects: CONSUMERS,
    direction: 'FORWARD',
    mirror: 'binding/delivery-changed',
  },
} as const satisfies Readonly<Record<string, WorkspaceRow>>;
