import type { NodeId } from './location.ts';
import type { Message } from './message.ts';
import { oncePer } from './once-per.ts';
import type { Operation, Reply, Service, Workspace } from './workspace.ts';

// What is asked of a workspace again and again is found by key, not by looking through its lists.

/** By what is done with which message: `send <message id>`. */
const servicesByUse = oncePer(({ operations }: Workspace) => {
  const services = new Map<string, Set<NodeId>>();
  for (const operation of operations) {
    for (const action of ['send', 'receive'] as const) {
      for (const message of carriedBy(operation, action).messages) {
        const key = `${action} ${message}`;
        const of = services.get(key);
        if (of) of.add(operation.service);
        else services.set(key, new Set([operation.service]));
      }
    }
  }
  return services;
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

/** Orders versions by their numbers: `1.9` before `1.10`. */
export function compareVersions(a: string, b: string): number {
  if (a === b) return 0;
  return NUMBERS.test(a) && NUMBERS.test(b)
    ? compareNumbers(a.split('.').map(Number), b.split('.').map(Number))
    : collator().compare(a, b);
}

/** What nearly all versions are. They need no collator, which takes as long to make as a contract to load. */
const NUMBERS = /^\d{1,15}(\.\d{1,15})*$/;

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  const differing = a.findIndex((it, i) => it !== b[i]);
  if (differing < 0) return a.length - b.length;
  return a[differing]! - (b[differing] ?? -1);
}

let versions: Intl.Collator | undefined;

function collator(): Intl.Collator {
  versions ??= new Intl.Collator('en', { numeric: true });
  return versions;
}

function servicesWith(workspace: Workspace, message: NodeId, action: Operation['action']): Service[] {
  const ids = servicesByUse(workspace).get(`${action} ${message}`);
  return ids ? workspace.services.filter((it) => ids.has(it.id)) : [];
}
