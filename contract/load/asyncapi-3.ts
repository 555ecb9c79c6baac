import { isObject, type JsonObject, splitPointer } from '@chirograph/schema';
import { suggest } from '../diagnostics/index.ts';
import { type Channel, type MessagePath, type NodeId, nodeId, type Operation } from '../model/index.ts';
import { readBindings } from './bindings.ts';
import { readPath, readRetry } from './contract.ts';
import { settingOf } from './domain.ts';
import { entriesAt, follow, followMeant } from './follow.ts';
import type { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import { loadMessage } from './messages.ts';
import { traitsOf } from './operation-traits.ts';
import { readParameters } from './parameters.ts';
import { childAt, childrenAt, memberOf, objectAt, present, textAt } from './read.ts';
import { readChannelServers, readSecurity } from './servers.ts';

/** Takes the channels and operations of an AsyncAPI 3 document into the workspace. */
export function loadOperations3(context: LoadContext, document: Located, service: NodeId): void {
  for (const { key, written } of childrenAt(document, 'channels')) loadChannel(context, key, written);
  for (const { key, written } of childrenAt(document, 'operations')) {
    loadOperation(context, key, written, service, document);
  }
}

/** A channel belongs to the document that defines it; documents that refer to it share the node. */
function loadChannel(context: LoadContext, key: string, written: Located): NodeId | undefined {
  const target = followMeant(context, written);
  if (!target || !isObject(target.value)) return undefined;
  const id = nodeId(target.at);
  if (context.nodes.has('channels', id)) return id;

  const setting = settingOf(context, target.at.file);
  const { address } = target.value;
  const channel: Channel = {
    id,
    at: target.at,
    key: splitPointer(target.at.pointer).at(-1) ?? key,
    address: typeof address === 'string' || address === null ? address : key,
    ...present({
      title: textAt(target.value, 'title'),
      summary: textAt(target.value, 'summary'),
      description: textAt(target.value, 'description'),
      bindings: readBindings(context, [target]),
      servers: readChannelServers(context, target),
    }),
    parameters: readParameters(context, target, typeof address === 'string' ? address : key),
    messages: entriesAt(context, target, 'messages').flatMap(
      (it) => loadMessage(context, it.key, it.written, setting) ?? [],
    ),
  };
  context.nodes.add('channels', channel);
  return id;
}

function loadOperation(
  context: LoadContext,
  key: string,
  written: Located,
  service: NodeId,
  document: Located,
): void {
  const target = follow(context, written);
  if (!target || !isObject(target.value)) return;
  const action = actionOf(target.value);
  if (action === undefined) return;
  const channel = loadChannel(context, key, childAt(target, 'channel'));
  if (channel === undefined) return;

  const operation: Operation = {
    id: nodeId(written.at),
    at: written.at,
    key,
    service,
    action,
    channel,
    ...present({
      title: textAt(target.value, 'title'),
      summary: textAt(target.value, 'summary'),
      description: textAt(target.value, 'description'),
      retry: readRetry(objectAt(target.value, 'x-contract')),
      reply: readReply(context, key, target),
      bindings: readBindings(context, [...traitsOf(context, target), target]),
    }),
    security: readSecurity(context, target, document),
    messages: messagesOf(context, target, channel),
  };
  context.nodes.add('operations', operation);
}

/** A misspelt action has been reported; it is taken for the one that was meant. */
function actionOf(operation: JsonObject): Operation['action'] | undefined {
  const action = textAt(operation, 'action') ?? '';
  const meant = suggest(action, ACTIONS);
  return ACTIONS.find((it) => it === meant);
}

const ACTIONS = ['send', 'receive'] as const;

/** What the service answers to a message that it receives, or is answered to one that it sends. */
function readReply(context: LoadContext, key: string, operation: Located): Operation['reply'] {
  const reply = follow(context, childAt(operation, 'reply'));
  if (!reply || !isObject(reply.value)) return undefined;
  const channel = loadChannel(context, key, childAt(reply, 'channel'));
  const messages = channel === undefined ? [] : messagesOf(context, reply, channel);
  return { ...present({ channel, address: readReplyAddress(context, reply) }), messages };
}

function readReplyAddress(context: LoadContext, reply: Located): MessagePath | undefined {
  const address = follow(context, childAt(reply, 'address'));
  return address && isObject(address.value) ? readPath(address.value.location) : undefined;
}

/** Those that are chosen, else all of the channel. */
function messagesOf(context: LoadContext, chooser: Located, channel: NodeId): readonly NodeId[] {
  if (!isObject(chooser.value) || !Array.isArray(memberOf(chooser.value, 'messages'))) {
    return context.nodes.get('channels', channel)?.messages ?? [];
  }
  return childrenAt(chooser, 'messages').flatMap(({ written }) => {
    const definition = followMeant(context, written);
    return definition ? [nodeId(definition.at)] : [];
  });
}
