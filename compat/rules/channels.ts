import { CONSUMERS } from './parties.ts';
import type { WorkspaceRow } from './row.ts';

/** Changes of channels and of the operations on them. */
export const CHANNEL_RULES = {
  'channel/added': {
    severity: 'info',
    title: 'A channel is new',
    message: ({ subject }) => `channel ${subject} is new`,
    reason: 'Nobody listens there yet.',
    injures: [],
    direction: 'NONE',
    mirror: 'channel/removed',
  },
  'channel/removed': {
    severity: 'error',
    title: 'A channel is gone',
    message: ({ subject }) => `channel ${subject} is gone`,
    reason:
      'The channel carried no message, so no contract breaks; remove what is bound to it. A channel that goes with its messages is told by these.',
    injures: ['consumers', 'producers'],
    direction: 'FULL',
    mirror: 'channel/added',
  },
  'channel/address-changed': {
    severity: 'error',
    title: 'A channel has another address',
    message: ({ from, to }) => `the channel at ${from} is now at ${to}`,
    reason:
      'Consumers listen at the old address and hear nothing; what lies there is never read. Send to both addresses for a time: that is a channel more, and safe.',
    injures: ['consumers', 'producers', 'in flight'],
    direction: 'FULL',
    mirror: 'channel/address-changed',
  },
  'channel/parameter-renamed': {
    severity: 'info',
    title: 'A parameter of an address has another name',
    message: ({ subject, from, to }) => `parameter ${from} of ${subject} is now called ${to}`,
    reason: 'The name of a parameter is not on the wire. Generated code calls it otherwise.',
    injures: [],
    direction: 'NONE',
    mirror: 'channel/parameter-renamed',
  },
  'channel/parameter-values-added': {
    severity: 'error',
    title: 'A parameter of an address takes more values',
    message: ({ subject, field, from, to }) =>
      `parameter ${field} of ${subject} takes more: ${from} -> ${to}`,
    reason:
      'Each value is an address of its own. Consumers that listen to the values they know hear nothing of the new ones; those that listen to all of them refuse a value that their contract does not name, as they would an unknown value of a field. Upgrade them first.',
    injures: CONSUMERS,
    direction: 'FORWARD',
    mirror: 'channel/parameter-values-removed',
  },
  'channel/parameter-values-removed': {
    severity: 'error',
    title: 'A parameter of an address takes fewer values',
    message: ({ subject, field, from, to }) =>
      `parameter ${field} of ${subject} takes less: ${from} -> ${to}`,
    reason:
      'Producers that are not yet upgraded go on sending to addresses at which nobody listens any more, and what lies there is never read. Stop sending first, and leave out the value when nothing is left.',
    injures: ['producers', 'in flight'],
    direction: 'BACKWARD',
    mirror: 'channel/parameter-values-added',
  },
  'channel/parameter-default-changed': {
    severity: 'warning',
    title: 'A parameter of an address has another default',
    message: ({ subject, field, from, to }) => `parameter ${field} of ${subject}: default ${from} -> ${to}`,
    reason:
      'Whoever names no value sends or listens elsewhere from its next build on, each service at its own time. Name the value where it matters before the default changes.',
    injures: CONSUMERS,
    direction: 'FORWARD',
    mirror: 'channel/parameter-default-changed',
  },
  'channel/parameter-location-changed': {
    severity: 'warning',
    title: 'Messages say a parameter of an address elsewhere',
    message: ({ subject, field, from, to }) =>
      `parameter ${field} of ${subject} is said elsewhere: ${from} -> ${to}`,
    reason:
      'Where a message says the value, senders take the address from it and consumers look for it. While both places say the same nothing happens; send both for a time.',
    injures: CONSUMERS,
    direction: 'FORWARD',
    mirror: 'channel/parameter-location-changed',
  },
  'operation/send-added': {
    severity: 'info',
    title: 'A service sends something more',
    message: ({ subject, to }) => `${subject} now sends ${to}`,
    reason: 'One more sender of a message that others know how to read.',
    injures: [],
    direction: 'NONE',
    mirror: 'operation/send-removed',
  },
  'operation/send-removed': {
    severity: 'error',
    title: 'A service no longer sends something',
    message: ({ subject, from }) => `${subject} no longer sends ${from}`,
    reason: 'It breaks when no other service sends the message and somebody waits for it.',
    injures: CONSUMERS,
    direction: 'FORWARD',
    mirror: 'operation/send-added',
  },
  'operation/receive-added': {
    severity: 'info',
    title: 'A service receives something more',
    message: ({ subject, to }) => `${subject} now receives ${to}`,
    reason:
      'A further consumer. Look at the retention of the message: the consumer may be meant to read from the beginning.',
    injures: [],
    direction: 'NONE',
    mirror: 'operation/receive-removed',
  },
  'operation/receive-removed': {
    severity: 'error',
    title: 'A service no longer receives something',
    message: ({ subject, from }) => `${subject} no longer receives ${from}`,
    reason:
      'A consumer that leaves hurts nobody, unless the message is a command and nobody else carries it out: then it is sent into the void.',
    injures: ['producers', 'in flight'],
    direction: 'BACKWARD',
    mirror: 'operation/receive-added',
  },
  'operation/renamed': {
    severity: 'info',
    title: 'An operation has another name',
    message: ({ subject, from, to }) => `operation ${from} of ${subject} is now called ${to}`,
    reason: 'Nothing changes on the wire. Generated code calls it otherwise.',
    injures: [],
    direction: 'NONE',
    mirror: 'operation/renamed',
  },
  'operation/retry-shortened': {
    severity: 'warning',
    title: 'A service tries less',
    message: ({ subject, from, to }) => `${subject} tried ${from} and now tries ${to}`,
    reason:
      'Failures that used to pass by themselves end as dead letters. Measure how long the neighbours are down before you shorten it.',
    injures: [],
    direction: 'NONE',
    mirror: 'operation/retry-lengthened',
  },
  'operation/retry-lengthened': {
    severity: 'info',
    title: 'A service tries more',
    message: ({ subject, from, to }) => `${subject} tried ${from} and now tries ${to}`,
    reason: 'A message is tried for a longer time; those of its key wait behind it for as long.',
    injures: [],
    direction: 'NONE',
    mirror: 'operation/retry-shortened',
  },
  'operation/reply-added': {
    severity: 'info',
    title: 'An operation has a reply',
    message: ({ subject, to }) => `an operation of ${subject} now has the reply ${to}`,
    reason: 'Who asks may pass over an answer that it does not wait for.',
    injures: [],
    direction: 'NONE',
    mirror: 'operation/reply-removed',
  },
  'operation/reply-removed': {
    severity: 'error',
    title: 'An operation has no reply any more',
    message: ({ subject, from }) => `an operation of ${subject} no longer has the reply ${from}`,
    reason:
      'Who asks waits for an answer that never comes. Safe where a service no longer waits for one itself.',
    injures: ['producers'],
    direction: 'NONE',
    mirror: 'operation/reply-added',
  },
  'operation/reply-moved': {
    severity: 'error',
    title: 'A reply goes elsewhere',
    message: ({ subject, from, to }) =>
      `the reply to an operation of ${subject} went to ${from} and now goes to ${to}`,
    reason:
      'Who asks listens where the answer went before. Answer in both places for a time, or where the request says.',
    injures: ['producers'],
    direction: 'NONE',
    mirror: 'operation/reply-moved',
  },
  'operation/reply-message-added': {
    severity: 'error',
    title: 'A reply may be another message too',
    message: ({ subject, to }) => `the reply to an operation of ${subject} may now also be ${to}`,
    reason:
      'Who asks may not know the new answer. Teach those who ask first. Safe where a service is ready for one answer more itself.',
    injures: ['producers'],
    direction: 'NONE',
    mirror: 'operation/reply-message-removed',
  },
  'operation/reply-message-removed': {
    severity: 'info',
    title: 'A reply is no longer one of its messages',
    message: ({ subject, from }) => `the reply to an operation of ${subject} is no longer ${from}`,
    reason: 'Who asks is ready for more than comes.',
    injures: [],
    direction: 'NONE',
    mirror: 'operation/reply-message-added',
  },
} as const satisfies Readonly<Record<string, WorkspaceRow>>;
