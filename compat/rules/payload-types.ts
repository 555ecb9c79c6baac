import type { PayloadRow } from './row.ts';

/** Changes of what a field may be. */
export const PAYLOAD_TYPE_RULES = {
  'payload/added': {
    severity: 'error',
    title: 'A schema was added',
    message: ({ subject }) => `${subject} had no schema here and has one now`,
    reason:
      'So far the contract allowed anything; messages sent under it may not match the schema. Start with a schema that describes what is really sent, then narrow it in new versions.',
    direction: 'BACKWARD',
    mirror: 'payload/removed',
  },
  'payload/removed': {
    severity: 'error',
    title: 'A schema was removed',
    message: ({ subject }) => `${subject} had a schema here and has none now`,
    reason:
      'Consumers rely on a shape that is no longer guaranteed: a producer may send anything. Keep the schema, and widen it where it is too narrow.',
    direction: 'FORWARD',
    mirror: 'payload/added',
  },
  'payload/dialect-changed': {
    severity: 'error',
    title: 'The JSON Schema dialect changed',
    message: ({ from, to }) => `the dialect of the schema changed: ${from} -> ${to}`,
    reason:
      'The same keywords mean something else in another dialect of JSON Schema: `items` with an array, `$ref` with siblings, `prefixItems`. The proof reads each side in its own dialect.',
    direction: 'FULL',
    mirror: 'payload/dialect-changed',
  },
  'payload/changed': {
    severity: 'error',
    title: 'A schema changed',
    message: ({ subject, from }) =>
      from === ''
        ? `these changes break ${subject} only in combination`
        : `the schema of ${subject} changed: ${from}`,
    reason:
      'The schemas are compared as a whole, whatever keywords they use. A change without a rule of its own is shown by its keywords; changes that break only in combination are listed, and undoing any one of them may be enough.',
    direction: 'FULL',
    mirror: 'payload/changed',
  },
  'payload/undecided': {
    severity: 'error',
    title: 'It is unknown whether a change breaks',
    message: ({ subject, from }) =>
      `it could not be decided whether the change of ${subject} breaks: ${from}`,
    reason:
      'The engine found neither a proof nor a message that breaks within its limits, and does not guess. Simplify the keyword that the report names, or approve the change with a reason.',
    direction: 'FULL',
    mirror: 'payload/undecided',
  },
  'payload/type-widened': {
    severity: 'error',
    title: 'A field accepts more types',
    message: ({ field, from, to }) => `${field} accepts more types: ${from} -> ${to}`,
    reason:
      'Code written for the old contract parses, stores and computes with the old type, and rejects the first message with the new one. Add a field beside the old one, or a new version of the message.',
    direction: 'FORWARD',
    mirror: 'payload/type-narrowed',
  },
  'payload/type-narrowed': {
    severity: 'error',
    title: 'A field accepts fewer types',
    message: ({ field, from, to }) => `${field} accepts fewer types: ${from} -> ${to}`,
    reason:
      'Messages in flight or stored may still have the removed types, and producers not yet upgraded send them. Add a new version with an upcast that converts.',
    direction: 'BACKWARD',
    mirror: 'payload/type-widened',
  },
  'payload/type-changed': {
    severity: 'error',
    title: 'The type of a field changed',
    message: ({ field, from, to }) => `the type of ${field} changed: ${from} -> ${to}`,
    reason:
      'Neither side understands the other. Add a field of the new type beside the old one, fill both for a while, and remove the old one in a new version.',
    direction: 'FULL',
    mirror: 'payload/type-changed',
  },
  'payload/name-changed': {
    severity: 'error',
    title: 'The name of an Avro type changed',
    message: ({ field, from, to }) => `the Avro type of ${field} changed its name: ${from} -> ${to}`,
    reason:
      'Avro matches records, enums and fixed by their names without the namespace. An alias in the new schema lets new readers read old messages; old readers do not know the new name. Keep the name.',
    direction: 'FULL',
    mirror: 'payload/name-changed',
  },
  'payload/size-changed': {
    severity: 'error',
    title: 'The size of an Avro fixed changed',
    message: ({ field, from, to }) => `the size of ${field} changed: ${from} -> ${to} bytes`,
    reason:
      'Avro reads a fixed only into one of the same size. Add a field of the new size beside the old one, fill both for a while, and remove the old one in a new version.',
    direction: 'FULL',
    mirror: 'payload/size-changed',
  },
  'payload/logical-type-changed': {
    severity: 'warning',
    title: 'The logical type of an Avro field changed',
    message: ({ field, from, to }) => `the logical type of ${field} changed: ${from} -> ${to}`,
    reason:
      'Two decimals match only if precision and scale are equal. Other logical types are no matter of schema resolution: the bytes are read, and what they stand for is taken for something else (milliseconds for microseconds). Add a field of the new logical type beside the old one.',
    direction: 'FULL',
    mirror: 'payload/logical-type-changed',
  },
  'payload/null-allowed': {
    severity: 'error',
    title: 'A field may be null',
    message: ({ field }) => `${field} may now be null`,
    reason:
      'A consumer that relies on a value receives null. Leave the property out instead of sending null where it is optional, or add a new version.',
    direction: 'FORWARD',
    mirror: 'payload/null-refused',
  },
  'payload/null-refused': {
    severity: 'error',
    title: 'A field may no longer be null',
    message: ({ field }) => `${field} may no longer be null`,
    reason:
      'Messages in flight or stored may contain null. Consumers should keep accepting it until the last of them is gone.',
    direction: 'BACKWARD',
    mirror: 'payload/null-allowed',
  },
  'payload/property-added': {
    severity: 'error',
    title: 'An optional property was added',
    message: ({ field }) => `the optional property ${field} was added`,
    reason:
      'Safe where the schemas of consumers are open: they ignore unknown properties. A consumer with a closed schema (`additionalProperties: false`) rejects it. Under the policy `literal` it is unsafe too, since old messages may have any value under that name.',
    direction: 'FORWARD',
    mirror: 'payload/property-removed',
  },
  'payload/property-removed': {
    severity: 'warning',
    title: 'An optional property was removed',
    message: ({ field }) => `the optional property ${field} was removed`,
    reason:
      'No schema breaks, since the property was never guaranteed; but consumers that read it find nothing from now on. Deprecate it first and find out who reads it. Where the new schema is closed, old messages that have it are rejected.',
    direction: 'BACKWARD',
    mirror: 'payload/property-added',
  },
  'payload/required-property-added': {
    severity: 'error',
    title: 'A required property was added',
    message: ({ field }) => `the required property ${field} was added`,
    reason:
      'Messages in flight or stored do not have it, and producers not yet upgraded do not send it. Make it optional, and let consumers work without it.',
    direction: 'BACKWARD',
    mirror: 'payload/required-property-removed',
  },
  'payload/required-property-removed': {
    severity: 'error',
    title: 'A required property was removed',
    message: ({ field }) => `the required property ${field} was removed`,
    reason:
      'Consumers rely on it and reject messages without it. Keep sending it until the last consumer of this version is gone.',
    direction: 'FORWARD',
    mirror: 'payload/required-property-added',
  },
  'payload/property-renamed': {
    severity: 'warning',
    title: 'A property was renamed',
    message: ({ field, to }) => `${field} was renamed to ${to}`,
    reason:
      'To every program a renamed property is one removed and another added. Even where both are optional, readers of the old name find nothing. Send both for a while.',
    direction: 'FULL',
    mirror: 'payload/property-renamed',
  },
  'payload/property-made-required': {
    severity: 'error',
    title: 'An optional property became required',
    message: ({ field }) => `${field} was optional and is now required`,
    reason:
      'Messages without it are in flight, stored, and still being sent. Keep it optional, and check for it where it is needed.',
    direction: 'BACKWARD',
    mirror: 'payload/property-made-optional',
  },
  'payload/property-made-optional': {
    severity: 'error',
    title: 'A required property became optional',
    message: ({ field }) => `${field} was required and is now optional`,
    reason: 'Consumers rely on it and reject messages without it. Keep sending it always.',
    direction: 'FORWARD',
    mirror: 'payload/property-made-required',
  },
  'payload/enum-value-added': {
    severity: 'error',
    title: 'An enum value was added',
    message: ({ field, to }) => `${field} may now also be ${to}`,
    reason:
      'Consumers that know the old values reject the new one; generated code has no branch for it. Upgrade consumers before it is sent, or add a new version.',
    direction: 'FORWARD',
    mirror: 'payload/enum-value-removed',
  },
  'payload/enum-value-removed': {
    severity: 'error',
    title: 'An enum value was removed',
    message: ({ field, from }) => `${field} may no longer be ${from}`,
    reason:
      'Messages in flight or stored may have the value. Stop sending it, and keep it in the enum until they are gone.',
    direction: 'BACKWARD',
    mirror: 'payload/enum-value-added',
  },
  'payload/enum-added': {
    severity: 'error',
    title: 'A field is restricted to an enum',
    message: ({ field, to }) => `${field} could be any value of its type and must now be ${to}`,
    reason:
      'Values sent so far may not be in the enum. List what is really sent, or leave the field unrestricted and document the values.',
    direction: 'BACKWARD',
    mirror: 'payload/enum-removed',
  },
  'payload/enum-removed': {
    severity: 'error',
    title: 'A field is no longer restricted to an enum',
    message: ({ field, from }) => `${field} had to be ${from} and may now be any value of its type`,
    reason: 'Consumers switch over the values that they know and reject all others. Add a new version.',
    direction: 'FORWARD',
    mirror: 'payload/enum-added',
  },
  'payload/const-changed': {
    severity: 'error',
    title: 'A constant changed',
    message: ({ field, from, to }) => `the constant ${field} changed: ${from} -> ${to}`,
    reason:
      'Consumers identify the message or variant by its constant; with another one they take it for something else. A new meaning is a new message or version.',
    direction: 'FULL',
    mirror: 'payload/const-changed',
  },
} as const satisfies Readonly<Record<string, PayloadRow>>;
