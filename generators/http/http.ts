import type { Message, Service } from '@chirograph/contract/model';
import { type Exchange, exchangesOf } from '../source/exchanges.ts';
import type { FileNote, GeneratedFile, Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import { consumerModule, httpModule, messageContract, RUNTIME_HTTP, sideNames } from '../source/modules.ts';
import {
  type Code,
  code,
  docComment,
  lines,
  sourceFile,
  typeSymbol,
  valueSymbol,
} from '../source/source-file.ts';
import { quote } from '../source/text.ts';
import { literal } from '../source/value.ts';
import { type Bodies, bodiesOf } from './bodies.ts';
import { failureCode } from './failure-code.ts';
import { headerOfHttp } from './parameters.ts';

/**
 * `<domain>/http/<service>.ts`: for every service that receives commands, an HTTP API that takes them by the handlers of its consumer, and says of
 * itself what an OpenAPI document has to say.
 */
export const http: Generator = {
  name: 'http',
  needs: ['types', 'messages', 'consumers'],
  generate: (scope) => scope.services.flatMap((service) => api(scope, service)),
};

function api(scope: Scope, service: Service): GeneratedFile[] {
  const received = commandsOf(scope, service);
  const taken = received.filter((it) => lackOf(scope, it) === undefined);
  const notes = received.flatMap((it) => lackOf(scope, it) ?? []);
  if (taken.length === 0) return [];
  const bodies = bodiesOf(scope, taken);
  const commands = sideNames(scope, service, 'Commands').type;
  const { value } = sideNames(scope, service, 'Http');
  const handlers = typeSymbol(sideNames(scope, service, 'Handlers').type, consumerModule(scope, service));
  const names = taken.map(({ message }) => scope.names.valueOf(message));
  const body = lines([
    docComment(`${service.title}: the handlers of its commands, which it has for its consumer too.`),
    code`export type ${commands} = Pick<\n  ${handlers},\n  ${names.map(quote).join(' | ')}\n>;`,
    '',
    docComment(
      `${service.title}: its commands over HTTP. A body is what the command says; a refusal is answered as \`application/problem+json\`.`,
    ),
    code`export function ${value}(options: ${typeSymbol('HttpApiOptions', RUNTIME_HTTP)}, handlers: ${commands}): ${typeSymbol('HttpApi', RUNTIME_HTTP)} {`,
    code`  return ${valueSymbol('httpApi', RUNTIME_HTTP)}(`,
    `    ${literal(infoOf(scope, service, bodies), '    ')},`,
    '    options,',
    '    [',
    ...taken.map((it) => command(scope, it, bodies)),
    '    ],',
    '  );',
    '}',
  ]);
  const file = sourceFile(httpModule(scope, service), headerOf(scope), body, scope.options);
  return [notes.length > 0 ? { ...file, notes } : file];
}

/** Each command once, in its newest version, on the first channel on which it comes. */
function commandsOf({ workspace, messages }: Scope, service: Service): readonly Exchange[] {
  const found = new Map<string, Exchange>();
  for (const exchange of exchangesOf(workspace, service.id, 'receive')) {
    const { message, isReply } = exchange;
    const newest = messages.find((it) => it.name === message.name);
    if (message.kind === 'command' && !isReply && newest === message && !found.has(message.name))
      found.set(message.name, exchange);
  }
  return [...found.values()];
}

/** Why a command has no place in the API. */
function lackOf(scope: Scope, { message, channel }: Exchange): FileNote | undefined {
  const { at, name } = message;
  if (!channel || channel.address === null)
    return {
      at,
      message: `${name} is not taken over HTTP: its channel has no address, and that is its path`,
      fix: 'Give the channel an address.',
    };
  const own = headerOfHttp(scope, message);
  return own === undefined
    ? undefined
    : {
        at,
        message: `${name} is not taken over HTTP: its header ${own} is one that HTTP has a use for`,
        fix: 'Give the header another name, or put what it says into the payload.',
      };
}

function infoOf({ domain }: Scope, service: Service, { dialect, schemas }: Bodies) {
  const { name, title, version, description } = service;
  return {
    name,
    title,
    version,
    ...(description !== undefined && { description }),
    id: `urn:${domain}:${name}`,
    dialect,
    schemas,
  };
}

function command(scope: Scope, { message, channel }: Exchange, bodies: Bodies): Code {
  const name = scope.names.valueOf(message);
  const facts = literal(factsOf(scope, message, bodies), '      ');
  const contract = messageContract(scope, message, channel);
  return code`      ${valueSymbol('httpCommand', RUNTIME_HTTP)}(${contract}, handlers.${name}, ${facts}),`;
}

function factsOf(scope: Scope, message: Message, { bodies }: Bodies) {
  const { summary, contract } = message;
  const { outcome, failures } = contract;
  const { at, body, parameters } = bodies.get(message) ?? { at: [], body: true, parameters: [] };
  return {
    operationId: scope.names.valueOf(message),
    ...(summary !== undefined && { summary }),
    ...(outcome !== undefined && { outcome }),
    at,
    body,
    ...(parameters.length > 0 && { parameters }),
    failures: Object.fromEntries(failures.map((it) => [failureCode(it), it])),
  };
}
