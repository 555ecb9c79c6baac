import { type Message, messagesOf, type Service } from '@chirograph/contract/model';
import type { GeneratedFile, Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import {
  messageContract,
  messageType,
  newMessageType,
  producerModule,
  RUNTIME,
  sideNames,
} from '../source/modules.ts';
import {
  code,
  docComment,
  lines,
  quote,
  sourceFile,
  typeSymbol,
  valueSymbol,
} from '../source/source-file.ts';

/** `<domain>/producers/<service>.ts`: for every service that sends, one method for each of its messages. */
export const producers: Generator = {
  name: 'producers',
  generate: (scope) => scope.services.flatMap((service) => producer(scope, service)),
};

function producer(scope: Scope, service: Service): GeneratedFile[] {
  const sent = messagesOf(scope.workspace, service.id, 'send').filter((it) => scope.messages.includes(it));
  if (sent.length === 0) return [];
  const { value, type } = sideNames(service, 'Producer');
  const options = typeSymbol('ProducerOptions', RUNTIME);
  const body = lines([
    docComment(
      `What the ${service.title} sends. Each method fills the envelope, checks the message and hands it over.`,
    ),
    `export interface ${type} {`,
    ...sent.flatMap((message) => method(scope, message)),
    '}',
    '',
    docComment('A producer over a broker, or over an outbox for messages that belong to a transaction.'),
    code`export function ${value}(publisher: ${typeSymbol('Publisher', RUNTIME)}, options: ${options} = {}): ${type} {`,
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

function method(scope: Scope, message: Message) {
  const { name, version, summary, title } = message;
  const sending = typeSymbol('SendOptions', RUNTIME);
  return [
    docComment(`${summary ?? title ?? name} \`${name}\` ${version}.`, '  '),
    code`  ${scope.names.valueOf(message)}(message: ${newMessageType(scope, message)}, sending?: ${sending}): Promise<${messageType(scope, message)}>;`,
  ];
}
