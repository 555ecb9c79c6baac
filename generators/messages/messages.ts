import { carriageOf, type Message, type MessagePath } from '@chirograph/contract/model';
import { brandedSchemas } from '../source/brands.ts';
import { bytesOf } from '../source/carried.ts';
import { channelOf } from '../source/channel-of.ts';

import { type Filled, filledIn } from '../source/filled.ts';
import type { Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import { commentOf, deprecation, headline } from '../source/headline.ts';
import {
  brandGuard,
  brandType,
  headersGuard,
  messageContract,
  messageGuard,
  messageType,
  RUNTIME_AVRO,
  RUNTIME_CONTRACT,
} from '../source/modules.ts';
import {
  type Code,
  code,
  docComment,
  lines,
  paragraphs,
  sourceFile,
  valueSymbol,
} from '../source/source-file.ts';
import { quote } from '../source/text.ts';
import { literal } from '../source/value.ts';
import { datesLiteral } from '../source/wire-types.ts';
import { channelRows, contractType, otherContracts, parameterTypes } from './addresses.ts';
import { type Envelopes, envelopesOf } from './envelopes.ts';
import { filledPaths } from './filled-paths.ts';
import { jsonHeaders } from './json-headers.ts';
import { newTypes } from './new-types.ts';

/**
 * `<domain>/messages.ts`: of every message the facts that the runtime works by (envelope, key, identity, schedule), a
 * checked reader, and the type of what a caller has to say before it is sent.
 */
export const messages: Generator = {
  name: 'messages',
  needs: ['types', 'validators'],
  generate(scope) {
    if (scope.messages.length === 0) return [];
    const filled = scope.messages.map((it) => filledIn(scope.workspace, it));
    const paths = filledPaths(filled);
    const envelopes = envelopesOf(scope.messages, scope.names.values);
    const parts = [
      ...paths.declarations,
      ...envelopes.declarations,
      ...scope.messages.flatMap((message, i) => [
        ...newTypes(scope, message, filled[i]!, paths),
        ...parameterTypes(scope, message),
        contract(scope, message, envelopes, filled[i]!),
        ...otherContracts(scope, message),
        reader(scope, message),
      ]),
      ...brandedSchemas(scope).map(({ type }) => brandReader(scope, type)),
    ];
    return [sourceFile(`${scope.folder}/messages.ts`, headerOf(scope), paragraphs(parts), scope.options)];
  },
};

function contract(scope: Scope, message: Message, envelopes: Envelopes, { constants }: Filled): Code {
  const { kind, name, version, contentType } = message;
  const { aggregate, orderingKey, identity, retry } = message.contract;
  const dates = datesLiteral(scope, message.payload);
  const rows: Code[] = [
    `  name: ${quote(name)},`,
    `  version: ${quote(version)},`,
    `  kind: ${quote(kind)},`,
    ...(aggregate ? [`  aggregate: ${quote(aggregate)},`] : []),
    ...channelRows(channelOf(scope.workspace, message.id)),
    `  contentType: ${quote(contentType)},`,
    ...codecRow(scope, message),
    ...envelopes.rows(message),
    ...(constants.length === 0 ? [] : [`  constants: ${constantsList(constants)},`]),
    ...(orderingKey ? [`  orderingKey: ${place(orderingKey)},`] : []),
    `  identity: ${literal(
      identity.map(({ in: where, path }) => ({ in: where, path })),
      '  ',
    )},`,
    ...(retry ? [`  retry: { delays: [${retry.delays.join(', ')}] },`] : []),
    ...(dates === undefined ? [] : [`  dates: ${dates},`]),
    code`  validate: ${guard(scope, message)},`,
    ...headers(scope, message),
  ];
  return lines([
    docComment(commentOf(headline(message), deprecation(message))),
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

/** How a payload that is not JSON becomes bytes. */
function codecRow({ workspace }: Scope, message: Message): Code[] {
  const kind = carriageOf(workspace, message)?.kind;
  if (kind === undefined || kind === 'json') return [];
  if (kind !== 'avro') return [code`  codec: ${valueSymbol(`${kind}Codec`, RUNTIME_CONTRACT)},`];
  const schema = workspace.schemas[message.payload ?? '']?.avro ?? null;
  return [code`  codec: ${valueSymbol('avroCodec', RUNTIME_AVRO)}(${literal(schema, '  ')}),`];
}

/** A message of a format that is not read accepts everything. */
function guard(scope: Scope, message: Message): Code {
  return message.payload === undefined && !bytesOf(message)
    ? '(_value): _value is unknown => true'
    : messageGuard(scope, message);
}

/** The guard of the headers, and which of them are not text. */
function headers(scope: Scope, message: Message): Code[] {
  const guard = headersGuard(scope, message);
  if (guard === undefined) return [];
  const json = jsonHeaders(scope.workspace, message).map(quote).join(', ');
  const dates = datesLiteral(scope, message.headers);
  const more = [
    ...(json === '' ? [] : [`, json: [${json}]`]),
    ...(dates === undefined ? [] : [`, dates: ${dates}`]),
  ];
  return [code`  headers: { validate: ${guard}${more.join('')} },`];
}

function place({ in: where, path }: MessagePath): string {
  return literal({ in: where, path });
}

function reader(scope: Scope, message: Message): Code {
  const type = scope.names.typeOf(message);
  return lines([
    docComment(`Reads a value as ${type}. Throws ContractViolationError: pointer, rule, expected, found.`),
    code`export function parse${type}(value: unknown): ${messageType(scope, message)} {`,
    code`  return ${valueSymbol('parseWith', RUNTIME_CONTRACT)}(${messageContract(scope, message).name}, value);`,
    '}',
  ]);
}

/** How text becomes text of a kind of its own. */
function brandReader(scope: Scope, type: string): Code {
  return lines([
    docComment(`Reads text as ${type}. Throws ContractViolationError: rule, expected, found.`),
    code`export function parse${type}(text: string): ${brandType(scope, type)} {`,
    code`  return ${valueSymbol('parseAs', RUNTIME_CONTRACT)}(${quote(type)}, ${brandGuard(scope, type)}, text);`,
    '}',
  ]);
}
