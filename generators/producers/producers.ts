import type { Service } from '@chirograph/contract/model';
import { channelOf, type Exchange, type Method, methodsOf } from '../source/exchanges.ts';
import { mustSayHeaders } from '../source/filled.ts';
import type { GeneratedFile, Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import { headline } from '../source/headline.ts';
import {
  messageContract,
  messageType,
  newHeadersType,
  newMessageType,
  producerModule,
  RUNTIME,
  sideNames,
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
  widthOf,
} from '../source/source-file.ts';
import { propertyKey } from '../source/value.ts';

/** `<domain>/producers/<service>.ts`: for every service that sends, one method for each of its messages. */
export const producers: Generator = {
  name: 'producers',
  needs: ['types', 'messages'],
  generate: (scope) => scope.services.flatMap((service) => producer(scope, service)),
};

function producer(scope: Scope, service: Service): GeneratedFile[] {
  const sent = methodsOf(scope, service);
  if (sent.length === 0) return [];
  const { value, type } = sideNames(scope, service, 'Producer');
  const options = typeSymbol('ProducerOptions', RUNTIME);
  const body = lines([
    docComment(
      `${service.title}: what it sends. Each method fills the envelope, checks the message and hands it over.`,
    ),
    `export interface ${type} {`,
    ...sent.flatMap((it) => declaration(scope, it)),
    '}',
    '',
    docComment('A producer over a broker, or over an outbox for messages that belong to a transaction.'),
    signature(
      `export function ${value}`,
      [code`publisher: ${typeSymbol('Publisher', RUNTIME)}`, code`options: ${options} = {}`],
      `: ${type} {`,
      '',
    ),
    code`  const send = ${valueSymbol('createProducer', RUNTIME)}(${quote(service.name)}, publisher, options);`,
    '  return {',
    ...sent.map((it) => method(scope, it)),
    '  };',
    '}',
  ]);
  return [sourceFile(producerModule(scope, service), headerOf(scope), body, scope.options)];
}

function method(scope: Scope, exchange: Method): Code {
  const head = `    ${exchange.name}: (message, sending) =>`;
  const call = code`send(${contractOn(scope, exchange)}, message, sending),`;
  return head.length + widthOf(call) < 120 ? code`${head} ${call}` : code`${head}\n      ${call}`;
}

function declaration(scope: Scope, { name, message, channel, isReply }: Method): Code[] {
  const to =
    channel && name !== scope.names.valueOf(message) ? ` On \`${channel.address ?? channel.key}\`.` : '';
  const doc = `${headline(message)}${isReply ? ' A reply.' : ''}${to}`;
  return [
    docComment(doc, '  '),
    signature(
      name,
      [code`message: ${newMessageType(scope, message)}`, sendOptions(scope, { message, channel })],
      code`: Promise<${messageType(scope, message)}>;`,
      '  ',
    ),
  ];
}

/** Where the caller has to say headers, parameters or an address, it cannot leave the options out. */
function sendOptions(scope: Scope, { message, channel }: Pick<Exchange, 'message' | 'channel'>): Code {
  const base: Code =
    message.headers === undefined
      ? typeSymbol('SendOptions', RUNTIME)
      : code`${typeSymbol('SendOptionsWith', RUNTIME)}<${newHeadersType(scope, message)}>`;
  const parameters = (channel?.parameters ?? []).map((it) => `readonly ${propertyKey(it)}: string`);
  const demands = [
    ...(parameters.length === 0 ? [] : [`readonly parameters: { ${parameters.join('; ')} }`]),
    ...(channel === undefined || channel.address === null ? ['readonly channel: string'] : []),
  ];
  const type = demands.length === 0 ? base : code`${base} & { ${demands.join('; ')} }`;
  const mark = demands.length === 0 && !mustSayHeaders(scope.workspace, message) ? '?' : '';
  return code`sending${mark}: ${type}`;
}

/** The message's contract, on the channel that is meant. */
function contractOn(scope: Scope, { message, channel }: Exchange): Code {
  const contract = messageContract(scope, message);
  const usual = channelOf(scope.workspace, message.id);
  if (channel === undefined || channel.id === usual?.id) return contract;
  return code`{ ...${contract}, channel: ${quote(channel.address ?? '')} }`;
}
