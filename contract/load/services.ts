import { diagnose } from '../diagnostics/index.ts';
import { type Channel, type NodeId, nodeId, type Operation } from '../model/index.ts';
import { childPointer, isObject } from '../source/index.ts';
import { readRetry } from './contract.ts';
import { follow } from './follow.ts';
import type { Loading, Written } from './loading.ts';
import { loadMessage } from './messages.ts';
import { childrenAt, objectAt, present, textAt } from './read.ts';

/** Takes one AsyncAPI document into the workspace: a service, its channels, operations and messages. */
export function loadService(loading: Loading, document: Written): void {
  const version = isObject(document.value) ? String(document.value.asyncapi) : '';
  if (!/^3\.[01]\.\d+$/.test(version)) {
    const at = { file: document.at.file, pointer: '/asyncapi' };
    loading.report(diagnose('document/unsupported-version', at, { version }));
    return;
  }
  const domain = domainOf(loading, document.at.file);
  const id = nodeId(document.at);
  const info = objectAt(document.value, 'info');
  const name = serviceName(document.at.file);
  loading.services.set(id, {
    id,
    at: document.at,
    domain,
    name,
    title: textAt(info, 'title') ?? name,
    version: textAt(info, 'version') ?? '',
    ...present({
      description: textAt(info, 'description'),
      owner: textAt(objectAt(info, 'contact'), 'name'),
    }),
    tags: childrenAt({ value: info, at: document.at }, 'tags').flatMap(
      ({ written }) => textAt(written.value, 'name') ?? [],
    ),
  });
  for (const { key, written } of childrenAt(document, 'channels')) loadChannel(loading, key, written);
  for (const { key, written } of childrenAt(document, 'operations')) loadOperation(loading, key, written, id);
}

/** The file's name without its endings: `tier` for `specs/loyalty/tier.asyncapi.yaml`. */
function serviceName(file: string): string {
  const name = file.split('/').at(-1) ?? file;
  return name.replace(/(\.asyncapi)?\.(ya?ml|json)$/, '');
}

/** A file's folder is its domain. */
function domainOf(loading: Loading, file: string): string {
  const folder = file.split('/').slice(0, -1).join('/');
  const name = folder.split('/').at(-1) || 'default';
  loading.domains.set(name, { name, folder });
  return name;
}

/** A channel belongs to the document that defines it; documents that refer to it share the node. */
function loadChannel(loading: Loading, key: string, written: Written): NodeId | undefined {
  const target = follow(loading, written);
  if (!target || !isObject(target.value)) return undefined;
  const id = nodeId(target.at);
  if (loading.channels.has(id)) return id;

  const owner = loading.document(target.at.file) ?? null;
  const setting = {
    domain: domainOf(loading, target.at.file),
    defaultContentType: textAt(owner, 'defaultContentType') ?? 'application/json',
  };
  const { address } = target.value;
  const channel: Channel = {
    id,
    at: target.at,
    key: target.at.pointer.split('/').at(-1) ?? key,
    address: typeof address === 'string' ? address : address === null ? null : key,
    ...present({
      title: textAt(target.value, 'title'),
      summary: textAt(target.value, 'summary'),
      description: textAt(target.value, 'description'),
    }),
    parameters: childrenAt(target, 'parameters').map((it) => it.key),
    messages: childrenAt(target, 'messages').flatMap(
      (it) => loadMessage(loading, it.key, it.written, setting) ?? [],
    ),
  };
  loading.channels.set(id, channel);
  return id;
}

function loadOperation(loading: Loading, key: string, written: Written, service: NodeId): void {
  const target = follow(loading, written);
  const action = textAt(target?.value, 'action');
  if (!target || !isObject(target.value) || (action !== 'send' && action !== 'receive')) return;

  const channelAt = { file: target.at.file, pointer: childPointer(target.at.pointer, 'channel') };
  const channel = loadChannel(loading, key, { value: target.value.channel ?? null, at: channelAt });
  if (channel === undefined) return;

  const chosen = childrenAt(target, 'messages').flatMap(({ written: message }) => {
    const definition = follow(loading, message);
    return definition ? [nodeId(definition.at)] : [];
  });
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
    }),
    messages:
      isObject(target.value) && target.value.messages
        ? chosen
        : (loading.channels.get(channel)?.messages ?? []),
  };
  loading.operations.set(operation.id, operation);
}
