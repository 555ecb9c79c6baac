import { compareVersions } from './compare-versions.ts';
import type { NodeId } from './location.ts';
import { endpointsOf } from './meeting/endpoint.ts';
import { identitiesOf } from './meeting/identities.ts';
import { meetingOf } from './meeting/meeting.ts';
import type { Message } from './message.ts';
import { oncePer } from './once-per.ts';
import type { Operation, Reply, Service, Workspace } from './workspace.ts';

// What is asked of a workspace again and again is found by key, not by looking through its lists.

/** By message: the services that send it, and those that receive it, whichever document's words each goes by. */
const partiesByMessage = oncePer((workspace: Workspace) => {
  const parties = new Map<NodeId, Record<Operation['action'], Set<NodeId>>>();
  const identities = identitiesOf(workspace);
  for (const { views } of identities) {
    const own = { send: new Set<NodeId>(), receive: new Set<NodeId>() };
    for (const { id } of views) parties.set(id, own);
  }
  for (const { action, message, service } of endpointsOf(workspace)) {
    parties.get(message.id)?.[action].add(service);
  }
  for (const { sender, reader } of meetingOf(workspace).edges) {
    parties.get(sender.message.id)?.receive.add(reader.service);
    parties.get(reader.message.id)?.send.add(sender.service);
  }
  return parties;
});

const operationsByService = oncePer(({ operations }: Workspace) =>
  Map.groupBy(operations, ({ service }) => service),
);

const messagesById = oncePer(({ messages }: Workspace) => new Map(messages.map((it) => [it.id, it])));

const versionsByName = oncePer(({ messages }: Workspace) => Map.groupBy(messages, identityOf));

function identityOf({ domain, name }: Message): string {
  return `${domain} ${name}`;
}

/** The services that send a message, as a reply too, sorted as in the workspace. */
export function sendersOf(workspace: Workspace, message: NodeId): Service[] {
  return servicesWith(workspace, message, 'send');
}

/** The services that receive a message, as a reply too: its consumers. */
export function consumersOf(workspace: Workspace, message: NodeId): Service[] {
  return servicesWith(workspace, message, 'receive');
}

/** The operations of a service, in the order of their ids. */
export function operationsOf(
  workspace: Workspace,
  service: NodeId,
  action?: Operation['action'],
): Operation[] {
  const own = operationsByService(workspace).get(service) ?? [];
  return own.filter((it) => !action || it.action === action);
}

/** The messages that a service sends or receives, replies among them, each once. */
export function messagesOf(workspace: Workspace, service: NodeId, action: Operation['action']): Message[] {
  const ids = new Set(operationsOf(workspace, service).flatMap((it) => carriedBy(it, action).messages));
  return [...ids].sort().flatMap((id) => messagesById(workspace).get(id) ?? []);
}

/** What an operation carries one way: its own messages, or the replies to them, which go the other way. */
export function carriedBy(operation: Operation, action: Operation['action']): Reply {
  if (operation.action === action) return operation;
  return operation.reply ?? { messages: [] };
}

/**
 * All versions of a message, the newest first, each once: what has its name within its domain. Where one version of a
 * name is there twice, on channels of different addresses, these are different messages, each with the versions on its
 * own channels. Of two definitions at one address, those in the message's own document count.
 */
export function versionsOf(workspace: Workspace, message: Message): Message[] {
  const own = lineages(workspace).get(message) ?? [];
  if (own.length < 2) return [...own];
  const versions = new Map<string, Message>();
  for (const it of [message, ...own.filter((other) => other.at.file === message.at.file), ...own])
    if (!versions.has(it.version)) versions.set(it.version, it);
  return [...versions.values()].sort((a, b) => compareVersions(b.version, a.version));
}

const lineages = oncePer((workspace: Workspace) => {
  const found = new Map<Message, readonly Message[]>();
  for (const named of versionsByName(workspace).values())
    for (const own of lineagesOf(workspace, named)) for (const it of own) found.set(it, own);
  return found;
});

/** Messages of one name, apart where a version is there twice on channels that have no address in common. */
function lineagesOf(workspace: Workspace, named: readonly Message[]): readonly (readonly Message[])[] {
  if (new Set(named.map((it) => it.version)).size === named.length) return [named];
  const groups = meetings(workspace, named);
  const isApart = groups.some((own) => {
    const versions = new Set(own.map((it) => it.version));
    return named.some((it) => versions.has(it.version) && !own.includes(it));
  });
  return isApart ? groups : [named];
}

/** Messages that have an address in common, directly or by way of others. */
function meetings(workspace: Workspace, named: readonly Message[]): Message[][] {
  const groups = new Set<Message[]>();
  const byAddress = new Map<string, Message[]>();
  for (const message of named) {
    const addresses = addressesOf(workspace, message);
    const met = new Set(addresses.flatMap((it) => (byAddress.get(it) ? [byAddress.get(it)!] : [])));
    const group = [...met].flat();
    group.push(message);
    for (const it of met) groups.delete(it);
    groups.add(group);
    for (const it of new Set(group.flatMap((one) => addressesOf(workspace, one)))) byAddress.set(it, group);
  }
  return [...groups];
}

/** Where a message goes: the addresses of its channels; of a channel without one, its id. */
export function addressesOf(workspace: Workspace, { id }: Message): readonly string[] {
  return addressesByMessage(workspace).get(id) ?? [];
}

const addressesByMessage = oncePer(({ channels }: Workspace) => {
  const found = new Map<NodeId, string[]>();
  for (const { id, address, messages } of channels) {
    for (const message of messages) {
      const known = found.get(message);
      if (known) known.push(address ?? id);
      else found.set(message, [address ?? id]);
    }
  }
  return found;
});

function servicesWith(workspace: Workspace, message: NodeId, action: Operation['action']): Service[] {
  const ids = partiesByMessage(workspace).get(message)?.[action] ?? [];
  const places = servicePlaces(workspace);
  return [...ids]
    .map((id) => places.get(id) ?? -1)
    .sort((a, b) => a - b)
    .flatMap((place) => workspace.services[place] ?? []);
}

const servicePlaces = oncePer(
  ({ services }: Workspace) => new Map(services.map(({ id }, index) => [id, index])),
);
