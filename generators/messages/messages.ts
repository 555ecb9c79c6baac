import { type EnvelopePart, fieldSchemas, type Message, type MessagePath } from '@chirograph/contract/model';
import type { Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import {
  channelOf,
  messageContract,
  messageGuard,
  messageType,
  newMessageType,
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

/**
 * `<domain>/messages.ts`: of every message the facts that the runtime works by (envelope, key, identity, schedule), a
 * checked reader, and the type of what a caller has to say before it is sent.
 */
export const messages: Generator = {
  name: 'messages',
  generate(scope) {
    if (scope.messages.length === 0) return [];
    const parts = scope.messages.flatMap((message) => [
      newType(scope, message),
      contract(scope, message),
      reader(scope, message),
    ]);
    const body = lines(parts.flatMap((part, i) => (i === 0 ? [part] : ['', part])));
    return [sourceFile(`${scope.domain}/messages.ts`, headerOf(scope), body, scope.options)];
  },
};

/** What a producer fills in by itself. */
const FILLED: readonly EnvelopePart[] = ['id', 'type', 'version', 'time', 'source'];

function newType(scope: Scope, message: Message): Code {
  const type = messageType(scope, message);
  const unsent = typeSymbol('Unsent', RUNTIME_CONTRACT);
  const paths = FILLED.flatMap((part) => message.contract.envelope[part] ?? []).filter(
    (it) => it.in === 'payload',
  );
  const top = union(paths.filter(({ path }) => path.length === 1).map(({ path }) => path[0] ?? ''));
  const nested = Map.groupBy(
    paths.filter(({ path }) => path.length === 2),
    ({ path }) => path[0] ?? '',
  );
  const base: Code = top === 'never' ? type : code`${unsent}<${type}, ${top}>`;
  const outer = union(nested.keys());
  const inner = [...nested].map(([key, own]) => {
    const filled = own.map(({ path }) => path[1] ?? '');
    const mark = isFilled(scope, message, key, filled) ? '?' : '';
    return code` & {\n  readonly ${propertyKey(key)}${mark}: ${unsent}<${type}[${quote(key)}], ${union(filled)}>;\n}`;
  });
  const shape: Code = outer === 'never' ? base : [code`Omit<${base}, ${outer}>`, ...inner];
  const doc = docComment(
    `\`${message.name}\` ${message.version} as its sender says it: the envelope is filled in.`,
  );
  return code`${doc}\nexport type ${newMessageType(scope, message).name} = ${shape};`;
}

/** Whether a part of the envelope can be left out as a whole: all that it must hold is filled in. */
function isFilled(
  { workspace }: Scope,
  { payload }: Message,
  key: string,
  filled: readonly string[],
): boolean {
  if (payload === undefined) return false;
  const required = fieldSchemas(workspace, payload, [key]).flatMap((it) =>
    typeof it === 'object' && Array.isArray(it.required) ? it.required : [],
  );
  return required.every((name) => filled.includes(String(name)));
}

function union(names: Iterable<string>): string {
  return [...names].map(quote).join(' | ') || 'never';
}

function contract(scope: Scope, message: Message): Code {
  const { kind, name, version, contentType } = message;
  const { aggregate, envelope, orderingKey, identity, retry } = message.contract;
  const parts = Object.entries(envelope).filter(([part]) => part !== 'data');
  const rows: Code[] = [
    `  name: ${quote(name)},`,
    `  version: ${quote(version)},`,
    `  kind: ${quote(kind)},`,
    ...(aggregate ? [`  aggregate: ${quote(aggregate)},`] : []),
    `  channel: ${quote(channelOf(scope, message.id).address)},`,
    `  contentType: ${quote(contentType)},`,
    ...(parts.length === 0
      ? ['  envelope: {},']
      : ['  envelope: {', ...parts.map(([part, path]) => `    ${part}: ${place(path)},`), '  },']),
    ...(orderingKey ? [`  orderingKey: ${place(orderingKey)},`] : []),
    `  identity: [${identity.map(place).join(', ')}],`,
    ...(retry ? [`  retry: { delays: [${retry.delays.join(', ')}] },`] : []),
    code`  validate: ${guard(scope, message)},`,
  ];
  const summary = message.summary ?? message.title ?? name;
  return lines([
    docComment(`${summary} \`${name}\` ${version}.`),
    code`export const ${messageContract(scope, message).name}: ${typeSymbol('MessageContract', RUNTIME_CONTRACT)}<${messageType(scope, message)}> = {`,
    ...rows,
    '};',
  ]);
}

/** A message of a format that is not read accepts everything. */
function guard(scope: Scope, message: Message): Code {
  return message.payload === undefined ? '(value): value is unknown => true' : messageGuard(scope, message);
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
