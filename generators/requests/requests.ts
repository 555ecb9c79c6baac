import type { Channel, Message, Operation, Service } from '@chirograph/contract/model';
import { exchangesOf, type Method, methodsOf } from '../source/exchanges.ts';
import type { GeneratedFile, Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import { commentOf, deprecation, headline } from '../source/headline.ts';
import {
  consumerModule,
  messageContract,
  messageType,
  newMessageType,
  RUNTIME,
  requestsModule,
  sideNames,
} from '../source/modules.ts';
import { contractOn, isOpen, openKey } from '../source/open-channels.ts';
import { demandedSteps, labelOf, type Received, receivedBy, upcastOf } from '../source/received.ts';
import { optionsParameter } from '../source/send-options.ts';
import {
  type Code,
  code,
  docComment,
  joined,
  lines,
  signature,
  sourceFile,
  typeSymbol,
  valueSymbol,
  widthOf,
} from '../source/source-file.ts';
import { quote } from '../source/text.ts';
import { literal } from '../source/value.ts';

/**
 * `<domain>/requests/<service>.ts`: for every service that asks (it sends, and its contract names a reply), a method for each request, which
 * resolves with the answer or says that none came in time.
 */
export const requests: Generator = {
  name: 'requests',
  needs: ['types', 'messages', 'upcasters', 'consumers'],
  generate: (scope) => scope.services.flatMap((service) => requestsOf(scope, service)),
};

/** A message that is sent, and what it may be answered with. */
interface Asked extends Method {
  readonly replies: readonly Received[];
}

function requestsOf(scope: Scope, service: Service): GeneratedFile[] {
  const received = receivedBy(scope, service);
  const asked = methodsOf(scope, service).flatMap((method) => {
    const replies = repliesTo(method.operation, method.isReply, received);
    return replies.length === 0 ? [] : [{ ...method, replies }];
  });
  if (asked.length === 0) return [];
  const replies = received.filter((it) => asked.some((request) => request.replies.includes(it)));
  const { value, type } = sideNames(scope, service, 'Requests');
  const body = lines([
    docComment(
      `${service.title}: what it asks of others. Each method sends a request and waits for its answer, not inside a transaction.`,
    ),
    `export interface ${type} {`,
    docComment('Receives the answers: one of the consumers of `service`.', '  '),
    code`  readonly consumer: ${typeSymbol('Consumer', RUNTIME)};`,
    ...asked.flatMap((it) => declaration(scope, it)),
    '}',
    '',
    docComment('Requests over a broker. Nothing is received before its consumer is started.'),
    signature(
      `export function ${value}`,
      [
        code`subscriber: ${typeSymbol('Subscriber', RUNTIME)}`,
        code`options: ${typeSymbol('RequestsOptions', RUNTIME)}${demands(scope, service, replies)}`,
      ],
      `: ${type} {`,
      '',
    ),
    code`  const { consumer, ask } = ${valueSymbol('requests', RUNTIME)}(${quote(service.name)}, subscriber, options, [`,
    ...replies.map((it) => code`    ${replyContract(scope, service, it)},`),
    '  ]);',
    '  return {',
    '    consumer,',
    ...asked.map((it) => method(scope, it)),
    '  };',
    '}',
  ]);
  return [sourceFile(requestsModule(scope, service), headerOf(scope), body, scope.options)];
}

/** The replies of the operation, in their newest versions. */
function repliesTo(operation: Operation, isReply: boolean, received: readonly Received[]): Received[] {
  if (isReply || operation.action !== 'send') return [];
  const ids = operation.reply?.messages ?? [];
  return received.filter(({ newest, older }) => [newest, ...older].some(({ id }) => ids.includes(id)));
}

function declaration(scope: Scope, { name, message, channel, replies }: Asked): Code[] {
  const answers = replies.map(({ newest }) => `\`${newest.name}\``).join(' or ');
  const answer = typeSymbol('Answer', RUNTIME);
  const types = joined(
    replies.map(({ newest }) => messageType(scope, newest)),
    ' | ',
  );
  return [
    docComment(commentOf(`${headline(message)} Answered with ${answers}.`, deprecation(message)), '  '),
    signature(
      name,
      [
        code`message: ${newMessageType(scope, message)}`,
        optionsParameter(scope, { message, channel }, { name: 'asking', type: 'AskOptions' }),
      ],
      code`: Promise<${answer}<${types}>>;`,
      '  ',
    ),
  ];
}

function method(scope: Scope, asked: Asked): Code {
  const { name, message, channel, replies } = asked;
  const contract = messageContract(scope, message, channel);
  const wanted = joined(
    replies.map(({ newest }) => messageContract(scope, newest, channelOfReply(scope, asked, newest))),
    ', ',
  );
  const replyTo = replyToOf(scope, asked);
  const options = code`{ ...asking, replies: [${wanted}]${replyTo} }`;
  const flat = code`    ${name}: (message, asking) => ask(${contract}, message, ${options}),`;
  if (widthOf(flat) <= 120) return flat;
  return code`    ${name}: (message, asking) =>\n      ask(${contract}, message, ${options}),`;
}

/** Where the request says the address that it wants its answer at, and that address, where it is always the same. */
function replyToOf(scope: Scope, { operation }: Asked): Code {
  const { address, channel: id } = operation.reply ?? {};
  const channel = scope.workspace.channels.find((it) => it.id === id);
  if (address === undefined || channel === undefined || channel.parameters.length > 0) return '';
  const value = isOpen(channel) ? `options.channels.${openKey(channel)}` : quote(channel.address ?? '');
  return code`, replyTo: { at: ${literal({ in: address.in, path: address.path })}, address: ${value} }`;
}

function channelOfReply({ workspace }: Scope, { operation }: Asked, reply: Message): Channel | undefined {
  const { channel, messages } = operation.reply ?? {};
  return messages?.includes(reply.id) ? workspace.channels.find((it) => it.id === channel) : undefined;
}

/** A reply as it comes in: its newest version, and how older ones become that. */
function replyContract(scope: Scope, service: Service, { newest, older }: Received): Code {
  const exchanges = exchangesOf(scope.workspace, service.id, 'receive');
  const on = (message: Message): Channel | undefined =>
    exchanges.find((it) => it.message === message && it.isReply)?.channel;
  const contract = contractOn(scope, newest, on(newest));
  if (older.length === 0) return contract;
  const versions = older.map(
    (it) => code`{ contract: ${contractOn(scope, it, on(it))}, upcast: ${upcastOf(scope, newest, it)} }`,
  );
  return code`${valueSymbol('reply', RUNTIME)}(${contract}, [${joined(versions, ', ')}])`;
}

/** What the options hold beyond what those of all requests do: what consumers of these replies are told, too. */
function demands(scope: Scope, service: Service, replies: readonly Received[]): Code {
  const module = consumerModule(scope, service);
  const steps = demandedSteps(scope, replies).map(({ from }) => quote(labelOf(from)));
  const own = new Set(replies.flatMap(({ newest, older }) => [newest, ...older]));
  const exchanges = exchangesOf(scope.workspace, service.id, 'receive');
  const keys = exchanges
    .filter(({ message, channel, isReply }) => isReply && own.has(message) && isOpen(channel))
    .map(({ channel }) => quote(openKey(channel)));
  const members = [
    ...member('upcasters', typeSymbol(sideNames(scope, service, 'Upcasters').type, module), steps),
    ...member('channels', typeSymbol(sideNames(scope, service, 'Channels').type, module), keys),
  ];
  return members.length === 0 ? '' : code` & { ${joined(members, '; ')} }`;
}

function member(name: string, type: Code, keys: readonly string[]): Code[] {
  const picked = [...new Set(keys)].join(' | ');
  return keys.length === 0 ? [] : [code`readonly ${name}: Pick<${type}, ${picked}>`];
}
