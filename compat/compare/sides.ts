import {
  addressOf,
  type Channel,
  type Endpoint,
  endpointsOf,
  identityOf,
  type Message,
  type NodeId,
  type Operation,
  oncePer,
  type Service,
  type Workspace,
} from '@chirograph/contract/model';
import { blankAddress } from './compare-parameters.ts';
import { type Matched, matchBy, matchRest } from './match.ts';
import { matchMessages } from './match-messages.ts';

/** Two states of a workspace, and which node of one is which of the other. */
export interface Matching {
  readonly base: Workspace;
  readonly head: Workspace;
  readonly services: Matched<Service>;
  readonly channels: Matched<Channel>;
  readonly operations: Matched<Operation>;
  readonly messages: Matched<Message>;
  /** Messages of which a service had one view and has another: its copy became a reference, say. */
  readonly views: readonly { readonly base: Message; readonly head: Message }[];
  /** The one name that a channel or a message has on both sides, by its id in base or head. */
  readonly channelOf: (side: 'base' | 'head', id: NodeId) => string;
  readonly messageOf: (side: 'base' | 'head', id: NodeId) => string;
}

/**
 * Matches by identity: a service is its name in its domain, a channel its address, a message its name and version at an
 * address, an operation what a service does with a channel. Only what finds no partner so is tried by its key, to tell
 * what changed its name from what came and went. Which document describes a message does not matter.
 */
export function matchWorkspaces(base: Workspace, head: Workspace): Matching {
  // By document first: a neighbour may have a service, and a domain, of the same name.
  const services = matchRest(
    matchRest(
      matchBy(base.services, head.services, (it) => it.at.file),
      serviceKey,
    ),
    (it) => it.name,
  );
  const channels = matchChannels(base, head);
  const matched = matchMessages(base, head);
  const messageOf = identityNames(base, head, matched);
  const isKept = (side: 'base' | 'head') => (it: Message) => messageOf(side, it.id).startsWith('both');
  const messages: Matched<Message> = {
    both: matched.both,
    gone: matched.gone.filter((it) => !isKept('base')(it)),
    came: matched.came.filter((it) => !isKept('head')(it)),
  };
  const serviceOf = serviceNames(services);
  const views = otherViews(base, head, matched, messageOf, serviceOf);
  const channelOf = channelNames(channels);
  const identity = (side: 'base' | 'head') => (it: Operation) =>
    `${serviceOf(side, it.service)} ${it.action} ${channelOf(side, it.channel)}`;
  const [baseKey, headKey] = [identity('base'), identity('head')];
  const isBase = new Set(base.operations);
  const either = (it: Operation) => (isBase.has(it) ? baseKey(it) : headKey(it));
  const named = (it: Operation) => `${either(it)} ${it.key}`;
  const operations = matchRest(
    matchRest(matchBy(base.operations, head.operations, named), either),
    (it) => `${it.action} ${it.id}`,
  );
  return { base, head, services, channels, operations, messages, views, channelOf, messageOf };
}

function serviceKey({ domain, name }: Service): string {
  return `${domain}/${name}`;
}

/** The names of an address's parameters are nothing to the broker. Several documents may describe one channel. */
function matchChannels(base: Workspace, head: Workspace): Matched<Channel> {
  const address = (it: Channel) => (it.address === null ? `key ${it.key}` : blankAddress(it.address));
  const ofFile = matchBy(base.channels, head.channels, (it) => `${it.at.file} ${address(it)}`);
  const before = new Set(base.channels.map(address));
  const after = new Set(head.channels.map(address));
  const byAddress = matchRest(ofFile, address);
  // What is still there at another document's channel has not moved.
  const isLeft = (it: Channel) => !(before.has(address(it)) && after.has(address(it)));
  const left = matchRest(
    { ...byAddress, gone: byAddress.gone.filter(isLeft), came: byAddress.came.filter(isLeft) },
    (it) => it.id,
  );
  return {
    both: left.both,
    gone: [...left.gone, ...byAddress.gone.filter((it) => !isLeft(it))],
    came: [...left.came, ...byAddress.came.filter((it) => !isLeft(it))],
  };
}

