import { suggest } from '../diagnostics/index.ts';
import { type Channel, type MessagePath, type NodeId, nodeId, type Operation } from '../model/index.ts';
import { isObject, type JsonObject, splitPointer } from '../source/index.ts';
import { readBindings } from './bindings.ts';
import { readPath, readRetry } from './contract.ts';
import { settingOf } from './domain.ts';
import { entriesAt, follow, followMeant } from './follow.ts';
import type { Loading, Written } from './loading.ts';
import { loadMessage } from './messages.ts';
import { readParameters } from './parameters.ts';
import { childAt, childrenAt, objectAt, present, textAt } from './read.ts';
import { readChannelServers, readSecurity } from './servers.ts';

/** Takes the channels and operations of an AsyncAPI 3 document into the workspace. */
export function loadOperations3(loading: Loading, document: Written, service: NodeId): void {
  for (const { key, written } of childrenAt(document, 'channels')) loadChannel(loading, key, written);
  for (const { key, written } of childrenAt(document, 'operations')) {
    loadOperation(loading, key, written, service, document);
  }
}

/** A channel belongs to the document that defines it; documents that refer to it share the node. */
function loadChannel(loading: Loading, key: string, written: Written): NodeId | undefined {
  const target = followMeant(loading, written);
  if (!target || !isObject(target.value)) return undefined;
  const id = nodeId(target.at);
  if (loading.channels.has(id)) return id;

  const setting = settingOf(loading, target.at.file);
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
      bindings: readBindings(loading, [target]),
      servers: readChannelServers(loading, target),
    }),
    parameters: readParameters(loading, target, typeof address === 'string' ? address : key),
    messages: entriesAt(loading, target, 'messages').flatMap(
      (it) => loadMessage(loading, it.key, it.written, setting) ?? [],
    ),
  };
  loading.channels.set(id, channel);
  return id;
}

/** The traits of an operation, in the order of merging. */
function traitsOf(loading: Loading, operation: Written): Written[] {
  return childrenAt(operation, 'traits').flatMap(({ written }) => follow(loading, written) ?? []);
}

function loadOperation(
  loading: Loading,
  key: string,
  written: Written,
  service: NodeId,
  document: Written,
): void {
  const target = follow(loading, written);
  if (!target || !isObject(target.value)) return;
  const action = actionOf(target.value);
  if (action === undefined) return;
  const channel = loadChannel(loading, key, childAt(target, 'channel'));
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
      reply: readReply(loading, key, target),
      bindings: readBindings(loading, [...traitsOf(loading, target), target]),
    }),
    security: readSecurity(loading, target, document),
    messages: messagesOf(loading, target, channel),
  };
  loading.operations.set(operation.id, operation);
}

/** A misspelt action has been reported; it is taken for the one that was meant. */
function actionOf(operation: JsonObject): Operation['action'] | undefined {
  const action = textAt(operation, 'action') ?? '';
  const meant = suggest(action, ACTIONS);
  return ACTIONS.find((it) => it === meant);
}

const ACTIONS = ['send', 'receive'] as const;

/** What the service answers to a message that it receives, or is answered to one that it sends. */
function readReply(loading: Loading, key: string, operation: Written): Operation['reply'] {
  const reply = follow(loading, childAt(operation, 'reply'));
  if (!reply || !isObject(reply.value)) return undefined;
  const channel = loadChannel(loading, key, childAt(reply, 'channel'));
  const messages = channel === undefined ? [] : messagesOf(loading, reply, channel);
  return { ...present({ channel, address: readReplyAddress(loading, reply) }), messages };
}

function readReplyAddress(loading: Loading, reply: Written): MessagePath | undefined {
  const address = follow(loading, childAt(reply, 'address'));
  return address && isObject(address.value) ? readPath(address.value.location) : undefined;
}

/** Those that are chosen, else all of the channel. */
function messagesOf(loading: Loading, chooser: Written, channel: NodeId): readonly NodeId[] {
  if (!isObject(chooser.value) || !Array.isArray(chooser.value.messages)) {
    return loading.channels.get(channel)?.messages ?? [];
  }
  return childrenAt(chooser, 'messages').flatMap(({ written }) => {
    const definition = followMeant(loading, written);
    return definition ? [nodeId(definition.at)] : [];
  });
}
