import { type Message, type Service, type UpcastStep, versionsOf } from '@chirograph/contract/model';
import { exchangesOf } from '../source/exchanges.ts';
import type { GeneratedFile, Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import { headline, sentence } from '../source/headline.ts';
import {
  consumerModule,
  headersType,
  messageType,
  parametersType,
  RUNTIME,
  sideNames,
  upcaster,
} from '../source/modules.ts';
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
import { declaredUpcast, upcastType, upcastWay } from '../source/upcasts.ts';
import { channelDemands, contractOn, openChannels } from './open-channels.ts';

/**
 * `<domain>/consumers/<service>.ts`: for every service that receives, a map of handlers that is complete or does not
 * compile. A handler is written for the newest version of its message; older ones arrive upcast.
 */
export const consumers: Generator = {
  name: 'consumers',
  needs: ['types', 'messages', 'upcasters'],
  generate: (scope) => scope.services.flatMap((service) => consumer(scope, service)),
};

/** A message in the versions that a service receives. */
interface Received {
  readonly newest: Message;
  readonly older: readonly Message[];
  /** Why the service receives it, where anything is said of that. */
  readonly purpose: string | undefined;
}

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
    ...received.flatMap(({ newest, older, purpose }) => [
      docComment(headline(newest, purpose), '  '),
      handlerRow(scope, service, newest, older),
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

/** A handler's member: its types on one line where they fit, else each on its own. */
function handlerRow(scope: Scope, service: Service, newest: Message, older: readonly Message[]): Code {
  const head = code`  ${scope.names.valueOf(newest)}: ${typeSymbol('Handler', RUNTIME)}<`;
  const types: Code[] = [messageType(scope, newest), ...contextArguments(scope, service, [newest, ...older])];
  const flat: Code = [head, joined(types, ', '), '>;'];
  if (widthOf(flat) <= 120) return flat;
  return [
    head,
    '\n',
    joined(
      types.map((it) => code`    ${it}`),
      ',\n',
    ),
    '\n  >;',
  ];
}

/** The steps that take a function, each once: several older versions may go by way of one. */
function demandedSteps(scope: Scope, received: readonly Received[]): UpcastStep[] {
  const steps = received.flatMap(({ newest, older }) =>
    older.flatMap((old) => upcastWay(scope, newest, old).filter((it) => !declaredUpcast(it))),
  );
  return [...new Map(steps.map((it) => [it.from, it])).values()];
}

/** The functions that the contract leaves to whoever consumes. */
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

/** `order.placed@1.0` */
function labelOf({ name, version }: Message): string {
  return `${name}@${version}`;
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

/** What makes an older version the newest: one function, or one made of the steps between. */
function upcastOf(scope: Scope, newest: Message, old: Message): Code {
  const way = upcastWay(scope, newest, old);
  if (way.every(declaredUpcast)) return upcaster(scope, old, newest);
  const steps = way.map((it): Code => {
    return declaredUpcast(it)
      ? upcaster(scope, it.from, it.to)
      : `options.upcasters[${quote(labelOf(it.from))}]`;
  });
  const [only, ...others] = steps;
  if (only && others.length === 0) return only;
  const whole = steps.reduce((inner, step): Code => code`${step}(${inner})`, 'old');
  return code`(old: ${upcastType(scope, old)}) => ${whole}`;
}

function receivedBy({ workspace }: Scope, service: Service): Received[] {
  const exchanges = exchangesOf(workspace, service.id, 'receive');
  const ids = new Set(exchanges.map((it) => it.message.id));
  const first = new Map(exchanges.toReversed().map((it) => [it.message.id, it]));
  return [...first.values()]
    .sort((a, b) => (a.message.id < b.message.id ? -1 : 1))
    .flatMap(({ message, operation, isReply }) => {
      const [newest, ...older] = versionsOf(workspace, message).filter((it) => ids.has(it.id));
      if (newest?.id !== message.id) return [];
      const purpose = (isReply ? undefined : operation.summary) ?? message.summary;
      return [{ newest, older, purpose: isReply ? ['A reply.', ...sentence(purpose)].join(' ') : purpose }];
    });
}
