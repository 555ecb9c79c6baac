import type { Channel, Message, NodeId, Operation, Service, Workspace } from '@chirograph/contract/model';
import { blankAddress } from './compare-parameters.ts';
import { type Matched, matchBy, matchRest } from './match.ts';

/** Two states of a workspace, and which node of one is which of the other. */
export interface Matching {
  readonly base: Workspace;
  readonly head: Workspace;
  readonly services: Matched<Service>;
  readonly channels: Matched<Channel>;
  readonly operations: Matched<Operation>;
  readonly messages: Matched<Message>;
  /** The one name that a channel or a message has on both sides, by its id in base or head. */
  readonly channelOf: (side: 'base' | 'head', id: NodeId) => string;
  readonly messageOf: (side: 'base' | 'head', id: NodeId) => string;
}

/**
 * Matches by identity: a service is its name in its domain, a channel its address, a message its name and version, an
 * operation what a service does with a channel. Only what finds no partner so is tried by its key, to tell what changed
 * its name from what came and went.
 */
export function matchWorkspaces(base: Workspace, head: Workspace): Matching {
  const services = matchBy(base.services, head.services, serviceKey);
  const channels = matchRest(
    matchBy(
      base.channels,
      head.channels,
      (it) => channelKey(base, it),
      (it) => channelKey(head, it),
    ),
    (it) => it.id,
  );
  const messages = matchRest(matchBy(base.messages, head.messages, messageKey), renameKey);
  const channelOf = namesOf(channels);
  const messageOf = namesOf(messages);
  const operationKey = (side: 'base' | 'head', workspace: Workspace) => (it: Operation) => {
    const service = workspace.services.find(({ id }) => id === it.service);
    return `${service && serviceKey(service)} ${it.action} ${channelOf(side, it.channel)}`;
  };
  const [baseKey, headKey] = [operationKey('base', base), operationKey('head', head)];
  const isBase = new Set(base.operations);
  const identity = (it: Operation) => (isBase.has(it) ? baseKey(it) : headKey(it));
  const named = (it: Operation) => `${identity(it)} ${it.key}`;
  const operations = matchRest(
    matchRest(matchBy(base.operations, head.operations, named), identity),
    (it) => `${it.action} ${it.id}`,
  );
  return { base, head, services, channels, operations, messages, channelOf, messageOf };
}

function serviceKey({ domain, name }: Service): string {
  return `${domain}/${name}`;
}

/** The names of an address's parameters are nothing to the broker. */
function channelKey(workspace: Workspace, { address, key, at }: Channel): string {
  const domain = domainOfFile(workspace, at.file);
  return address === null ? `${domain} key ${key}` : `${domain} ${blankAddress(address)}`;
}

function messageKey({ domain, name, version }: Message): string {
  return `${domain} ${name} ${version}`;
}

/** A message that kept its place and version and lost its name was renamed. */
function renameKey({ id, version }: Message): string {
  return `${id} ${version}`;
}

/** The domain of a file: its folder's. */
export function domainOfFile({ domains }: Workspace, file: string): string {
  const folder = file.split('/').slice(0, -1).join('/');
  return domains.find((it) => it.folder === folder)?.name ?? folder;
}

function namesOf<T extends { readonly id: NodeId }>({ both, gone, came }: Matched<T>) {
  const base = new Map<NodeId, string>(gone.map((it) => [it.id, `base ${it.id}`]));
  const head = new Map<NodeId, string>(came.map((it) => [it.id, `head ${it.id}`]));
  for (const [index, pair] of both.entries()) {
    base.set(pair.base.id, `both ${index}`);
    head.set(pair.head.id, `both ${index}`);
  }
  return (side: 'base' | 'head', id: NodeId) => (side === 'base' ? base : head).get(id) ?? `${side} ${id}`;
}
