import type { PayloadRow } from './row.ts';

/** Changes of alternatives and conditions, and of what validates nothing. */
export const PAYLOAD_COMBINATION_RULES = {
  'payload/alternative-added': {
    severity: 'error',
    title: 'A field has one more alternative',
    message: ({ field, to }) => `${field} may now also be ${to}`,
    reason:
      'Consumers do not know this alternative and reject it; generated unions have no branch for it. Upgrade consumers before it is sent, or make it a separate message.',
    direction: 'FORWARD',
    mirror: 'payload/alternative-removed',
  },
  'payload/alternative-removed': {
    severity: 'error',
    title: 'A field has one alternative less',
    message: ({ field, from }) => `${field} may no longer be ${from}`,
    reason: 'Messages with this alternative are in flight, stored, and still being sent.',
    direction: 'BACKWARD',
    mirror: 'payload/alternative-added',
  },
  'payload/alternatives-added': {
    severity: 'error',
    title: 'A field is restricted to alternatives',
    message: ({ field, to }) => `${field} must now be one of ${to}`,
    reason: 'Values sent so far may match none of the alternatives.',
    direction: 'BACKWARD',
    mirror: 'payload/alternatives-removed',
  },
  'payload/alternatives-removed': {
    severity: 'error',
    title: 'A field is no longer restricted to alternatives',
    message: ({ field, from }) => `${field} need no longer be one of ${from}`,
    reason: 'Consumers distinguish the alternatives and reject a value that matches none.',
    direction: 'FORWARD',
    mirror: 'payload/alternatives-added',
  },
  'payload/condition-changed': {
    severity: 'error',
    title: 'A condition changed',
    message: ({ field }) => `the condition (\`if\`) on ${field} changed`,
    reason:
      'Constraints under a condition are easily overlooked: the proof follows both branches on both sides.',
    direction: 'FULL',
    mirror: 'payload/condition-changed',
  },
  'payload/exclusion-changed': {
    severity: 'error',
    title: 'An exclusion changed',
    message: ({ field }) => `what ${field} must not be (\`not\`) changed`,
    reason:
      'What must not be sent is part of the contract: values newly excluded may be in flight, and values newly allowed meet consumers that reject them.',
    direction: 'FULL',
    mirror: 'payload/exclusion-changed',
  },
  'payload/default-changed': {
    severity: 'warning',
    title: 'A default changed',
    message: ({ field, from, to }) => `the default of ${field} changed: ${from} -> ${to}`,
    reason:
      'No validator rejects it, but a consumer that applies the default behaves differently on the same message, and stored messages change their meaning. Send the value instead of leaving it out.',
    direction: 'NONE',
    mirror: 'payload/default-changed',
  },
  'payload/field-deprecated': {
    severity: 'info',
    title: 'A field was deprecated',
    message: ({ field }) => `${field} is deprecated`,
    reason:
      'Readers see that the field will be removed. Say in its description what replaces it, and keep it until no consumer reads it.',
    direction: 'NONE',
    mirror: 'payload/field-undeprecated',
  },
  'payload/field-undeprecated': {
    severity: 'info',
    title: 'A field is no longer deprecated',
    message: ({ field }) => `${field} is no longer deprecated`,
    reason: 'The field stays.',
    direction: 'NONE',
    mirror: 'payload/field-deprecated',
  },
  'payload/documentation-changed': {
    severity: 'info',
    title: 'The documentation of a field changed',
    message: ({ field }) => `the documentation of ${field} changed`,
    reason: 'Documentation only. Check it when it changes what a field means: then it is a different field.',
    direction: 'NONE',
    mirror: 'payload/documentation-changed',
  },
} as const satisfies Readonly<Record<string, PayloadRow>>;
