import type { Message, Service, UpcastStep } from '@chirograph/contract/model';
import { exchangesOf } from '../source/exchanges.ts';
import type { GeneratedFile, Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import { headline } from '../source/headline.ts';
import {
  consumerModule,
  headersType,
  messageType,
  parametersType,
  RUNTIME,
  sideNames,
} from '../source/modules.ts';
import { contractOn, openChannels } from '../source/open-channels.ts';
import { demandedSteps, labelOf, type Received, receivedBy, upcastOf } from '../source/received.ts';
import {
  type Code,
  code,
  docComment,
  type ImportedSymbol,
  joined,
  lines,
  signature,
  sourceFile,
  typeSymbol,
  valueSymbol,
  widthOf,
} from '../source/source-file.ts';
import { quote } from '../source/text.ts';
import { upcastType } from '../source/upcasts.ts';

/**
 * `<domain>/consumers/<service>.ts`: for every service that receives, a map of handlers that is complete or does not
 * compile. A handler is written for the newest version of its message; older ones arrive upcast.
 */
export const consumers: Generator = {
  name: 'consumers',
  needs: ['types', 'messages', 'upcasters'],
  generate: (scope) => scope.services.flatMap((service) => consumer(scope, service)),
};

function consumer(scope: Scope, service: Service): GeneratedFile[] {
  const received = receivedBy(scope, service);
  if (received.length === 0) return [];
  const { value } = sideNames(scope, service, 'Consumer');
  const handlers = sideNames(scope, service, 'Handlers').type;
  const options = typeSymbol('ConsumerOptions', RUNTIME);
  const demanded = demandedSteps(scope, received);
  const open = openChannels(scope, service);
  const body = lines([
    docComment(`${service.title}: what it does with each message that it receives.`),
    `export interface ${handlers} {`,
    ...received.flatMap((it) => [
      docComment(`${headline(it.newest, it.purpose)}${it.isReply ? AWAITED : ''}`, '  '),
      handlerRow(scope, service, it),
    ]),
    '}',
    '',
    ...upcasterDemands(scope, service, demanded),
    ...channelDemands(scope, service, open),
    docComment(
      'Receives, checks, upcasts and hands over, each message once. Nothing happens before `start`.',
    ),
    signature(
      `export function ${value}`,
      [
        code`subscriber: ${typeSymbol('Subscriber', RUNTIME)}`,
        code`options: ${options}${demands([
          ...(demanded.length > 0 ? [`upcasters: ${sideNames(scope, service, 'Upcasters').type}`] : []),
          ...(open.size > 0 ? [`channels: ${sideNames(scope, service, 'Channels').type}`] : []),
        ])}`,
        `handlers: ${handlers}`,
      ],
      code`: ${typeSymbol('Consumer', RUNTIME)} {`,
      '',
    ),
    code`  return ${valueSymbol('createConsumer', RUNTIME)}(${quote(service.name)}, subscriber, options, [`,
    ...received.flatMap((it) => receivers(scope, service, it)),
    '  ]);',
    '}',
  ]);
  return [sourceFile(consumerModule(scope, service), headerOf(scope), body, scope.options)];
}

/** Said of replies, which need no handler where they are waited for. */
const AWAITED = " `'awaited'` where the generated requests wait for it.";

/** A handler's member: its types on one line where they fit, else each on its own. */
function handlerRow(scope: Scope, service: Service, { newest, older, isReply }: Received): Code {
  const tail = isReply ? "> | 'awaited';" : '>;';
  const head = code`  ${scope.names.valueOf(newest)}: ${typeSymbol('Handler', RUNTIME)}<`;
  const types: Code[] = [messageType(scope, newest), ...contextArguments(scope, service, [newest, ...older])];
  const flat: Code = [head, joined(types, ', '), tail];
  if (widthOf(flat) <= 120) return flat;
  return [
    head,
    '\n',
    joined(
      types.map((it) => code`    ${it}`),
      ',\n',
    ),
    `\n  ${tail}`,
  ];
}

/** The functions that the contract leaves to the consumer. */
function upcasterDemands(scope: Scope, service: Service, demanded: readonly UpcastStep[]): Code[] {
  if (demanded.length === 0) return [];
  const doc = `${service.title}: how it reads older versions, where the contract does not declare it. The functions are pure.`;
  return [
    docComment(doc),
    `export interface ${sideNames(scope, service, 'Upcasters').type} {`,
    ...demanded.flatMap(({ from, to }) => [
      docComment(`\`${to.name}\` ${from.version} as ${to.version}.`, '  '),
      code`  readonly ${quote(labelOf(from))}: (old: ${upcastType(scope, from)}) => ${upcastType(scope, to)};`,
    ]),
    '}',
    '',
  ];
}

/** What the options hold beyond what every consumer's do. */
function demands(members: readonly string[]): string {
  return members.length === 0 ? '' : ` & { ${members.map((it) => `readonly ${it}`).join('; ')} }`;
}

/** The headers and parameters that a handler may meet: those of each version and channel that it is handed. */
function contextArguments(scope: Scope, service: Service, versions: readonly Message[]): Code[] {
  const met = exchangesOf(scope.workspace, service.id, 'receive').filter((it) =>
    versions.includes(it.message),
  );
  const headers = versions.map((it) => headersType(scope, it));
  const parameters = met.map(({ message, channel }) => channel && parametersType(scope, message, channel));
  const texts = typeSymbol('Texts', RUNTIME);
  if (parameters.some(Boolean)) return [union(headers, 'unknown'), union(parameters, texts)];
  return headers.some(Boolean) ? [union(headers, 'unknown')] : [];
}

function union(types: readonly (ImportedSymbol | undefined)[], otherwise: string | ImportedSymbol): Code {
  const named = [...new Map(types.map((it) => [it?.name, it ?? otherwise])).values()];
  return joined(named, ' | ');
}

function receivers(scope: Scope, service: Service, { newest, older }: Received): Code[] {
  const handler = `handlers.${scope.names.valueOf(newest)}`;
  const exchanges = exchangesOf(scope.workspace, service.id, 'receive');
  const channels = exchanges.filter((it) => it.message === newest);
  return channels.map(({ channel }, i) => {
    const olderHere = i > 0 ? [] : older;
    const versions = olderHere.map((it) => {
      const on = exchanges.find((exchange) => exchange.message === it)?.channel;
      const upcast = upcastOf(scope, newest, it);
      return code`{ contract: ${contractOn(scope, it, on)}, upcast: ${upcast} }`;
    });
    const head = code`    ${valueSymbol('receive', RUNTIME)}(${contractOn(scope, newest, channel)}, ${handler}`;
    if (versions.length === 0) return [head, '),'];
    const flat = [head, ', [', joined(versions, ', '), ']),'];
    if (widthOf(flat) <= 120) return flat;
    return [head, ', [\n', versions.flatMap((it) => ['      ', it, ',\n']), '    ]),'];
  });
}

/** Where messages come in that go to an address which the contract leaves to run time. */
export function channelDemands(
  scope: Scope,
  service: Service,
  open: ReadonlyMap<string, readonly Message[]>,
): Code[] {
  if (open.size === 0) return [];
  return [
    docComment(`${service.title}: the addresses of channels that its contract leaves open.`),
    `export interface ${sideNames(scope, service, 'Channels').type} {`,
    ...[...open].flatMap(([key, messages]) => [
      docComment(`Where ${messages.map((it) => `\`${it.name}\` ${it.version}`).join(', ')} comes in.`, '  '),
      `  readonly ${key}: string;`,
    ]),
    '}',
    '',
  ];
}
