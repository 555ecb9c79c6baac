import type { NodeId } from './location.ts';
import type { Message } from './message.ts';
import type { Operation, Service, Workspace } from './workspace.ts';

/** The services that send a message, sorted as in the workspace. */
export function sendersOf(workspace: Workspace, message: NodeId): Service[] {
  return servicesWith(workspace, message, 'send');
}

/** The services that receive a message: its consumers. */
export function consumersOf(workspace: Workspace, message: NodeId): Service[] {
  return servicesWith(workspace, message, 'receive');
}

/** The operations of a service, in the order of their ids. */
export function operationsOf(
  workspace: Workspace,
  service: NodeId,
  action?: Operation['action'],
): Operation[] {
  const own = indexOf(workspace).operationsOfService.get(service) ?? [];
  return own.filter((it) => !action || it.action === action);
}

/** The messages that a service sends or receives, each once, in the order of their ids. */
export function messagesOf(workspace: Workspace, service: NodeId, action: Operation['action']): Message[] {
  const { messages } = indexOf(workspace);
  const ids = new Set(operationsOf(workspace, service, action).flatMap((it) => it.messages));
  return [...ids].sort(order).flatMap((id) => messages.get(id) ?? []);
}

/** All versions of a message's name within its domain, the newest first. */
export function versionsOf(workspace: Workspace, { domain, name }: Message): Message[] {
  const versions = indexOf(workspace).messagesOfName.get(nameKey(domain, name)) ?? [];
  return versions.toSorted((a, b) => compareVersions(b.version, a.version));
}

/** Orders versions by their numbers: `1.9` before `1.10`. */
export function compareVersions(a: string, b: string): number {
  return a === b ? 0 : VERSIONS.compare(a, b);
}

const VERSIONS = new Intl.Collator('en', { numeric: true });

function servicesWith(workspace: Workspace, message: NodeId, action: Operation['action']): Service[] {
  const { operationsOfMessage, services } = indexOf(workspace);
  const operations = operationsOfMessage.get(message) ?? [];
  const ids = new Set(operations.filter((it) => it.action === action).map((it) => it.service));
  return [...ids].sort(order).flatMap((id) => services.get(id) ?? []);
}

/** What is asked of a workspace again and again, by what it is asked by. */
interface Index {
  readonly messages: ReadonlyMap<NodeId, Message>;
  readonly services: ReadonlyMap<NodeId, Service>;
  readonly messagesOfName: ReadonlyMap<string, readonly Message[]>;
  readonly operationsOfService: ReadonlyMap<NodeId, readonly Operation[]>;
  readonly operationsOfMessage: ReadonlyMap<NodeId, readonly Operation[]>;
}

/** A workspace never changes, so its index is made once. */
const indexes = new WeakMap<Workspace, Index>();

function indexOf(workspace: Workspace): Index {
  const known = indexes.get(workspace);
  if (known) return known;
  const { messages, services, operations } = workspace;
  const pairs = operations.flatMap((operation) =>
    operation.messages.map((message) => ({ message, operation })),
  );
  const index: Index = {
    messages: new Map(messages.map((it) => [it.id, it])),
    services: new Map(services.map((it) => [it.id, it])),
    messagesOfName: Map.groupBy(messages, (it) => nameKey(it.domain, it.name)),
    operationsOfService: Map.groupBy(operations, (it) => it.service),
    operationsOfMessage: new Map(
      [...Map.groupBy(pairs, (it) => it.message)].map(([id, own]) => [id, own.map((it) => it.operation)]),
    ),
  };
  indexes.set(workspace, index);
  return index;
}

function nameKey(domain: string, name: string): string {
  return `${domain}\n${name}`;
}

/** By code units, as workspaces are sorted. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
