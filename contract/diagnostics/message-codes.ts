import { andOthers, code, meant } from './code.ts';

/** What a reader asks of a message that its sender does not promise. */
export interface ReaderParams {
  readonly fault: 'never-sent' | 'not-always-sent' | 'not-allowed' | 'refused' | 'unknown';
  readonly part: 'payload' | 'headers';
  /** Empty for the part as a whole. */
  readonly field: string;
  /** The message, as its sender calls it. */
  readonly sent: string;
  readonly senders: string;
  readonly readers: string;
  /** How many more messages it is wrong for. */
  readonly others: number;
  /** Why a value is refused, or why nothing is known. */
  readonly reason: string;
}

/** What may be wrong with messages, and with the services that send and receive them. */
export const MESSAGE_CODES = {
  'message/example-invalid': code<{
    example: number;
    message: string;
    /** How many more messages have it, from a trait. */
    others: number;
    part: string;
    expected: string;
    found: string;
    fix?: string;
  }>({
    severity: 'error',
    title: 'An example contradicts its schema',
    message: ({ example, message, part, others }) =>
      `example ${example} of ${andOthers(message, others)} does not match its ${part}`,
    note: ({ expected, found }) => `${found}; the schema wants ${expected}`,
    fix: ({ fix }) => fix,
  }),
  'message/duplicate-identity': code<{ name: string; version: string }>({
    severity: 'warning',
    title: 'Two messages have one name and version',
    message: ({ name, version }) => `there is another message \`${name}\` ${version} in this document`,
    fix: () => 'Refer to one definition with `$ref`, or give one of them another `x-contract.version`.',
  }),
  'message/indistinguishable': code<{ name: string; version: string; address: string }>({
    severity: 'error',
    title: 'Two messages at one address have one name and version',
    message: ({ name, version, address }) =>
      `there are two messages \`${name}\` ${version} at \`${address}\`: nothing tells a consumer which one it has received`,
    fix: () => 'Give one of them another `name`, or another `x-contract.version`.',
  }),
  'message/content-type-no-codec': code<{
    name: string;
    version: string;
    type: string;
    kind: 'charset' | 'text' | 'other';
  }>({
    severity: 'error',
    title: 'A content type has no codec',
    message: ({ name, version, type, kind }) =>
      kind === 'charset'
        ? `text is sent and received in UTF-8, and \`${name}\` ${version} has the content type \`${type}\``
        : kind === 'text'
          ? `\`${name}\` ${version} has the content type \`${type}\`, but its payload is not a string: it cannot be sent`
          : `the payload of \`${name}\` ${version} is not JSON, and its schema is not one of bytes: there is no codec for the content type \`${type}\``,
    fix: ({ kind }) =>
      kind === 'charset'
        ? 'Write `charset=utf-8`.'
        : kind === 'text'
          ? 'Write `type: string` in the payload, or another `contentType`.'
          : 'Send it as JSON (`application/json`) or by an Avro schema, or describe bytes that the application encodes: `payload: { type: string, format: binary }`. With a codec of your own, turn this check off.',
  }),
  'message/content-type-charset': code<{ name: string; version: string; type: string }>({
    severity: 'info',
    title: 'A text content type names no charset',
    message: ({ name, version, type }) =>
      `the content type \`${type}\` of \`${name}\` ${version} names no charset: it is sent in UTF-8, and others may read it as US-ASCII`,
    fix: ({ type }) => `Write \`${type.trim()}; charset=utf-8\`.`,
  }),
  'message/described-differently': code<{ name: string; version: string }>({
    severity: 'warning',
    title: 'Two services describe one message differently',
    message: ({ name, version }) => `another sender describes \`${name}\` ${version} differently`,
    fix: () => 'Let one service define the message and the other refer to it with `$ref`.',
  }),
  'message/envelope-mismatch': code<{ part: string; expected: string; found: string }>({
    severity: 'error',
    title: 'The envelope contradicts the contract',
    message: ({ part, expected }) => `the envelope's ${part} must be \`${expected}\`, as the contract says`,
    note: ({ found }) => found,
    fix: ({ part, expected }) =>
      `Let the schema say \`const: ${part === 'version' ? `'${expected}'` : expected}\`, or change the ${part === 'version' ? '`x-contract.version`' : '`name`'} of the message.`,
  }),
  'message/path-unknown': code<{
    what: string;
    path: string;
    message: string;
    /** How many more messages it is wrong for. */
    others: number;
    /** How many more paths lead nowhere. */
    more: number;
    suggestion: string | undefined;
  }>({
    severity: 'error',
    title: 'A path does not resolve to a field of the message',
    message: ({ what, path, message, others, more, suggestion }) =>
      more > 0
        ? `${what} \`${path}\` and ${more} more paths do not resolve to a field of ${andOthers(message, others)}`
        : `${what} \`${path}\` does not resolve to a field of ${andOthers(message, others)}${meant(suggestion)}`,
  }),
  'message/upcast-missing': code<{ name: string; from: string; to: string }>({
    severity: 'warning',
    title: 'An older version has no way to the newest',
    message: ({ name, from, to }) => `nothing says how \`${name}\` ${from} becomes ${to}`,
    fix: ({ from }) =>
      `Add \`upcasts: [{ from: '${from}' }]\` to the newer version's x-contract; until then each consumer has to bring a function.`,
  }),
  'message/upcast-from-unknown': code<{
    name: string;
    from: string;
    versions: readonly string[];
    suggestion: string | undefined;
  }>({
    severity: 'error',
    title: 'An upcast comes from a version that does not exist',
    message: ({ name, from, suggestion }) =>
      `there is no older version \`${from}\` of \`${name}\`${meant(suggestion)}`,
    fix: ({ versions, suggestion }) =>
      suggestion === undefined && versions.length > 0
        ? `The older versions are ${versions.map((it) => `\`${it}\``).join(', ')}.`
        : undefined,
  }),
  'message/upcast-path-unknown': code<{ path: string; message: string; suggestion: string | undefined }>({
    severity: 'error',
    title: 'An upcast names a field that the message does not have',
    message: ({ path, message, suggestion }) =>
      `\`${path}\` does not resolve to a field of ${message}${meant(suggestion)}`,
  }),
  'message/upcast-default-invalid': code<{ path: string; expected: string; found: string; fix?: string }>({
    severity: 'error',
    title: 'The default of an upcast is not what the field may hold',
    message: ({ path }) => `the default for \`${path}\` does not match the schema`,
    note: ({ expected, found }) => `${found}; the schema wants ${expected}`,
    fix: ({ fix }) => fix,
  }),
  'message/upcast-incomplete': code<{ from: string; to: string; path: string; why: string }>({
    severity: 'error',
    title: 'An upcast does not make a valid message of every older one',
    message: ({ from, to, path, why }) =>
      `not every valid ${from} message becomes a valid ${to} message: ${path === '' ? 'it' : `\`${path}\``} ${why}`,
    fix: () =>
      'Say where the value comes from (`move`), give one for missing fields (`default`), or drop the field (`remove`); if none fits, write `function: true`.',
  }),
  'message/no-sender': code<{ name: string; service: string; suggestion: string | undefined }>({
    severity: 'warning',
    title: 'A message is received but never sent',
    message: ({ name, service, suggestion }) =>
      `${service} receives \`${name}\`, which no service of the workspace sends${meant(suggestion)}`,
    fix: ({ suggestion }) =>
      suggestion
        ? undefined
        : 'Add the contract of its sender, or the operation of the sender to its contract.',
  }),
  'message/reader-needs-more': code<ReaderParams>({
    severity: 'error',
    title: 'A reader needs more than its sender promises',
    message: ({ fault, part, field, sent, senders, readers, others, reason }) => {
      const of = andOthers(sent, others);
      const name = part === 'headers' ? `the header \`${field}\`` : `\`${field}\``;
      switch (fault) {
        case 'never-sent':
          return `${name} is required by ${readers}, but never sent by ${senders} in ${of}`;
        case 'not-always-sent':
          return `${name} is required by ${readers}, but not always sent by ${senders} in ${of}`;
        case 'not-allowed':
          return `${name} may be sent by ${senders} in ${of}, but is not allowed by ${readers}`;
        case 'refused':
          return `${field === '' ? `the ${part}` : name} that ${senders} may send in ${of} is refused by ${readers}: ${reason}`;
        case 'unknown':
          return `it is not known whether ${readers} can read all that ${senders} may send as ${of}: ${reason}`;
      }
    },
    fix: ({ fault, field, readers, senders }) => {
      switch (fault) {
        case 'never-sent':
        case 'not-always-sent':
          return `Leave \`${field}\` optional in the contract of ${readers}, or let ${senders} always send it.`;
        case 'not-allowed':
          return `Let ${readers} allow unknown properties, or agree with ${senders} on \`${field}\`.`;
        case 'refused':
          return `Let ${readers} accept all that ${senders} may send, or let ${senders} promise less.`;
        case 'unknown':
          return `Refer to the sender's message with \`$ref\`; else compare the two by hand, and turn this off.`;
      }
    },
  }),
  'message/no-description': code<{ message: string }>({
    severity: 'warning',
    title: 'A message has no description',
    message: ({ message }) => `${message} has neither a summary nor a description`,
    fix: () => 'Say in a `summary` what has happened when this message is seen.',
  }),
  'message/required-replaced': code<{ names: readonly string[]; all: readonly string[] }>({
    severity: 'warning',
    title: 'A list of required headers is lost in the merge with a trait',
    message: ({ names }) =>
      `this \`required\` takes the place of another one of the same headers: ${names.map((it) => `\`${it}\``).join(', ')} ${names.length === 1 ? 'is' : 'are'} no longer required`,
    fix: ({ all }) => `Name all of them here: \`required: [${all.join(', ')}]\`.`,
  }),
  'message/no-example': code<{ message: string }>({
    severity: 'warning',
    preset: 'strict',
    title: 'A message has no example',
    message: ({ message }) => `${message} has no example`,
    fix: () => 'Add one under `examples`: it is checked, shown in the catalog and used by mocks.',
  }),
  'message/no-identity': code<{ message: string }>({
    severity: 'warning',
    preset: 'strict',
    title: 'A message has no identity for de-duplication',
    message: ({ message }) => `${message} does not say what makes two deliveries the same message`,
    fix: () => 'Name the field under `x-contract.identity`, such as `[/eventId]`.',
  }),
  'message/no-ordering-key': code<{ message: string }>({
    severity: 'warning',
    preset: 'strict',
    title: 'A message has no ordering key',
    message: ({ message }) => `${message} does not say which messages it keeps its order with`,
    fix: () => 'Name the field under `x-contract.orderingKey`, such as `/aggregateId`.',
  }),
  'message/no-retention': code<{ message: string }>({
    severity: 'warning',
    preset: 'strict',
    title: 'A message does not say how long it is kept',
    message: ({ message }) => `${message} does not say for how long it can be read again`,
    fix: () => 'Say so under `x-contract.retention`, such as `P7D`.',
  }),
  'message/no-version': code<{ message: string }>({
    severity: 'warning',
    preset: 'strict',
    title: 'A message has no version',
    message: ({ message }) => `${message} does not say which version of its contract this is`,
    fix: () => "Say so under `x-contract.version`, such as `'1.0'`.",
  }),
  'message/event-tense': code<{ message: string; name: string }>({
    severity: 'warning',
    preset: 'strict',
    title: 'An event is not named after what has happened',
    message: ({ message, name }) =>
      message === name
        ? `the event \`${name}\` is not in the past tense`
        : `the event ${message} is named \`${name}\`, which is not in the past tense`,
    fix: () => 'Name it after the fact (`order.placed`), or set `x-contract.kind` to `command`.',
  }),
  'message/command-mood': code<{ message: string; name: string }>({
    severity: 'warning',
    preset: 'strict',
    title: 'A command is named as if it had happened',
    message: ({ name }) => `the command \`${name}\` is in the past tense`,
    fix: () => 'Name it after what shall be done (`place.order`), or set `x-contract.kind` to `event`.',
  }),
  'message/name-case': code<{ name: string; style: string; usual: string }>({
    severity: 'warning',
    preset: 'strict',
    title: 'The names of a domain are written in several ways',
    message: ({ name, style, usual }) => `\`${name}\` is ${style}; most names of this domain are ${usual}`,
    fix: ({ usual }) => `Name it like the others (${usual}), in a new version of the message.`,
  }),
  'service/no-owner': code<{ service: string }>({
    severity: 'warning',
    preset: 'strict',
    title: 'A service has no owner',
    message: ({ service }) => `${service} has no owner`,
    fix: () => 'Name the team under `info.contact.name`.',
  }),
} as const;
