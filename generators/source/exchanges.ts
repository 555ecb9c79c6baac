import {
  type Channel,
  carriedBy,
  type Message,
  type NodeId,
  type Operation,
  oncePer,
  operationsOf,
  type Service,
  type Workspace,
} from '@chirograph/contract/model';
import { pascalCase } from './casing.ts';
import { Claims } from './claims.ts';
import type { Scope } from './generator.ts';

/** A message on a channel, as one service sends or receives it. */
export interface Exchange {
  readonly message: Message;
  readonly channel: Channel | undefined;
  readonly operation: Operation;
  /** It answers a request: the operation is about that. */
  readonly isReply: boolean;
}

/**
 * What a service sends or receives: the messages of its operations, and the replies to them, which go the other way. Each
 * message comes once for each channel, in the order of the messages' ids.
 */
export function exchangesOf(
  workspace: Workspace,
  service: NodeId,
  action: Operation['action'],
): readonly Exchange[] {
  return exchanges(workspace)[action].get(service) ?? [];
}

const exchanges = oncePer((workspace: Workspace) => {
  const all = (action: Operation['action']) =>
    new Map(workspace.services.map(({ id }) => [id, exchanged(workspace, id, action)]));
  return { send: all('send'), receive: all('receive') };
});

function exchanged(workspace: Workspace, service: NodeId, action: Operation['action']): Exchange[] {
  const found = new Map<string, Exchange>();
  for (const operation of operationsOf(workspace, service)) {
    const isReply = operation.action !== action;
    const { messages, channel: channelId } = carriedBy(operation, action);
    const channel = channelId === undefined ? undefined : channelsOf(workspace).get(channelId);
    for (const id of messages) {
      const message = messagesById(workspace).get(id);
      const key = `${id} ${channel?.id ?? ''}`;
      if (message && !found.has(key)) found.set(key, { message, channel, operation, isReply });
    }
  }
  return [...found.values()].sort((a, b) => order(a.message.id, b.message.id));
}

/** A message on a channel, and what its method is called. */
export interface Method extends Exchange {
  readonly name: string;
}

/** A message that goes to several channels has a method for each; the first has the message's own name. */
export function methodsOf(scope: Scope, service: Service): Method[] {
  const sent = exchangesOf(scope.workspace, service.id, 'send');
  const own = sent.map((it) => scope.names.valueOf(it.message));
  const others = new Claims(own);
  return sent.map((exchange, i) => {
    const value = scope.names.valueOf(exchange.message);
    if (own.indexOf(value) === i) return { ...exchange, name: value };
    return { ...exchange, name: others.claim([`${value}On${pascalCase(exchange.channel?.key ?? 'reply')}`]) };
  });
}

/** The messages that the services of a domain send or receive, each once, in the order of their ids. */
export function messagesExchanged(workspace: Workspace, services: readonly Service[]): Message[] {
  const messages = services.flatMap(({ id }) =>
    [...exchangesOf(workspace, id, 'send'), ...exchangesOf(workspace, id, 'receive')].map((it) => it.message),
  );
  return [...new Set(messages)].sort((a, b) => order(a.id, b.id));
}

const channelsOf = oncePer((workspace: Workspace) => new Map(workspace.channels.map((it) => [it.id, it])));
const messagesById = oncePer((workspace: Workspace) => new Map(workspace.messages.map((it) => [it.id, it])));
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
