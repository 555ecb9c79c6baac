import { code, meant, namesIn } from './code.ts';

/** A name in braces in a URL or an address. */
export interface VariableParams {
  readonly name: string;
  /** The URL or the address; undefined for a channel that has no address. */
  readonly text: string | undefined;
  /** The key of the channel. */
  readonly key?: string | undefined;
  readonly suggestion: string | undefined;
}

/** What may be wrong between the parts of a document, or of a flow: they name one another, and must agree. */
export const AGREEMENT_CODES = {
  'channel/parameter-undescribed': code<VariableParams>({
    severity: 'error',
    title: "A parameter of a channel's address is not described",
    message: ({ name, text }) => `\`{${name}}\` of the address \`${text}\` is not under \`parameters\``,
    fix: ({ name, text }) =>
      text?.includes(`\${${name}}`)
        ? `Write \`{${name}}\`, without \`$\`, and add \`${name}: {}\` to the \`parameters\` of the channel.`
        : `Add \`${name}: {}\` to the \`parameters\` of the channel.`,
  }),
  'channel/parameter-unused': code<VariableParams>({
    severity: 'error',
    title: "A parameter is not in the channel's address",
    message: ({ name, text, suggestion }) =>
      text === undefined
        ? `\`${name}\` is a parameter of a channel that has no \`address\``
        : `there is no \`{${name}}\` in the address \`${text}\`${meant(suggestion)}`,
    fix: ({ name, text, key, suggestion }) => {
      if (text === undefined)
        return key?.includes(`{${name}}`)
          ? `The key of a channel is not its address: add \`address: '${key}'\`.`
          : `Give the channel an \`address\` with \`{${name}}\` in it, or remove the parameter.`;
      return suggestion ? undefined : `Remove it, or add \`{${name}}\` to the address.`;
    },
  }),
  'channel/query-or-fragment': code<{ key: string }>({
    severity: 'error',
    title: 'The key of a channel holds a query or a fragment',
    message: ({ key }) => `the channel \`${key}\` cannot have \`?\` or \`#\` in its name`,
    fix: () => 'Query parameters belong into the bindings of the channel.',
  }),
  'channel/server-elsewhere': code<{ ref: string }>({
    severity: 'error',
    title: 'A channel takes a server from elsewhere than `servers`',
    message: ({ ref }) => `\`${ref}\` is not under \`servers\` of the document`,
    fix: () => 'List the server under `servers` (as a `$ref` if you like) and refer to `#/servers/<key>`.',
  }),
  'channel/unknown-server': code<{ name: string; suggestion: string | undefined }>({
    severity: 'error',
    title: 'A channel names a server that does not exist',
    message: ({ name, suggestion }) => `there is no server \`${name}\`${meant(suggestion)}`,
    fix: ({ suggestion }) => (suggestion ? undefined : 'Describe it under `servers`, or leave it out.'),
  }),
  'operation/channel-elsewhere': code<{ ref: string }>({
    severity: 'error',
    title: 'An operation takes its channel from elsewhere than `channels`',
    message: ({ ref }) => `\`${ref}\` is not under \`channels\` of a document`,
    fix: () => 'List the channel under `channels` (as a `$ref` if you like) and refer to `#/channels/<key>`.',
  }),
  'operation/duplicate-id': code<{ id: string }>({
    severity: 'error',
    title: 'Two operations have one id',
    message: ({ id }) => `there is another operation with the id \`${id}\``,
    fix: () => 'Give one of them another `operationId`.',
  }),
  'operation/foreign-message': code<{ ref: string; channel: string; of: 'operation' | 'reply' }>({
    severity: 'error',
    title: "An operation or its reply carries a message that is not its channel's",
    message: ({ ref, channel, of }) =>
      `\`${ref}\` is not a message of the ${of === 'reply' ? "reply's " : ''}channel \`${channel}\``,
    fix: ({ channel }) => `Refer to \`${channel}/messages/<key>\`.`,
  }),
  'operation/reply-addressed-twice': code<{ channel: string; address: string }>({
    severity: 'error',
    title: 'A reply has an address in the request and one in its channel',
    message: ({ channel, address }) =>
      `the reply goes where the request says, but its channel \`${channel}\` has the address \`${address}\``,
    fix: () => 'Write `address: null` in the channel, or leave out the `address` of the reply.',
  }),
  'security/unknown-scheme': code<{ name: string; suggestion: string | undefined }>({
    severity: 'error',
    title: 'A security scheme does not exist',
    message: ({ name, suggestion }) =>
      `there is no security scheme \`${name}\` under \`components\`${meant(suggestion)}`,
    fix: ({ suggestion }) => (suggestion ? undefined : 'Describe it under `components.securitySchemes`.'),
  }),
  'security/unknown-scope': code<{
    scope: string;
    scheme: string;
    suggestion: string | undefined;
    offered: readonly string[];
  }>({
    severity: 'error',
    title: 'A scope is not offered by its security scheme',
    message: ({ scope, scheme, suggestion }) =>
      `\`${scheme}\` offers no scope \`${scope}\`${meant(suggestion)}`,
    fix: ({ scheme, suggestion, offered }) => {
      if (suggestion) return undefined;
      return offered.length > 0
        ? `It offers ${namesIn(offered)}.`
        : `Only schemes of type \`oauth2\` and \`openIdConnect\` have scopes: write \`${scheme}: []\`.`;
    },
  }),
  'server/host-malformed': code<{ host: string; parts: readonly string[] }>({
    severity: 'warning',
    title: 'The host of a server is more than a host',
    message: ({ host, parts }) =>
      `\`${host}\` is not a host name, with or without a port: it has ${parts.join(' and ')}`,
    fix: () => 'Write the scheme as `protocol`, and the path as `pathname`.',
  }),
  'server/variable-undescribed': code<VariableParams>({
    severity: 'error',
    title: 'A variable of a server is not described',
    message: ({ name, text }) => `\`{${name}}\` of the server \`${text}\` is not under \`variables\``,
    fix: ({ name }) => `Add \`${name}: {}\` to the \`variables\` of the server.`,
  }),
  'server/variable-unused': code<VariableParams>({
    severity: 'error',
    title: "A variable is not in the server's URL",
    message: ({ name, text, suggestion }) =>
      `there is no \`{${name}}\` in the server \`${text}\`${meant(suggestion)}`,
    fix: ({ name, suggestion }) =>
      suggestion ? undefined : `Remove it, or use \`{${name}}\` in the server's URL or host.`,
  }),
  'server/default-not-allowed': code<{
    name: string;
    of: 'default' | 'example';
    value: string;
    allowed: readonly string[];
    suggestion: string | undefined;
  }>({
    severity: 'error',
    title: "The default of a server's variable is not one of its values",
    message: ({ name, of, value, suggestion }) =>
      `the ${of} \`${value}\` of the variable \`${name}\` is not in its \`enum\`${meant(suggestion)}`,
    fix: ({ of, allowed, suggestion }) =>
      suggestion ? undefined : `Write ${namesIn(allowed)}, or add the ${of} to \`enum\`.`,
  }),
  'channel/default-not-allowed': code<{
    name: string;
    of: 'default' | 'example';
    value: string;
    allowed: readonly string[];
    suggestion: string | undefined;
  }>({
    severity: 'error',
    title: 'The default of a channel parameter is not one of its values',
    message: ({ name, of, value, suggestion }) =>
      `the ${of} \`${value}\` of the parameter \`${name}\` is not in its \`enum\`${meant(suggestion)}`,
    fix: ({ of, allowed, suggestion }) =>
      suggestion ? undefined : `Write ${namesIn(allowed)}, or add the ${of} to \`enum\`.`,
  }),
  'tags/duplicate': code<{ name: string }>({
    severity: 'error',
    title: 'A list of tags names one twice',
    message: ({ name }) => `the tag \`${name}\` is already in this list`,
    fix: () => 'Remove one of them.',
  }),
  'message/duplicate-id': code<{ id: string }>({
    severity: 'error',
    title: 'Two messages have one id',
    message: ({ id }) => `there is another message with the id \`${id}\``,
    fix: () => 'Give one of them another `messageId`.',
  }),
  'message/id-reused': code<{ id: string }>({
    severity: 'error',
    title: 'A message with an id is used in two operations',
    message: ({ id }) => `the message \`${id}\` is used in more than one operation`,
    fix: () => 'Leave `messageId` out of messages that several operations share; AsyncAPI 3 has no such id.',
  }),
  'flow/unknown-operation': code<{ operation: string; suggestion: string | undefined }>({
    severity: 'error',
    title: 'A flow names an operation that does not exist',
    message: ({ operation, suggestion }) =>
      `\`${operation}\` is not an operation of the workspace${meant(suggestion)}`,
    fix: ({ suggestion }) =>
      suggestion ? undefined : 'Add the operation to its contract, or name one that is there.',
  }),
  'flow/unknown-step': code<{ step: string; suggestion: string | undefined }>({
    severity: 'error',
    title: 'A flow depends on a step that does not exist',
    message: ({ step, suggestion }) => `there is no step \`${step}\` in this flow${meant(suggestion)}`,
    fix: ({ suggestion }) => (suggestion ? undefined : 'Add the step, or leave the name out.'),
  }),
  'flow/unknown-workflow': code<{ workflow: string; suggestion: string | undefined }>({
    severity: 'error',
    title: 'A flow names a workflow that does not exist',
    message: ({ workflow, suggestion }) =>
      `there is no workflow \`${workflow}\` in this document${meant(suggestion)}`,
    fix: ({ suggestion }) =>
      suggestion
        ? undefined
        : 'Add the workflow; one of another document is named `$sourceDescriptions.<name>.<workflowId>`.',
  }),
  'flow/unknown-action': code<{ reference: string; suggestion: string | undefined }>({
    severity: 'error',
    title: 'A flow refers to an action that does not exist',
    message: ({ reference, suggestion }) =>
      `\`${reference}\` is not among the actions of \`components\`${meant(suggestion)}`,
    fix: ({ suggestion }) =>
      suggestion
        ? undefined
        : 'Add it under `components`, or write the action here: `{ name: ..., type: end }`.',
  }),
  'flow/duplicate-id': code<{ what: 'workflow' | 'step'; id: string }>({
    severity: 'error',
    title: 'Two workflows or two steps have one name',
    message: ({ what, id }) => `another ${what} is called \`${id}\` already`,
    fix: ({ what }) => `Give this ${what} a name of its own: others refer to it by that.`,
  }),
} as const;
