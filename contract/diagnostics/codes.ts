import type { JsonValue } from '../source/source.ts';
import { COMPAT_CODES } from './compat-codes.ts';
import type { Severity } from './severity.ts';

/** The texts of one code. `params` are the particulars of a finding. */
export interface CodeDefinition<Params> {
  readonly severity: Severity;
  /** Left out of the recommended preset. */
  readonly preset?: 'strict';
  /** The code in a few words, for lists and for the head of its page. */
  readonly title: string;
  readonly message: (params: Params) => string;
  readonly note?: (params: Params) => string | undefined;
  readonly mend?: (params: Params) => string | undefined;
}

function code<Params>(definition: CodeDefinition<Params>): CodeDefinition<Params> {
  return definition;
}

/** A name in braces in a URL or an address. */
interface VariableParams {
  readonly name: string;
  readonly text: string;
  readonly suggestion: string | undefined;
}

function meant(suggestion: string | undefined): string {
  return suggestion ? `; did you mean \`${suggestion}\`?` : '';
}

/**
 * Every code with its texts. A code is `<what is at fault>/<how>`; it never changes its meaning once released, and each
 * has a page in docs/diagnostics.
 */
export const CODES = {
  ...COMPAT_CODES,
  'file/unreadable': code<{ file: string; reason: string }>({
    severity: 'error',
    title: 'A file cannot be read',
    message: ({ file, reason }) => `cannot read ${file}: ${reason}`,
    mend: () => 'Check the path and the permissions.',
  }),
  'file/malformed': code<{ reason: string }>({
    severity: 'error',
    title: 'A file is neither YAML nor JSON',
    message: ({ reason }) => `the file cannot be parsed: ${reason}`,
  }),
  'document/not-asyncapi': code<{ file: string; found: string; key: string | undefined }>({
    severity: 'error',
    title: 'A file is no AsyncAPI document',
    message: ({ file, key }) =>
      key === undefined
        ? `${file} is not an AsyncAPI document`
        : `\`${key}\` does not make an AsyncAPI document; did you mean \`asyncapi\`?`,
    note: ({ found, key }) => (key === undefined ? found : undefined),
    mend: ({ key }) =>
      key === undefined ? 'An AsyncAPI document begins with `asyncapi: 3.1.0`.' : undefined,
  }),
  'document/unsupported-version': code<{ version: string; meant: string | undefined; read: string }>({
    severity: 'error',
    title: 'The version of AsyncAPI is not read',
    message: ({ version, meant }) =>
      `AsyncAPI ${version} is not a version of the standard${meant ? `; did you mean \`${meant}\`?` : ''}`,
    mend: ({ meant, read }) => (meant ? undefined : `Chirograph reads ${read}.`),
  }),
  'document/key-not-text': code<{ key: string }>({
    severity: 'error',
    title: 'A key is not a text',
    message: ({ key }) => `the key \`${key}\` is not a text`,
    mend: ({ key }) => `Write '${key}', in quotes.`,
  }),
  'document/wrong-shape': code<{ what: string; expected: string; found: string; mend?: string }>({
    severity: 'error',
    title: 'A part of a document has the wrong shape',
    message: ({ what, expected }) => `${what} must be ${expected}`,
    note: ({ found }) => found,
    mend: ({ mend }) => mend,
  }),
  'document/unknown-key': code<{ key: string; owner: string; suggestion: string | undefined; known: string }>(
    {
      severity: 'error',
      title: 'A key is not part of the standard',
      message: ({ key, owner, suggestion }) =>
        `\`${key}\` is not a key of ${owner}${suggestion ? `; did you mean \`${suggestion}\`?` : ''}`,
      mend: ({ suggestion, known }) =>
        suggestion ? undefined : `Keys of your own start with \`x-\`. Known here: ${known}.`,
    },
  ),
  'document/missing-key': code<{ keys: readonly string[]; owner: string }>({
    severity: 'error',
    title: 'A required key is missing',
    message: ({ keys, owner }) => `${owner} needs ${keys.map((key) => `\`${key}\``).join(' or ')}`,
  }),
  'document/unknown-value': code<{
    what: string;
    value: JsonValue;
    allowed: readonly JsonValue[];
    suggestion: string | undefined;
  }>({
    severity: 'error',
    title: 'A value is not one of those allowed',
    message: ({ what, value, suggestion }) =>
      `${what} cannot be \`${typeof value === 'string' ? value : JSON.stringify(value)}\`${suggestion ? `; did you mean \`${suggestion}\`?` : ''}`,
    mend: ({ allowed, suggestion }) =>
      suggestion ? undefined : `Allowed here: ${allowed.map((it) => `\`${String(it)}\``).join(', ')}.`,
  }),
  'document/wrong-value': code<{ what: string; expected: string; found: string }>({
    severity: 'error',
    title: 'A value is not what the standard wants',
    message: ({ what, expected }) => `${what} must be ${expected}`,
    note: ({ found }) => found,
  }),
  'document/duplicate-item': code<{ what: string; first: number; second: number }>({
    severity: 'error',
    title: 'A list holds the same item twice',
    message: ({ what, first, second }) => `items ${first} and ${second} of ${what} are equal`,
    mend: () => 'Remove one of them.',
  }),
  'reference/unresolved': code<{ ref: string; suggestion: string | undefined }>({
    severity: 'error',
    title: 'A reference leads nowhere',
    message: ({ ref, suggestion }) =>
      `\`${ref}\` leads nowhere${suggestion ? `; did you mean \`${suggestion}\`?` : ''}`,
  }),
  'reference/circular': code<{ ref: string }>({
    severity: 'error',
    title: 'References lead back to themselves',
    message: ({ ref }) => `\`${ref}\` leads back to itself and never to a definition`,
    mend: () => 'Let one of the references point at the definition itself.',
  }),
  'reference/not-allowed': code<{ owner: string }>({
    severity: 'error',
    title: 'A reference stands where none may',
    message: ({ owner }) => `${owner} cannot be a \`$ref\``,
    mend: () => 'Write it here, or put the reference one level deeper.',
  }),
  'reference/not-text': code<{ expected: string; found: string }>({
    severity: 'error',
    title: 'A `$ref` is not a string',
    message: ({ expected }) => `\`$ref\` must be ${expected}`,
    note: ({ found }) => found,
  }),
  'reference/expected': code<{ what: string }>({
    severity: 'error',
    title: 'Only a reference may stand here',
    message: ({ what }) => `${what} must be a \`$ref\``,
    mend: () => 'Define it where it belongs, under `channels` or `components`, and refer to it.',
  }),
  'reference/siblings-ignored': code<{ keys: readonly string[] }>({
    severity: 'warning',
    title: 'What stands beside a `$ref` is ignored',
    message: ({ keys }) =>
      `${keys.map((key) => `\`${key}\``).join(', ')} beside \`$ref\` ${keys.length === 1 ? 'is' : 'are'} ignored`,
    mend: () => 'In a schema, write `allOf: [{ $ref: ... }]` and the other keys beside it.',
  }),
  'reference/remote': code<{ ref: string }>({
    severity: 'error',
    title: 'A reference leads out to the network',
    message: ({ ref }) => `\`${ref}\` is on the network, and nothing is fetched`,
    mend: () => 'Keep a copy of the file in the workspace and refer to that.',
  }),
  'reference/outside': code<{ ref: string }>({
    severity: 'error',
    title: 'A reference leaves the workspace',
    message: ({ ref }) => `\`${ref}\` leaves the workspace`,
    mend: () => 'Move the file into the workspace, or run from a folder that holds both.',
  }),
  'schema/format-unknown': code<{ format: string; suggestion: string | undefined }>({
    severity: 'warning',
    title: 'A format means nothing to anybody',
    message: ({ format, suggestion }) => `\`${format}\` is not a known format${meant(suggestion)}`,
    note: () => 'values are not checked',
  }),
  'schema/pattern-slow': code<{ pattern: string }>({
    severity: 'warning',
    title: 'A pattern may take exponential time',
    message: () => 'this pattern may take for ever on a text that does not match it',
    mend: () => 'Let no two loops of it match the same text: `^(a+)+$` is `^a+$`.',
  }),
  'schema/required-unknown': code<{ name: string; suggestion: string | undefined }>({
    severity: 'warning',
    title: 'A required key is not described',
    message: ({ name, suggestion }) => `\`${name}\` is required, but not described${meant(suggestion)}`,
  }),
  'schema/unsatisfiable': code<{ reason: string }>({
    severity: 'error',
    title: 'No value can meet a schema',
    message: ({ reason }) => `no value can meet this schema: ${reason}`,
  }),
  'schema/default-invalid': code<{ expected: string; found: string; mend?: string }>({
    severity: 'error',
    title: 'A default contradicts its schema',
    message: ({ expected }) => `the default must be ${expected}`,
    note: ({ found }) => found,
    mend: ({ mend }) => mend,
  }),
  'schema/example-invalid': code<{ expected: string; found: string; mend?: string }>({
    severity: 'error',
    title: 'An example in a schema contradicts it',
    message: ({ expected }) => `the example must be ${expected}`,
    note: ({ found }) => found,
    mend: ({ mend }) => mend,
  }),
  'schema/personal-data-unmarked': code<{ name: string }>({
    severity: 'warning',
    preset: 'strict',
    title: 'Data about a person is not marked',
    message: ({ name }) => `\`${name}\` looks like data about a person, and is not marked`,
    mend: () => 'Add `x-personal-data: true` (or `false`, where it is none).',
  }),
  'schema/not-read': code<{ format: string; language: string }>({
    severity: 'info',
    title: 'A schema is written in a language that is not read',
    message: ({ language, format }) =>
      language === format
        ? `schemas of the format \`${format}\` are not read: this message is not checked further`
        : `${language} schemas are not read: this message is not checked further`,
  }),
  'component/unused': code<{ key: string; kind: string }>({
    severity: 'info',
    title: 'A component is not used',
    message: ({ key, kind }) => `nothing refers to \`${key}\` of \`components.${kind}\``,
    mend: () => 'Remove it, or refer to it.',
  }),
  'channel/parameter-undescribed': code<VariableParams>({
    severity: 'error',
    title: "A parameter of a channel's address is not described",
    message: ({ name, text }) => `\`{${name}}\` of the address \`${text}\` is not under \`parameters\``,
    mend: ({ name }) => `Add \`${name}: {}\` to the parameters.`,
  }),
  'channel/parameter-unused': code<VariableParams>({
    severity: 'error',
    title: "A parameter is not in the channel's address",
    message: ({ name, text, suggestion }) =>
      `there is no \`{${name}}\` in the address \`${text}\`${meant(suggestion)}`,
  }),
  'channel/query-or-fragment': code<{ key: string }>({
    severity: 'error',
    title: 'The key of a channel holds a query or a fragment',
    message: ({ key }) => `the channel \`${key}\` cannot have \`?\` or \`#\` in its name`,
    mend: () => 'Query parameters belong into the bindings of the channel.',
  }),
  'channel/server-elsewhere': code<{ ref: string }>({
    severity: 'error',
    title: 'A channel takes a server from elsewhere than `servers`',
    message: ({ ref }) => `\`${ref}\` is not under \`servers\` of the document`,
    mend: () => 'List the server under `servers` (as a `$ref` if you like) and refer to `#/servers/<key>`.',
  }),
  'channel/unknown-server': code<{ name: string; suggestion: string | undefined }>({
    severity: 'error',
    title: 'A channel names a server that does not exist',
    message: ({ name, suggestion }) => `there is no server \`${name}\`${meant(suggestion)}`,
  }),
  'operation/channel-elsewhere': code<{ ref: string }>({
    severity: 'error',
    title: 'An operation takes its channel from elsewhere than `channels`',
    message: ({ ref }) => `\`${ref}\` is not under \`channels\` of a document`,
    mend: () =>
      'List the channel under `channels` (as a `$ref` if you like) and refer to `#/channels/<key>`.',
  }),
  'operation/duplicate-id': code<{ id: string }>({
    severity: 'error',
    title: 'Two operations have one id',
    message: ({ id }) => `there is another operation with the id \`${id}\``,
  }),
  'operation/foreign-message': code<{ ref: string; channel: string }>({
    severity: 'error',
    title: "An operation carries a message that is not its channel's",
    message: ({ ref, channel }) => `\`${ref}\` is not a message of the channel \`${channel}\``,
    mend: ({ channel }) => `Refer to \`${channel}/messages/<key>\`.`,
  }),
  'security/unknown-scheme': code<{ name: string; suggestion: string | undefined }>({
    severity: 'error',
    title: 'A security scheme does not exist',
    message: ({ name, suggestion }) =>
      `there is no security scheme \`${name}\` under \`components\`${meant(suggestion)}`,
  }),
  'security/unknown-scope': code<{
    scope: string;
    scheme: string;
    suggestion: string | undefined;
    offered: string;
  }>({
    severity: 'error',
    title: 'A scope is not offered by its security scheme',
    message: ({ scope, scheme, suggestion }) =>
      `\`${scheme}\` offers no scope \`${scope}\`${meant(suggestion)}`,
    mend: ({ suggestion, offered }) => (suggestion || !offered ? undefined : `It offers ${offered}.`),
  }),
  'server/variable-undescribed': code<VariableParams>({
    severity: 'error',
    title: "A variable of a server's URL is not described",
    message: ({ name, text }) => `\`{${name}}\` of the URL \`${text}\` is not under \`variables\``,
  }),
  'server/variable-unused': code<VariableParams>({
    severity: 'error',
    title: "A variable is not in the server's URL",
    message: ({ name, text, suggestion }) =>
      `there is no \`{${name}}\` in the URL \`${text}\`${meant(suggestion)}`,
  }),
  'tags/duplicate': code<{ name: string }>({
    severity: 'error',
    title: 'A list of tags names one twice',
    message: ({ name }) => `the tag \`${name}\` is already in this list`,
  }),
  'message/duplicate-id': code<{ id: string }>({
    severity: 'error',
    title: 'Two messages have one id',
    message: ({ id }) => `there is another message with the id \`${id}\``,
  }),
  'message/id-reused': code<{ id: string }>({
    severity: 'error',
    title: 'A message with an id stands in two operations',
    message: ({ id }) => `the message \`${id}\` stands in more than one operation`,
    mend: () => 'Leave `messageId` out of messages that several operations share; AsyncAPI 3 has no such id.',
  }),
  'message/example-invalid': code<{
    example: number;
    message: string;
    part: string;
    expected: string;
    found: string;
    mend?: string;
  }>({
    severity: 'error',
    title: 'An example contradicts its schema',
    message: ({ example, message, part }) => `example ${example} of ${message} does not match its ${part}`,
    note: ({ expected, found }) => `${found}; the schema wants ${expected}`,
    mend: ({ mend }) => mend,
  }),
  'message/duplicate-identity': code<{ name: string; version: string }>({
    severity: 'warning',
    title: 'Two messages have one name and version',
    message: ({ name, version }) => `there is another message \`${name}\` ${version} in this domain`,
    mend: () => 'Refer to one definition with `$ref`, or give one of them another `x-contract.version`.',
  }),
  'message/described-differently': code<{ name: string; version: string }>({
    severity: 'warning',
    title: 'Two services describe one message differently',
    message: ({ name, version }) => `another document describes \`${name}\` ${version} differently`,
    mend: () => 'Let one service define the message and the other refer to it with `$ref`.',
  }),
  'message/envelope-mismatch': code<{ part: string; expected: string; found: string }>({
    severity: 'error',
    title: 'The envelope contradicts the contract',
    message: ({ part, expected }) => `the envelope's ${part} must be \`${expected}\`, as the contract says`,
    note: ({ found }) => found,
  }),
  'message/path-unknown': code<{ what: string; path: string; message: string }>({
    severity: 'error',
    title: 'A path leads to no field of the message',
    message: ({ what, path, message }) => `${what} \`${path}\` leads to no field of ${message}`,
  }),
  'message/upcast-missing': code<{ name: string; from: string; to: string }>({
    severity: 'warning',
    title: 'An older version has no way to the newest',
    message: ({ name, from, to }) => `nothing says how \`${name}\` ${from} becomes ${to}`,
    mend: ({ from }) => `Add \`upcasts: [{ from: '${from}' }]\` to the newer version's x-contract.`,
  }),
  'message/no-sender': code<{ name: string; service: string }>({
    severity: 'warning',
    title: 'A message is received but never sent',
    message: ({ name, service }) =>
      `${service} receives \`${name}\`, which no service of the workspace sends`,
  }),
  'message/no-description': code<{ message: string }>({
    severity: 'warning',
    title: 'A message says nothing of itself',
    message: ({ message }) => `${message} has neither a summary nor a description`,
    mend: () => 'Say in a `summary` what has happened when this message is seen.',
  }),
  'message/no-example': code<{ message: string }>({
    severity: 'warning',
    preset: 'strict',
    title: 'A message has no example',
    message: ({ message }) => `${message} has no example`,
    mend: () => 'Add one under `examples`: it is checked, shown in the catalog and used by mocks.',
  }),
  'message/no-identity': code<{ message: string }>({
    severity: 'warning',
    preset: 'strict',
    title: 'A message cannot be told from its duplicate',
    message: ({ message }) => `${message} does not say what makes two deliveries the same message`,
    mend: () => 'Name the field under `x-contract.identity`, such as `[/eventId]`.',
  }),
  'message/no-ordering-key': code<{ message: string }>({
    severity: 'warning',
    preset: 'strict',
    title: 'A message has no ordering key',
    message: ({ message }) => `${message} does not say which messages it keeps its order with`,
    mend: () => 'Name the field under `x-contract.orderingKey`, such as `/aggregateId`.',
  }),
  'message/no-retention': code<{ message: string }>({
    severity: 'warning',
    preset: 'strict',
    title: 'A message does not say how long it is kept',
    message: ({ message }) => `${message} does not say for how long it can be read again`,
    mend: () => 'Say so under `x-contract.retention`, such as `P7D`.',
  }),
  'message/no-version': code<{ message: string }>({
    severity: 'warning',
    preset: 'strict',
    title: 'A message has no version',
    message: ({ message }) => `${message} does not say which version of its contract this is`,
    mend: () => "Say so under `x-contract.version`, such as `'1.0'`.",
  }),
  'message/event-tense': code<{ message: string; name: string }>({
    severity: 'warning',
    preset: 'strict',
    title: 'An event is not named after what has happened',
    message: ({ message, name }) =>
      message === name
        ? `the event \`${name}\` is not in the past tense`
        : `the event ${message} is named \`${name}\`, which is not in the past tense`,
    mend: () => 'Name it after the fact (`order.placed`), or set `x-contract.kind` to `command`.',
  }),
  'message/command-mood': code<{ message: string; name: string }>({
    severity: 'warning',
    preset: 'strict',
    title: 'A command is named as if it had happened',
    message: ({ name }) => `the command \`${name}\` is in the past tense`,
    mend: () => 'Name it after what shall be done (`place.order`), or set `x-contract.kind` to `event`.',
  }),
  'message/name-case': code<{ name: string; style: string; usual: string }>({
    severity: 'warning',
    preset: 'strict',
    title: 'The names of a domain are written in several ways',
    message: ({ name, style, usual }) => `\`${name}\` is ${style}; most names of this domain are ${usual}`,
  }),
  'service/no-owner': code<{ service: string }>({
    severity: 'warning',
    preset: 'strict',
    title: 'Nobody answers for a service',
    message: ({ service }) => `${service} does not say who answers for it`,
    mend: () => 'Name the team under `info.contact.name`.',
  }),
  'flow/unknown-operation': code<{ operation: string }>({
    severity: 'error',
    title: 'A flow names an operation that does not exist',
    message: ({ operation }) => `\`${operation}\` is not an operation of the workspace`,
  }),
  'flow/unknown-step': code<{ step: string }>({
    severity: 'error',
    title: 'A flow depends on a step that does not exist',
    message: ({ step }) => `there is no step \`${step}\` in this flow`,
  }),
} as const;

export type DiagnosticCode = keyof typeof CODES;

/** The particulars that a code's texts need. */
export type ParamsOf<Code extends DiagnosticCode> = Parameters<(typeof CODES)[Code]['message']>[0];
