import type { Service } from '@chirograph/contract/model';
import { type Method, methodsOf } from '../source/exchanges.ts';
import type { GeneratedFile, Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import { commentOf, deprecation, headline } from '../source/headline.ts';
import {
  messageContract,
  messageType,
  newMessageType,
  producerModule,
  RUNTIME,
  sideNames,
} from '../source/modules.ts';
import { optionsParameter } from '../source/send-options.ts';
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
      [
        code`message: ${newMessageType(scope, message)}`,
        optionsParameter(scope, { message, channel }, { name: 'sending', type: 'SendOptions' }),
      ],
      code`: Promise<${messageType(scope, message)}>;`,
      '  ',
    ),
  ];
}
