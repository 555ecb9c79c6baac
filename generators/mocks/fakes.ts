import { type Message, type Service, versionsOf } from '@chirograph/contract/model';
import { exchangesOf, type Method, methodsOf } from '../source/exchanges.ts';
import type { GeneratedFile, Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import {
  consumerModule,
  fakesModule,
  messageType,
  producerModule,
  RUNTIME,
  RUNTIME_SAMPLES,
  sideNames,
} from '../source/modules.ts';
import {
  type Code,
  code,
  docComment,
  joined,
  lines,
  paragraphs,
  signature,
  sourceFile,
  typeSymbol,
  valueSymbol,
  widthOf,
} from '../source/source-file.ts';

/**
 * `<domain>/fakes/<service>.ts`: both sides of a service for tests. The fake producer checks and fills like the real one
 * and keeps what was sent; the fake handlers keep what was received.
 */
export const fakes: Generator = {
  name: 'fakes',
  needs: ['types', 'producers', 'consumers'],
  generate: (scope) => scope.services.flatMap((service) => fakesOf(scope, service)),
};

function fakesOf(scope: Scope, service: Service): GeneratedFile[] {
  const sent = methodsOf(scope, service);
  const exchanged = exchangesOf(scope.workspace, service.id, 'receive').map((it) => it.message);
  const own = [...new Set(exchanged)];
  const received = own.filter((it) => isNewest(scope, it, own));
  const parts = [
    ...(sent.length > 0 ? [producer(scope, service, sent)] : []),
    ...(received.length > 0 ? [handlers(scope, service, received)] : []),
  ];
  if (parts.length === 0) return [];
  return [sourceFile(fakesModule(scope, service), headerOf(scope), paragraphs(parts), scope.options)];
}

function isNewest(scope: Scope, message: Message, own: readonly Message[]): boolean {
  return versionsOf(scope.workspace, message).find((it) => own.includes(it)) === message;
}

function producer(scope: Scope, service: Service, sent: readonly Method[]): Code {
  const { value, type } = sideNames(scope, service, 'Producer');
  const real = valueSymbol(value, producerModule(scope, service));
  const realType = typeSymbol(type, producerModule(scope, service));
  const recorded = valueSymbol('recorded', RUNTIME_SAMPLES);
  return lines([
    docComment(
      `${service.title}: its producer for tests. Nothing leaves; \`sent\` tells what would have, \`published\` how (channel, headers, key).`,
    ),
    code`export function fake${type}(`,
    code`  options?: ${typeSymbol('ProducerOptions', RUNTIME)},`,
    brokenAt120(
      code`): ${realType} & {`,
      [
        `readonly sent: ${type}Log`,
        code`readonly published: readonly ${typeSymbol('PublishedMessage', RUNTIME_SAMPLES)}[]`,
      ],
      '} {',
    ),
    code`  const wire = ${valueSymbol('recordingPublisher', RUNTIME_SAMPLES)}();`,
    code`  const producer = ${real}(wire, options);`,
    ...emptyLog(
      'sent',
      `${type}Log`,
      sent.map((it) => it.name),
    ),
    '  return {',
    '    sent,',
    '    published: wire.published,',
    ...sent.map(({ name }) =>
      signature(code`${name}: ${recorded}`, [`producer.${name}`, `sent.${name}`], ',', '    '),
    ),
    '  };',
    '}',
    '',
    docComment('What a fake producer was asked to send, as it would have been sent.'),
    `export interface ${type}Log {`,
    ...sent.map(({ name, message }) => code`  readonly ${name}: ${messageType(scope, message)}[];`),
    '}',
  ]);
}

/** Members between braces: on one line where they fit, else each on its own. */
function brokenAt120(head: Code, members: readonly Code[], tail: string): Code {
  const flat: Code = [head, ' ', joined(members, '; '), ' ', tail];
  if (widthOf(flat) <= 120) return flat;
  return [head, '\n', ...members.map((it) => code`  ${it};\n`), tail];
}

function emptyLog(name: string, type: string, keys: readonly string[]): string[] {
  return [`  const ${name}: ${type} = {`, ...keys.map((it) => `    ${it}: [],`), '  };'];
}

function handlers(scope: Scope, service: Service, received: readonly Message[]): Code {
  const type = sideNames(scope, service, 'Handlers').type;
  const realType = typeSymbol(type, consumerModule(scope, service));
  return lines([
    docComment(`${service.title}: its handlers for tests. They keep what they are given.`),
    brokenAt120(
      code`export function fake${type}(): ${realType} & {`,
      [`readonly received: ${type}Log`],
      '} {',
    ),
    ...emptyLog(
      'received',
      `${type}Log`,
      received.map((it) => scope.names.valueOf(it)),
    ),
    '  return {',
    '    received,',
    ...received.map((it) => {
      const name = scope.names.valueOf(it);
      return `    ${name}: (message) => void received.${name}.push(message),`;
    }),
    '  };',
    '}',
    '',
    docComment('What fake handlers were given, in order.'),
    `export interface ${type}Log {`,
    ...received.map((it) => code`  readonly ${scope.names.valueOf(it)}: ${messageType(scope, it)}[];`),
    '}',
  ]);
}
