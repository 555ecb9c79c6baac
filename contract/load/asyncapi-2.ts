import { equal, isObject } from '@chirograph/schema';
import { type Channel, type NodeId, nodeId, type Operation } from '../model/index.ts';
import { readBindings } from './bindings.ts';
import { readRetry } from './contract.ts';
import { settingOf } from './domain.ts';
import { entriesAt, follow } from './follow.ts';
import type { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import { loadMessage } from './messages.ts';
import { traitsOf } from './operation-traits.ts';
import { readParameters } from './parameters.ts';
import { childAt, childrenAt, memberOf, objectAt, present, textAt } from './read.ts';
import { readChannelServers, readSecurity } from './servers.ts';

/**
 * What AsyncAPI 2 calls `publish` is what others may do: the application receives. `subscribe` is its counterpart
 * (AsyncAPI 2.6, "Channel Item Object").
 */
const ACTIONS = { publish: 'receive', subscribe: 'send' } as const;

/** Many read it the other way round and wrote down what they do themselves. */
const ACTIONS_OF_CLIENT = { publish: 'send', subscribe: 'receive' } as const;

/** Takes the channels of an AsyncAPI 2 document, and the operations in them, into the workspace. */
export function loadOperations2(context: LoadContext, document: Located, service: NodeId): void {
  for (const { key: address, written } of entriesAt(context, document, 'channels')) {
    loadChannel(context, address, written, service, document);
  }
}

/** A channel is known by its address. One that stands in another file is the same channel for all who refer to it. */
function loadChannel(
  context: LoadContext,
  address: string,
  written: Located,
  service: NodeId,
  document: Located,
): void {
  const target = follow(context, written);
  if (!target || !isObject(target.value)) return;
  const id = nodeId(target.at);
  const operations = (['publish', 'subscribe'] as const).flatMap((verb) => {
    const operation = childAt(target, verb);
    return isObject(operation.value) ? [{ verb, operation }] : [];
  });
  const carried = operations.map(({ verb, operation }) => ({
    verb,
    operation,
    messages: loadMessages(
      context,
      fallbackName(context, address, operations, verb),
      ownMessages(operations, operation),
    ),
  }));

  const channel: Channel = {
    id,
    at: target.at,
    key: address,
    address,
    ...present({
      description: textAt(target.value, 'description'),
      bindings: readBindings(context, [target]),
      servers: readChannelServers(context, target, document),
    }),
    parameters: readParameters(context, target, address),
    messages: [...new Set(carried.flatMap((it) => it.messages))],
  };
  context.nodes.add('channels', channel);
  for (const { verb, operation, messages } of carried) {
    const isFromClient = context.inputs.isFromClient(document.at.file);
    const action = (isFromClient ? ACTIONS_OF_CLIENT : ACTIONS)[verb];
    const own = isObject(operation.value) ? operation.value : {};
    const key = textAt(own, 'operationId') ?? `${action} ${address}`;
    // A channel of another file stands for an operation of each service that refers to it.
    const at = target.at.file === written.at.file ? operation.at : written.at;
    const loaded: Operation = {
      id: `${nodeId(at)}${at === operation.at ? '' : `/${verb}`}`,
      at,
      key,
      service,
      action,
      channel: id,
      ...present({
        summary: textAt(own, 'summary'),
        description: textAt(own, 'description'),
        retry: readRetry(objectAt(own, 'x-contract')),
        // In AsyncAPI 2 traits win.
        bindings: readBindings(context, [operation, ...traitsOf(context, operation)]),
      }),
      security: readSecurity(context, operation, document),
      messages,
    };
    context.nodes.add('operations', loaded);
  }
}

interface Carrying {
  readonly verb: keyof typeof ACTIONS;
  readonly operation: Located;
}

/** The operation of which the messages are read: what goes both ways in the same words is one message. */
function ownMessages(operations: readonly Carrying[], operation: Located): Located {
  const [first, second] = operations;
  if (!first || !second) return operation;
  const [one, other] = [first, second].map((it) => memberOf(it.operation.value, 'message'));
  return one !== undefined && other !== undefined && equal(one, other) ? first.operation : operation;
}

/** What a message is called that nobody has named: the address, and the direction where one goes either way. */
function fallbackName(
  context: LoadContext,
  address: string,
  operations: readonly Carrying[],
  verb: Carrying['verb'],
): string {
  const unnamed = operations.filter(({ operation }) =>
    writtenMessages(context, operation).messages.some(
      ({ value }) => isObject(value) && !('$ref' in value) && !('name' in value) && !('messageId' in value),
    ),
  );
  const areOne = operations.every(
    ({ operation }) => ownMessages(operations, operation) === operations[0]?.operation,
  );
  return unnamed.length > 1 && !areOne ? `${address} ${verb}` : address;
}

/** `message` is one message, or several under `oneOf`. */
function loadMessages(context: LoadContext, address: string, operation: Located): NodeId[] {
  const { messages, areSeveral } = writtenMessages(context, operation);
  return messages.flatMap((it, index) => {
    const fallback = areSeveral ? `${address} ${index + 1}` : address;
    return loadMessage(context, fallback, it, settingOf(context, operation.at.file)) ?? [];
  });
}

function writtenMessages(context: LoadContext, operation: Located) {
  const message = childAt(operation, 'message');
  const target = follow(context, message);
  const areSeveral = target !== undefined && isObject(target.value) && Array.isArray(target.value.oneOf);
  return {
    areSeveral,
    messages: areSeveral ? childrenAt(target, 'oneOf').map((it) => it.written) : [message],
  };
}
