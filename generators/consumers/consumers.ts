import { type Message, operationsOf, type Service, versionsOf } from '@chirograph/contract/model';
import type { GeneratedFile, Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
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
  /** Why the service receives it. */
  readonly purpose: string;
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
      docComment(`${purpose} \`${newest.name}\` ${newest.version}.`, '  '),
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
    ...received.map((it) => receiver(scope, it)),
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

function receiver(scope: Scope, { newest, older }: Received): Code {
  const handler = `handlers.${scope.names.valueOf(newest)}`;
  const versions = older.map(
    (it) => code`{ contract: ${messageContract(scope, it)}, upcast: ${upcaster(scope, it, newest)} }`,
  );
  const list =
    versions.length === 0 ? '' : [', [', versions.flatMap((it, i) => (i === 0 ? [it] : [', ', it])), ']'];
  return code`    ${valueSymbol('receive', RUNTIME)}(${messageContract(scope, newest)}, ${handler}${list}),`;
}

function receivedBy({ workspace, messages }: Scope, service: Service): Received[] {
  const operations = operationsOf(workspace, service.id, 'receive');
  const ids = new Set(operations.flatMap((it) => it.messages));
  const received = messages.filter((it) => ids.has(it.id));
  return received.flatMap((message) => {
    const [newest, ...older] = versionsOf(workspace, message).filter((it) => ids.has(it.id));
    if (newest?.id !== message.id) return [];
    const operation = operations.find((it) => it.messages.includes(message.id));
    return [{ newest, older, purpose: operation?.summary ?? message.summary ?? message.name }];
  });
}
