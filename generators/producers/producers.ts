import type { Service } from '@chirograph/contract/model';
import { isKnown } from '../source/addressed.ts';
import { type Exchange, type Method, methodsOf } from '../source/exchanges.ts';
import { mustSayHeaders } from '../source/filled.ts';
import type { GeneratedFile, Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import { commentOf, deprecation, headline } from '../source/headline.ts';
import {
  messageContract,
  messageType,
  newHeadersType,
  newMessageType,
  newParametersType,
  producerModule,
  RUNTIME,
  sideNames,
} from '../source/modules.ts';
import {
  type Code,
  code,
  docComment,
  lines,
  signature,
  sourceFile,
  typeSymbol,
  valueSymbol,
  widthOf,
} from '../source/source-file.ts';
import { quote } from '../source/text.ts';

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
  const call = code`send(${messageContract(scope, exchange.message, exchange.channel)}, message, sending),`;
  return head.length + widthOf(call) < 120 ? code`${head} ${call}` : code`${head}\n      ${call}`;
}

function declaration(scope: Scope, { name, message, channel, isReply }: Method): Code[] {
  const to =
    channel && name !== scope.names.valueOf(message) ? ` On \`${channel.address ?? channel.key}\`.` : '';
  const doc = `${headline(message)}${isReply ? ' A reply.' : ''}${to}`;
  return [
    docComment(commentOf(doc, deprecation(message)), '  '),
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
  const parameters = channel && newParametersType(scope, message, channel);
  const headers = message.headers === undefined ? undefined : newHeadersType(scope, message);
  const texts = typeSymbol('Texts', RUNTIME);
  const known: Code[] = parameters ? [headers ?? texts, ', ', parameters] : headers ? [headers] : [];
  const base: Code =
    known.length === 0
      ? typeSymbol('SendOptions', RUNTIME)
      : code`${typeSymbol('SendOptionsWith', RUNTIME)}<${known}>`;
  const hasNoAddress = channel === undefined || channel.address === null;
  const type = hasNoAddress ? code`${base} & { readonly channel: string }` : base;
  const mustSay =
    hasNoAddress ||
    mustSayHeaders(scope.workspace, message) ||
    channel.parameters.some((it) => !isKnown(scope.workspace, message, it));
  return code`sending${mustSay ? '' : '?'}: ${type}`;
}