/** One name for all views of a message on both sides. */
function identityNames(base: Workspace, head: Workspace, { both }: Matched<Message>) {
  const names = { base: new Map<NodeId, string>(), head: new Map<NodeId, string>() };
  for (const [index, pair] of both.entries()) {
    const views = {
      base: identityOf(base, pair.base.id)?.views ?? [pair.base],
      head: identityOf(head, pair.head.id)?.views ?? [pair.head],
    };
    const known =
      views.base.flatMap((it) => names.base.get(it.id) ?? [])[0] ??
      views.head.flatMap((it) => names.head.get(it.id) ?? [])[0] ??
      `both ${index}`;
    for (const side of ['base', 'head'] as const) {
      for (const { id } of views[side]) names[side].set(id, known);
    }
  }
  return (side: 'base' | 'head', id: NodeId) => names[side].get(id) ?? `${side} ${id}`;
}

function serviceNames({ both }: Matched<Service>) {
  const base = new Map(both.map((it) => [it.base.id, it.base.id]));
  const head = new Map(both.map((it) => [it.head.id, it.base.id]));
  return (side: 'base' | 'head', id: NodeId) => (side === 'base' ? base : head).get(id) ?? `${side} ${id}`;
}

/** The pairs of nodes by which one service describes one message before and after, where they are not matched anyway. */
function otherViews(
  base: Workspace,
  head: Workspace,
  { both }: Matched<Message>,
  messageOf: Matching['messageOf'],
  serviceOf: (side: 'base' | 'head', id: NodeId) => string,
): { readonly base: Message; readonly head: Message }[] {
  const known = new Set(both.map((it) => `${it.base.id} ${it.head.id}`));
  const partner = new Map(both.map((it) => [it.base.id, it.head.id]));
  const key = (side: 'base' | 'head', it: Endpoint) =>
    `${serviceOf(side, it.service)} ${it.action} ${messageOf(side, it.message.id)}`;
  const after = Map.groupBy(endpointsOf(head), (it) => key('head', it));
  const views = new Map<string, { base: Message; head: Message }>();
  for (const end of endpointsOf(base)) {
    const ends = after.get(key('base', end)) ?? [];
    if (ends.length === 0 || ends.some((it) => it.message.id === partner.get(end.message.id))) continue;
    const [{ message }] = ends as [Endpoint];
    const id = `${end.message.id} ${message.id}`;
    if (!known.has(id)) views.set(id, { base: end.message, head: message });
  }
  return [...views.values()];
}

/** The domain of a file: its folder's. */
export function domainOfFile(workspace: Workspace, file: string): string {
  const folder = file.split('/').slice(0, -1).join('/');
  return domainNames(workspace).get(folder) ?? folder;
}

const domainNames = oncePer(
  ({ domains }: Workspace) => new Map(domains.toReversed().map((it) => [it.folder, it.name])),
);

/** A channel is its address, whichever document describes it; one that moved, or has no address, is itself. */
function channelNames({ both, gone, came }: Matched<Channel>) {
  const text = (it: Channel) => addressOf(it)?.text;
  const base = new Map(gone.map((it) => [it.id, text(it) ?? `base ${it.id}`]));
  const head = new Map(came.map((it) => [it.id, text(it) ?? `head ${it.id}`]));
  for (const [index, pair] of both.entries()) {
    const same = text(pair.base) === text(pair.head) ? text(pair.base) : undefined;
    base.set(pair.base.id, same ?? `both ${index}`);
    head.set(pair.head.id, same ?? `both ${index}`);
  }
  return (side: 'base' | 'head', id: NodeId) => (side === 'base' ? base : head).get(id) ?? `${side} ${id}`;
}
