import { type Channel, type Message, type Service, versionsOf } from '@chirograph/contract/model';
import { channelOf, exchangesOf } from '../source/exchanges.ts';
import type { GeneratedFile, Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import { headline, sentence } from '../source/headline.ts';
import {
  consumerModule,
  headersType,
  messageContract,
  messageType,
  RUNTIME,
  sideNames,
  upcaster,
} from '../source/modules.ts';
import {
  type Code,
  code,
  docComment,
  lines,
  quote,
  signature,
  sourceFile,
  typeSymbol,
  valueSymbol,
} from '../source/source-file.ts';

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
  const body = lines([
    docComment(`${service.title}: what it does with each message that it receives.`),
    `export interface ${handlers} {`,
    ...received.flatMap(({ newest, older, purpose }) => [
      docComment(headline(newest, purpose), '  '),
      code`  ${scope.names.valueOf(newest)}: ${typeSymbol('Handler', RUNTIME)}<${messageType(scope, newest)}${headersArgument(scope, [newest, ...older])}>;`,
    ]),
    '}',
    '',
    docComment(
      'Receives, checks, upcasts and hands over, each message once. Nothing happens before `start`.',
    ),
    signature(
      `export function ${value}`,
      [
        code`subscriber: ${typeSymbol('Subscriber', RUNTIME)}`,
        code`options: ${options}`,
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

/** The headers that a handler may meet: those of each version that it is handed. */
function headersArgument(scope: Scope, versions: readonly Message[]): Code {
  const types = versions.map((it) => headersType(scope, it));
  if (types.every((it) => it === undefined)) return '';
  const named = [...new Map(types.map((it) => [it?.name, it ?? 'unknown'])).values()];
  return [', ', ...named.flatMap((it, i) => (i === 0 ? [it] : [' | ', it]))];
}

function receivers(scope: Scope, service: Service, { newest, older }: Received): Code[] {
  const handler = `handlers.${scope.names.valueOf(newest)}`;
  const exchanges = exchangesOf(scope.workspace, service.id, 'receive');
  const channels = exchanges.filter((it) => it.message === newest);
  return channels.map(({ channel }, i) => {
    const olderHere = i > 0 ? [] : older;
    const versions = olderHere.map((it) => {
      const on = exchanges.find((exchange) => exchange.message === it)?.channel;
      return code`{ contract: ${contractOn(scope, it, on)}, upcast: ${upcaster(scope, it, newest)} }`;
    });
    const list =
      versions.length === 0 ? '' : [', [', versions.flatMap((it, n) => (n === 0 ? [it] : [', ', it])), ']'];
    return code`    ${valueSymbol('receive', RUNTIME)}(${contractOn(scope, newest, channel)}, ${handler}${list}),`;
  });
}

function contractOn(scope: Scope, message: Message, channel: Channel | undefined): Code {
  const contract = messageContract(scope, message);
  if (channel === undefined || channel.id === channelOf(scope.workspace, message.id)?.id) return contract;
  return code`{ ...${contract}, channel: ${quote(channel.address ?? '')} }`;
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
