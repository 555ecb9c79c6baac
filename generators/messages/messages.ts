import type { Channel, Message, MessagePath, Parameter } from '@chirograph/contract/model';
import { joinPointer } from '@chirograph/contract/source';
import { channelsIn, isKnown } from '../source/addressed.ts';
import { channelOf } from '../source/exchanges.ts';
import { type Filled, filledIn } from '../source/filled.ts';
import type { Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import {
  headersGuard,
  headersType,
  messageContract,
  messageGuard,
  messageType,
  newHeadersType,
  newMessageType,
  newParametersType,
  parametersType,
  RUNTIME_CONTRACT,
} from '../source/modules.ts';
import {
  type Code,
  code,
  docComment,
  lines,
  quote,
  sourceFile,
  typeSymbol,
  valueSymbol,
} from '../source/source-file.ts';
import { literal, propertyKey } from '../source/value.ts';
import { jsonHeaders } from './json-headers.ts';

/**
 * `<domain>/messages.ts`: of every message the facts that the runtime works by (envelope, key, identity, schedule), a
 * checked reader, and the type of what a caller has to say before it is sent.
 */
export const messages: Generator = {
  name: 'messages',
  needs: ['types', 'validators'],
  generate(scope) {
    if (scope.messages.length === 0) return [];
    const parts = scope.messages.flatMap((message) => messageParts(scope, message));
    const body = lines(parts.flatMap((part, i) => (i === 0 ? [part] : ['', part])));
    return [sourceFile(`${scope.domain}/messages.ts`, headerOf(scope), body, scope.options)];
  },
};

function messageParts(scope: Scope, message: Message): Code[] {
  const filled = filledIn(scope.workspace, message);
  const { name, version } = message;
  const doc = `\`${name}\` ${version} as its sender says it${filled.payload.length > 0 ? ': the envelope is filled in' : ''}.`;
  const headers = headersType(scope, message);
  return [
    newType(newMessageType(scope, message).name, messageType(scope, message), filled.payload, doc),
    ...(headers === undefined
      ? []
      : [
          newType(
            newHeadersType(scope, message).name,
            headers,
            filled.headers,
            `The headers of \`${name}\` ${version} that its sender says.`,
          ),
        ]),
    ...parameterTypes(scope, message),
    contract(scope, message, filled),
    ...otherContracts(scope, message),
    reader(scope, message),
  ];
}

/** Of each channel with an address of several, what stands in it, and what of that a caller says. */
function parameterTypes(scope: Scope, message: Message): Code[] {
  return channelsIn(scope, message).flatMap((channel) => {
    const type = parametersType(scope, message, channel);
    const newer = newParametersType(scope, message, channel);
    if (!type || !newer) return [];
    const label = `\`${message.name}\` ${message.version}`;
    const known = channel.parameters.filter((it) => isKnown(scope.workspace, message, it));
    const pointers = known.map(({ name }) => joinPointer([name]));
    return [
      lines([
        docComment(`What stands in the address \`${channel.address ?? channel.key}\` of ${label}.`),
        `export interface ${type.name} {`,
        ...channel.parameters.flatMap((it) => parameterRows(it)),
        '}',
      ]),
      newType(newer.name, type, pointers, `What the sender of ${label} says of its address.`),
    ];
  });
}

function parameterRows({ name, description, values, default: usual, examples }: Parameter): string[] {
  const notes = [
    ...(description === undefined ? [] : [description]),
    ...(usual === undefined ? [] : [`@default ${quote(usual)}`]),
    ...(values ? [] : examples.map((it) => `@example ${quote(it)}`)),
  ];
  const type = values ? values.map(quote).join(' | ') : 'string';
  return [
    ...(notes.length === 0 ? [] : [docComment(notes.join('\n'), '  ')]),
    `  readonly ${propertyKey(name)}: ${type};`,
  ];
}

/** The contract on channels other than the usual one. */
function otherContracts(scope: Scope, message: Message): Code[] {
  const [, ...others] = channelsIn(scope, message).filter((it) => it.address !== null);
  return others.map((channel) => {
    const usual = messageContract(scope, message);
    return lines([
      docComment(`\`${message.name}\` ${message.version} on \`${channel.address}\`.`),
      code`export const ${messageContract(scope, message, channel).name}: ${contractType(scope, message, channel)} = {`,
      `  ...${usual.name},`,
      ...channelRows(channel),
      ...(channel.parameters.length === 0 && parametersType(scope, message) ? ['  parameters: {},'] : []),
      '};',
    ]);
  });
}

/** Where a message goes, and what is said of the names in that address. */
function channelRows(channel: Channel | undefined): string[] {
  const rows = [`  channel: ${quote(channel?.address ?? '')},`];
  if (!channel || channel.parameters.length === 0) return rows;
  const parameters = channel.parameters.map(({ name, values, default: usual, location }) => [
    name,
    {
      ...(values && { values }),
      ...(usual !== undefined && { default: usual }),
      ...(location && { location: { in: location.in, path: location.path } }),
    },
  ]);
  return [...rows, `  parameters: ${literal(Object.fromEntries(parameters), '  ')},`];
}

function contractType(scope: Scope, message: Message, channel?: Channel): Code {
  const headers = headersType(scope, message);
  const parameters = parametersType(scope, message, channel);
  const rest: Code[] = parameters
    ? [', ', headers ?? 'unknown', ', ', parameters]
    : headers
      ? [', ', headers]
      : [];
  return code`${typeSymbol('MessageContract', RUNTIME_CONTRACT)}<${messageType(scope, message)}${rest}>`;
}

/** The type of what a caller says, of the payload or of the headers. */
function newType(name: string, type: Code, filled: readonly string[], doc: string): Code {
  const unsent = typeSymbol('Unsent', RUNTIME_CONTRACT);
  const flat = filled.map(quote).join(' | ');
  const shape: Code =
    filled.length === 0
      ? type
      : flat.length <= 60
        ? code`${unsent}<${type}, ${flat}>`
        : code`${unsent}<\n  ${type},\n  ${flat}\n>`;
  return code`${docComment(doc)}\nexport type ${name} = ${shape};`;
}

function contract(scope: Scope, message: Message, { constants }: Filled): Code {
  const { kind, name, version, contentType } = message;
  const { aggregate, envelope, orderingKey, identity, retry } = message.contract;
  const parts = Object.entries(envelope).filter(([part]) => part !== 'data');
  const rows: Code[] = [
    `  name: ${quote(name)},`,
    `  version: ${quote(version)},`,
    `  kind: ${quote(kind)},`,
    ...(aggregate ? [`  aggregate: ${quote(aggregate)},`] : []),
    ...channelRows(channelOf(scope.workspace, message.id)),
    `  contentType: ${quote(contentType)},`,
    ...(parts.length === 0
      ? ['  envelope: {},']
      : ['  envelope: {', ...parts.map(([part, path]) => `    ${part}: ${place(path)},`), '  },']),
    ...(constants.length === 0 ? [] : [`  constants: ${constantsList(constants)},`]),
    ...(orderingKey ? [`  orderingKey: ${place(orderingKey)},`] : []),
    `  identity: [${identity.map(place).join(', ')}],`,
    ...(retry ? [`  retry: { delays: [${retry.delays.join(', ')}] },`] : []),
    code`  validate: ${guard(scope, message)},`,
    ...headers(scope, message),
  ];
  const summary = message.summary ?? message.title ?? name;
  return lines([
    docComment(`${summary} \`${name}\` ${version}.`),
    code`export const ${messageContract(scope, message).name}: ${contractType(scope, message)} = {`,
    ...rows,
    '};',
  ]);
}

function constantsList(constants: Filled['constants']): string {
  return literal(
    constants.map(({ in: where, path, value }) => ({ in: where, path, value })),
    '  ',
  );
}

/** A message of a format that is not read accepts everything. */
function guard(scope: Scope, message: Message): Code {
  return message.payload === undefined ? '(value): value is unknown => true' : messageGuard(scope, message);
}

/** The guard of the headers, and which of them are not text. */
function headers(scope: Scope, message: Message): Code[] {
  const guard = headersGuard(scope, message);
  if (guard === undefined) return [];
  const json = jsonHeaders(scope.workspace, message).map(quote).join(', ');
  return [code`  headers: { validate: ${guard}${json === '' ? '' : `, json: [${json}]`} },`];
}

function place({ in: where, path }: MessagePath): string {
  return literal({ in: where, path });
}

function reader(scope: Scope, message: Message): Code {
  const type = scope.names.typeOf(message);
  return lines([
    docComment(`Reads a value as ${type}. Throws ContractViolation: pointer, rule, expected, found.`),
    code`export function parse${type}(value: unknown): ${messageType(scope, message)} {`,
    code`  return ${valueSymbol('parseWith', RUNTIME_CONTRACT)}(${messageContract(scope, message).name}, value);`,
    '}',
  ]);
}
