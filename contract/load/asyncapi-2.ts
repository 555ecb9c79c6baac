import { type Channel, type NodeId, nodeId, type Operation } from '../model/index.ts';
import { isObject } from '../source/index.ts';
import { readBindings } from './bindings.ts';
import { readRetry } from './contract.ts';
import { settingOf } from './domain.ts';
import { entriesAt, follow } from './follow.ts';
import type { Loading, Written } from './loading.ts';
import { loadMessage } from './messages.ts';
import { readParameters } from './parameters.ts';
import { childAt, childrenAt, objectAt, present, textAt } from './read.ts';
import { readChannelServers, readSecurity } from './servers.ts';

/**
 * What AsyncAPI 2 calls `publish` is what others may do: the application receives. `subscribe` is its counterpart
 * (AsyncAPI 2.6, "Channel Item Object").
 */
const ACTIONS = { publish: 'receive', subscribe: 'send' } as const;

/** Takes the channels of an AsyncAPI 2 document, and the operations in them, into the workspace. */
export function loadOperations2(loading: Loading, document: Written, service: NodeId): void {
  for (const { key: address, written } of entriesAt(loading, document, 'channels')) {
    loadChannel(loading, address, written, service, document);
  }
}

/** A channel is known by its address. One that stands in another file is the same channel for all who refer to it. */
function loadChannel(
  loading: Loading,
  address: string,
  written: Written,
  service: NodeId,
  document: Written,
): void {
  const target = follow(loading, written);
  if (!target || !isObject(target.value)) return;
  const id = nodeId(target.at);
  const operations = (['publish', 'subscribe'] as const).flatMap((verb) => {
    const operation = childAt(target, verb);
    return isObject(operation.value) ? [{ verb, operation }] : [];
  });
  const carried = operations.map(({ verb, operation }) => ({
    verb,
    operation,
    messages: loadMessages(loading, address, operation),
  }));

  const channel: Channel = {
    id,
    at: target.at,
    key: address,
    address,
    ...present({
      description: textAt(target.value, 'description'),
      bindings: readBindings(loading, [target]),
      servers: readChannelServers(loading, target, document),
    }),
    parameters: readParameters(loading, target, address),
    messages: [...new Set(carried.flatMap((it) => it.messages))],
  };
  loading.channels.set(id, channel);
  for (const { verb, operation, messages } of carried) {
    const action = ACTIONS[verb];
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
        bindings: readBindings(loading, [operation]),
      }),
      security: readSecurity(loading, operation, document),
      messages,
    };
    loading.operations.set(loaded.id, loaded);
  }
}

/** `message` is one message, or several under `oneOf`. */
function loadMessages(loading: Loading, address: string, operation: Written): NodeId[] {
  const message = childAt(operation, 'message');
  const target = follow(loading, message);
  const several = target && isObject(target.value) && Array.isArray(target.value.oneOf);
  const written = several ? childrenAt(target, 'oneOf').map((it) => it.written) : [message];
  return written.flatMap((it, index) => {
    const fallback = several ? `${address} ${index + 1}` : address;
    return loadMessage(loading, fallback, it, settingOf(loading, operation.at.file)) ?? [];
  });
}
