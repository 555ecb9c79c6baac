import type { PayloadRow } from './row.ts';

/** Changes of alternatives and conditions, and of what validates nothing. */
export const PAYLOAD_COMBINATION_RULES = {
  'payload/alternative-added': {
    severity: 'error',
    title: 'A field has one more shape',
    message: ({ field, to }) => `${field} may now also be ${to}`,
    reason:
      'Consumers know no such shape and refuse it; generated unions have no branch for it. Let them learn it before anybody sends it, or make it a message of its own.',
    direction: 'FORWARD',
    mirror: 'payload/alternative-removed',
  },
  'payload/alternative-removed': {
    severity: 'error',
    title: 'A field has one shape less',
    message: ({ field, from }) => `${field} may no longer be ${from}`,
    reason: 'Messages of that shape are under way, kept, and still being sent.',
    direction: 'BACKWARD',
    mirror: 'payload/alternative-added',
  },
  'payload/alternatives-added': {
    severity: 'error',
    title: 'A field is limited to some shapes',
    message: ({ field, to }) => `${field} must now be one of ${to}`,
    reason: 'What was sent so far need not be of any of the shapes.',
    direction: 'BACKWARD',
    mirror: 'payload/alternatives-removed',
  },
  'payload/alternatives-removed': {
    severity: 'error',
    title: 'A field is no longer limited to some shapes',
    message: ({ field, from }) => `${field} need no longer be one of ${from}`,
    reason: 'Consumers tell the shapes apart and refuse what is none of them.',
    direction: 'FORWARD',
    mirror: 'payload/alternatives-added',
  },
  'payload/condition-changed': {
    severity: 'error',
    title: 'A condition is another one',
    message: ({ field }) => `what ${field} must be under a condition (\`if\`) is another`,
    reason:
      'What holds under a condition is easily overlooked: the proof follows both branches on both sides.',
    direction: 'FULL',
    mirror: 'payload/condition-changed',
  },
  'payload/exclusion-changed': {
    severity: 'error',
    title: 'What is excluded is something else',
    message: ({ field }) => `what ${field} must not be (\`not\`) is another`,
    reason:
      'What must not be sent is part of the contract: what is newly excluded may be under way, what is newly allowed meets consumers that refuse it.',
    direction: 'FULL',
    mirror: 'payload/exclusion-changed',
  },
  'payload/default-changed': {
    severity: 'warning',
    title: 'A default is another one',
    message: ({ field, from, to }) => `${field} had ${from} where nothing is said, and has ${to}`,
    reason:
      'No validator minds, but a consumer that fills in the default acts otherwise on the very same message, and stored messages change their meaning. Send the value instead of leaving it out.',
    direction: 'NONE',
    mirror: 'payload/default-changed',
  },
  'payload/field-deprecated': {
    severity: 'info',
    title: 'A field is deprecated',
    message: ({ field }) => `${field} is deprecated now`,
    reason:
      'Readers are told that the field will go. Say in its description what takes its place, and keep it until nobody reads it.',
    direction: 'NONE',
    mirror: 'payload/field-undeprecated',
  },
  'payload/field-undeprecated': {
    severity: 'info',
    title: 'A field is no longer deprecated',
    message: ({ field }) => `${field} is no longer deprecated`,
    reason: 'The field stays after all.',
    direction: 'NONE',
    mirror: 'payload/field-deprecated',
  },
  'payload/documentation-changed': {
    severity: 'info',
    title: 'A field is described otherwise',
    message: ({ field }) => `${field} is described in other words`,
    reason: 'Words only. Worth a second look when they change what a field means: then it is another field.',
    direction: 'NONE',
    mirror: 'payload/documentation-changed',
  },
} as const satisfies Readonly<Record<string, PayloadRow>>;
