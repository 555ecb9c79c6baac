import { CONSUMERS } from './parties.ts';
import type { WorkspaceRow } from './row.ts';

/** Changes of channels and of the operations on them. */
export const CHANNEL_RULES = {
  'channel/added': {
    severity: 'info',
    title: 'A channel was added',
    message: ({ subject }) => `channel ${subject} was added`,
    reason: 'No consumer depends on it yet.',
    affects: [],
    direction: 'NONE',
    mirror: 'channel/removed',
  },
  'channel/removed': {
    severity: 'error',
    title: 'A channel was removed',
    message: ({ subject }) => `channel ${subject} was removed`,
    reason:
      'The channel carried no message, so no contract breaks; remove what is bound to it. A channel that is removed together with its messages is reported by their rules.',
    affects: ['consumers', 'producers'],
    direction: 'FULL',
    mirror: 'channel/added',
  },
  'channel/address-changed': {
    severity: 'error',
    title: 'The address of a channel changed',
    message: ({ from, to }) => `the address of the channel changed: ${from} -> ${to}`,
    reason:
      'Consumers listen at the old address and receive nothing; messages left there are never read. Send to both addresses for a while: an additional channel is safe.',
    affects: ['consumers', 'producers', 'in flight'],
    direction: 'FULL',
    mirror: 'channel/address-changed',
  },
  'channel/parameter-renamed': {
    severity: 'info',
    title: 'An address parameter was renamed',
    message: ({ subject, from, to }) => `parameter ${from} of ${subject} was renamed to ${to}`,
    reason: 'The name of a parameter is not on the wire. Only generated code changes.',
    affects: [],
    direction: 'NONE',
    mirror: 'channel/parameter-renamed',
  },
  'channel/parameter-values-added': {
    severity: 'error',
    title: 'An address parameter accepts more values',
    message: ({ subject, field, from, to }) =>
      `parameter ${field} of ${subject} accepts more values: ${from} -> ${to}`,
    reason:
      'Each value is an address of its own. Consumers subscribed to the values they know do not receive the new ones; those subscribed to all values reject a value that their contract does not list, like an unknown enum value of a field. Upgrade them first.',
    affects: CONSUMERS,
    direction: 'FORWARD',
    mirror: 'channel/parameter-values-removed',
  },
  'channel/parameter-values-removed': {
    severity: 'error',
    title: 'An address parameter accepts fewer values',
    message: ({ subject, field, from, to }) =>
      `parameter ${field} of ${subject} accepts fewer values: ${from} -> ${to}`,
    reason:
      'Producers that are not yet upgraded keep sending to addresses without subscribers, and messages left there are never read. Stop sending first, then remove the value once nothing is left.',
    affects: ['producers', 'in flight'],
    direction: 'BACKWARD',
    mirror: 'channel/parameter-values-added',
  },
  'channel/parameter-default-changed': {
    severity: 'warning',
    title: 'The default of an address parameter changed',
    message: ({ subject, field, from, to }) => `parameter ${field} of ${subject}: default ${from} -> ${to}`,
    reason:
      'A service that gives no value sends or listens at another address from its next build on, each service at its own time. Give the value explicitly before the default changes.',
    affects: CONSUMERS,
    direction: 'FORWARD',
    mirror: 'channel/parameter-default-changed',
  },
  'channel/parameter-location-changed': {
    severity: 'warning',
    title: 'The location of an address parameter changed',
    message: ({ subject, field, from, to }) =>
      `the location of parameter ${field} of ${subject} changed: ${from} -> ${to}`,
    reason:
      'Senders build the address from the value at this location, and consumers look for it there. Send the value in both places until all have moved.',
    affects: CONSUMERS,
    direction: 'FORWARD',
    mirror: 'channel/parameter-location-changed',
  },
  'operation/send-added': {
    severity: 'info',
    title: 'A service sends one more message',
    message: ({ subject, to }) => `${subject} now sends ${to}`,
    reason: 'One more sender of a message that consumers already know.',
    affects: [],
    direction: 'NONE',
    mirror: 'operation/send-removed',
  },
  'operation/send-removed': {
    severity: 'error',
    title: 'A service no longer sends a message',
    message: ({ subject, from }) => `${subject} no longer sends ${from}`,
    reason: 'It breaks when no other service sends the message and a service still receives it.',
    affects: CONSUMERS,
    direction: 'FORWARD',
    mirror: 'operation/send-added',
  },
  'operation/receive-added': {
    severity: 'info',
    title: 'A service receives one more message',
    message: ({ subject, to }) => `${subject} now receives ${to}`,
    reason:
      'One more consumer. Check the retention of the message if the consumer has to read from the beginning.',
    affects: [],
    direction: 'NONE',
    mirror: 'operation/receive-removed',
  },
  'operation/receive-removed': {
    severity: 'error',
    title: 'A service no longer receives a message',
    message: ({ subject, from }) => `${subject} no longer receives ${from}`,
    reason:
      'A consumer that stops reading breaks no one, unless the message is a command that no other service handles: then it is never carried out.',
    affects: ['producers', 'in flight'],
    direction: 'BACKWARD',
    mirror: 'operation/receive-added',
  },
  'operation/renamed': {
    severity: 'info',
    title: 'An operation was renamed',
    message: ({ subject, from, to }) => `operation ${from} of ${subject} was renamed to ${to}`,
    reason: 'Nothing changes on the wire. Only generated code changes.',
    affects: [],
    direction: 'NONE',
    mirror: 'operation/renamed',
  },
  'operation/retry-shortened': {
    severity: 'warning',
    title: 'A service retries for a shorter time',
    message: ({ subject, from, to }) => `the retries of ${subject} were shortened: ${from} -> ${to}`,
    reason:
      'Failures that used to recover end as dead letters. Measure how long dependencies are down before you shorten it.',
    affects: [],
    direction: 'NONE',
    mirror: 'operation/retry-lengthened',
  },
  'operation/retry-lengthened': {
    severity: 'info',
    title: 'A service retries for a longer time',
    message: ({ subject, from, to }) => `the retries of ${subject} were lengthened: ${from} -> ${to}`,
    reason: 'A message is retried for a longer time; messages of the same key wait behind it as long.',
    affects: [],
    direction: 'NONE',
    mirror: 'operation/retry-shortened',
  },
  'operation/reply-added': {
    severity: 'info',
    title: 'An operation has a reply',
    message: ({ subject, to }) => `an operation of ${subject} now has the reply ${to}`,
    reason: 'A requester may ignore a reply that it does not wait for.',
    affects: [],
    direction: 'NONE',
    mirror: 'operation/reply-removed',
  },
  'operation/reply-removed': {
    severity: 'error',
    title: 'An operation no longer has a reply',
    message: ({ subject, from }) => `an operation of ${subject} no longer has the reply ${from}`,
    reason: 'Requesters wait for a reply that never comes. Safe once no service waits for it.',
    affects: ['producers'],
    direction: 'NONE',
    mirror: 'operation/reply-added',
  },
  'operation/reply-moved': {
    severity: 'error',
    title: 'A reply is sent to a different channel',
    message: ({ subject, from, to }) =>
      `the reply to an operation of ${subject} is sent elsewhere: ${from} -> ${to}`,
    reason:
      'Requesters listen at the old address. Reply at both for a while, or at the address that the request names.',
    affects: ['producers'],
    direction: 'NONE',
    mirror: 'operation/reply-moved',
  },
  'operation/reply-message-added': {
    severity: 'error',
    title: 'A reply may be one more message',
    message: ({ subject, to }) => `the reply to an operation of ${subject} may now also be ${to}`,
    reason:
      'Requesters may not know the new reply. Upgrade them first. Safe for a service that already accepts it.',
    affects: ['producers'],
    direction: 'NONE',
    mirror: 'operation/reply-message-removed',
  },
  'operation/reply-message-removed': {
    severity: 'info',
    title: 'A reply is one message less',
    message: ({ subject, from }) => `the reply to an operation of ${subject} is no longer ${from}`,
    reason: 'Requesters accept more than is sent.',
    affects: [],
    direction: 'NONE',
    mirror: 'operation/reply-message-added',
  },
} as const satisfies Readonly<Record<string, WorkspaceRow>>;
