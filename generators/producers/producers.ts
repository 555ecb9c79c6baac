import { type Message, messagesOf, type Service } from '@chirograph/contract/model';
import { mustSayHeaders } from '../source/filled.ts';
import type { GeneratedFile, Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
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
} from '../source/source-file.ts';

/** `<domain>/producers/<service>.ts`: for every service that sends, one method for each of its messages. */
export const producers: Generator = {
  name: 'producers',
  needs: ['types', 'messages'],
  generate: (scope) => scope.services.flatMap((service) => producer(scope, service)),
};

function producer(scope: Scope, service: Service): GeneratedFile[] {
  const sent = messagesOf(scope.workspace, service.id, 'send').filter((it) => scope.messages.includes(it));
  if (sent.length === 0) return [];
  const { value, type } = sideNames(scope, service, 'Producer');
  const options = typeSymbol('ProducerOptions', RUNTIME);
  const body = lines([
    docComment(
      `${service.title}: what it sends. Each method fills the envelope, checks the message and hands it over.`,
    ),
    `export interface ${type} {`,
    ...sent.flatMap((message) => method(scope, message)),
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
    ...sent.map((message) => {
      const contract = messageContract(scope, message);
      return code`    ${contract.name}: (message, sending) => send(${contract}, message, sending),`;
    }),
    '  };',
    '}',
  ]);
  return [sourceFile(producerModule(scope, service), headerOf(scope), body, scope.options)];
}

function method(scope: Scope, message: Message): Code[] {
  const { name, version, summary, title } = message;
  return [
    docComment(`${summary ?? title ?? name} \`${name}\` ${version}.`, '  '),
    signature(
      scope.names.valueOf(message),
      [code`message: ${newMessageType(scope, message)}`, sendOptions(scope, message)],
      code`: Promise<${messageType(scope, message)}>;`,
      '  ',
    ),
  ];
}

/** Where the caller has to say headers, it cannot leave the options out. */
function sendOptions(scope: Scope, message: Message): Code {
  if (message.headers === undefined) return code`sending?: ${typeSymbol('SendOptions', RUNTIME)}`;
  const mark = mustSayHeaders(scope.workspace, message) ? '' : '?';
  return code`sending${mark}: ${typeSymbol('SendOptionsWith', RUNTIME)}<${newHeadersType(scope, message)}>`;
}
