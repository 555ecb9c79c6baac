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

/** All versions of a message's name within its domain, the newest first. */
export function versionsOf(workspace: Workspace, message: Message): Message[] {
  const found = versionsByName(workspace).get(identityOf(message)) ?? [];
  if (found.length < 2) return [...found];
  return found.toSorted((a, b) => compareVersions(b.version, a.version));
}

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
