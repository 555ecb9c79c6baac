import type { PayloadRow } from './row.ts';

/** Changes of what a field may be. */
export const PAYLOAD_TYPE_RULES = {
  'payload/added': {
    severity: 'error',
    title: 'A schema was given where there was none',
    message: ({ subject }) => `${subject} had no schema here and has one now`,
    reason:
      'Until now the contract let anything through; what was sent under it need not fit the schema. Start with a schema that describes what is really sent, then tighten it in versions.',
    direction: 'BACKWARD',
    mirror: 'payload/removed',
  },
  'payload/removed': {
    severity: 'error',
    title: 'The schema is gone',
    message: ({ subject }) => `${subject} had a schema here and has none now`,
    reason:
      'Consumers were promised a shape and are promised none: a producer may send anything from now on. Keep the schema, and open it where it is too narrow.',
    direction: 'FORWARD',
    mirror: 'payload/added',
  },
  'payload/dialect-changed': {
    severity: 'error',
    title: 'The schema is read by another edition',
    message: ({ from, to }) => `the schema was ${from} and is ${to}`,
    reason:
      'The same words mean something else in another edition of JSON Schema: `items` with a list, `$ref` with neighbours, `prefixItems`. The proof reads each side in its own edition.',
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
      'The schemas are compared as a whole, whatever their keywords are called. A change that no other rule names is shown by its keywords; changes that break only in combination are listed, and undoing any one of them may be enough.',
    direction: 'FULL',
    mirror: 'payload/changed',
  },
  'payload/undecided': {
    severity: 'error',
    title: 'It is not known whether a change breaks',
    message: ({ subject, from }) =>
      `it could not be decided whether the change of ${subject} breaks: ${from}`,
    reason:
      'The engine found neither a proof nor a message that breaks within its bounds, and does not guess. Simplify the keyword that the report names, or approve the change with your own reason.',
    direction: 'FULL',
    mirror: 'payload/undecided',
  },
  'payload/type-widened': {
    severity: 'error',
    title: 'A field may hold more types',
    message: ({ field, from, to }) => `${field} was ${from} and may now be ${to}`,
    reason:
      'Code that reads the old contract parses, stores and calculates with the old type. It refuses the first message of the new one. Add a field beside the old one, or a new version of the message.',
    direction: 'FORWARD',
    mirror: 'payload/type-narrowed',
  },
  'payload/type-narrowed': {
    severity: 'error',
    title: 'A field may hold fewer types',
    message: ({ field, from, to }) => `${field} was ${from} and must now be ${to}`,
    reason:
      'Messages that are under way or kept may still hold the types that are no longer allowed, and producers that run on send them. Bring in a new version with an upcaster that converts.',
    direction: 'BACKWARD',
    mirror: 'payload/type-widened',
  },
  'payload/type-changed': {
    severity: 'error',
    title: 'A field has another type',
    message: ({ field, from, to }) => `${field} was ${from} and is now ${to}`,
    reason:
      'Neither side understands the other. Add a field of the new type beside the old one, fill both for a time, and retire the old one with a version.',
    direction: 'FULL',
    mirror: 'payload/type-changed',
  },
  'payload/null-allowed': {
    severity: 'error',
    title: 'A field may be null',
    message: ({ field }) => `${field} may now be null`,
    reason:
      'A consumer that was promised a value meets none. Leave the property out instead of sending null where it is optional, or bring in a new version.',
    direction: 'FORWARD',
    mirror: 'payload/null-refused',
  },
  'payload/null-refused': {
    severity: 'error',
    title: 'A field may no longer be null',
    message: ({ field }) => `${field} may no longer be null`,
    reason:
      'Messages under way or kept may hold null. Consumers should go on taking it until the last of them is gone.',
    direction: 'BACKWARD',
    mirror: 'payload/null-allowed',
  },
  'payload/property-added': {
    severity: 'error',
    title: 'An optional property was added',
    message: ({ field }) => `${field} was added, optional`,
    reason:
      'Safe where consumers leave their objects open: they pass over what they do not know. A consumer whose schema is closed (`additionalProperties: false`) refuses it. Under the policy `literal` it is unsafe too, since old messages may have held anything under that name.',
    direction: 'FORWARD',
    mirror: 'payload/property-removed',
  },
  'payload/property-removed': {
    severity: 'warning',
    title: 'An optional property was removed',
    message: ({ field }) => `${field} was removed; it was optional`,
    reason:
      'No schema breaks, for nobody was promised the property; but whoever read it finds nothing from now on. Deprecate it first and ask who reads it. Where the new schema is closed, old messages that have it are refused.',
    direction: 'BACKWARD',
    mirror: 'payload/property-added',
  },
  'payload/required-property-added': {
    severity: 'error',
    title: 'A required property was added',
    message: ({ field }) => `${field} was added, required`,
    reason:
      'Messages under way or kept do not have it, and producers that run on do not send it. Make it optional, and let consumers do without it.',
    direction: 'BACKWARD',
    mirror: 'payload/required-property-removed',
  },
  'payload/required-property-removed': {
    severity: 'error',
    title: 'A required property was removed',
    message: ({ field }) => `${field} was removed; it was required`,
    reason:
      'Consumers were promised it and refuse messages without it. Go on sending it until the last consumer of this version is gone.',
    direction: 'FORWARD',
    mirror: 'payload/required-property-added',
  },
  'payload/property-renamed': {
    severity: 'warning',
    title: 'A property has another name',
    message: ({ field, to }) => `${field} is now called ${to}`,
    reason:
      'To every program a renamed property is one that is gone and another that came. Even where both are optional, readers of the old name find nothing. Send both for a time.',
    direction: 'FULL',
    mirror: 'payload/property-renamed',
  },
  'payload/property-made-required': {
    severity: 'error',
    title: 'An optional property became required',
    message: ({ field }) => `${field} was optional and is now required`,
    reason:
      'Messages without it are under way, kept, and still being sent. Leave it optional, and check for it where it is needed.',
    direction: 'BACKWARD',
    mirror: 'payload/property-made-optional',
  },
  'payload/property-made-optional': {
    severity: 'error',
    title: 'A required property became optional',
    message: ({ field }) => `${field} was required and is now optional`,
    reason: 'Consumers rely on it and refuse messages without it. Go on sending it always.',
    direction: 'FORWARD',
    mirror: 'payload/property-made-required',
  },
  'payload/enum-value-added': {
    severity: 'error',
    title: 'A field has more values',
    message: ({ field, to }) => `${field} may now also be ${to}`,
    reason:
      'Consumers that know the old list refuse the new value; generated code has no branch for it. Let consumers learn the value before anybody sends it, or bring in a new version.',
    direction: 'FORWARD',
    mirror: 'payload/enum-value-removed',
  },
  'payload/enum-value-removed': {
    severity: 'error',
    title: 'A field has fewer values',
    message: ({ field, from }) => `${field} may no longer be ${from}`,
    reason:
      'Messages under way or kept may hold the value. Stop sending it, and keep it in the list until they are gone.',
    direction: 'BACKWARD',
    mirror: 'payload/enum-value-added',
  },
  'payload/enum-added': {
    severity: 'error',
    title: 'A field is limited to a list of values',
    message: ({ field, to }) => `${field} could hold anything of its type and must now be ${to}`,
    reason:
      'What was free text is a list now; what was sent as free text may not be in it. List what is really sent, or keep the text free and document the values.',
    direction: 'BACKWARD',
    mirror: 'payload/enum-removed',
  },
  'payload/enum-removed': {
    severity: 'error',
    title: 'A field is no longer limited to a list of values',
    message: ({ field, from }) => `${field} had to be ${from} and may now hold anything of its type`,
    reason: 'Consumers branch over the values that they know and refuse all others. Bring in a new version.',
    direction: 'FORWARD',
    mirror: 'payload/enum-added',
  },
  'payload/const-changed': {
    severity: 'error',
    title: 'A fixed value is another one',
    message: ({ field, from, to }) => `${field} was always ${from} and is now always ${to}`,
    reason:
      'A fixed value tells consumers what they have before them; with another one they take it for something else. A new meaning is a new message or version.',
    direction: 'FULL',
    mirror: 'payload/const-changed',
  },
} as const satisfies Readonly<Record<string, PayloadRow>>;
