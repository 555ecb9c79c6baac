import type { NodeId } from './location.ts';
import type { Message } from './message.ts';
import type { Operation, Reply, Service, Workspace } from './workspace.ts';

/** What is asked of a workspace again and again, found by key instead of by looking through its lists. */
class Relations {
  readonly #workspace: Workspace;
  #services: ReadonlyMap<string, ReadonlySet<NodeId>> | undefined;
  #operations: ReadonlyMap<NodeId, readonly Operation[]> | undefined;
  #messages: ReadonlyMap<NodeId, Message> | undefined;
  #versions: ReadonlyMap<string, readonly Message[]> | undefined;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** The services that send or receive a message: `send <message id>`. */
  get services(): ReadonlyMap<string, ReadonlySet<NodeId>> {
    this.#services ??= servicesByMessage(this.#workspace);
    return this.#services;
  }

  get operations(): ReadonlyMap<NodeId, readonly Operation[]> {
    this.#operations ??= Map.groupBy(this.#workspace.operations, ({ service }) => service);
    return this.#operations;
  }

  get messages(): ReadonlyMap<NodeId, Message> {
    this.#messages ??= new Map(this.#workspace.messages.map((it) => [it.id, it]));
    return this.#messages;
  }

  /** The messages of one domain and name. */
  get versions(): ReadonlyMap<string, readonly Message[]> {
    this.#versions ??= Map.groupBy(this.#workspace.messages, identityOf);
    return this.#versions;
  }
}

const known = new WeakMap<Workspace, Relations>();

function relationsOf(workspace: Workspace): Relations {
  let relations = known.get(workspace);
  if (!relations) {
    relations = new Relations(workspace);
    known.set(workspace, relations);
  }
  return relations;
}

function servicesByMessage({ operations }: Workspace): Map<string, Set<NodeId>> {
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
}

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
  const own = relationsOf(workspace).operations.get(service) ?? [];
  return own.filter((it) => !action || it.action === action);
}

/** The messages that a service sends or receives, replies among them, each once. */
export function messagesOf(workspace: Workspace, service: NodeId, action: Operation['action']): Message[] {
  const { messages } = relationsOf(workspace);
  const ids = new Set(operationsOf(workspace, service).flatMap((it) => carriedBy(it, action).messages));
  return [...ids].sort().flatMap((id) => messages.get(id) ?? []);
}

/** What an operation carries one way: its own messages, or the replies to them, which go the other way. */
export function carriedBy(operation: Operation, action: Operation['action']): Reply {
  if (operation.action === action) return operation;
  return operation.reply ?? { messages: [] };
}

/** All versions of a message's name within its domain, the newest first. */
export function versionsOf(workspace: Workspace, message: Message): Message[] {
  const versions = relationsOf(workspace).versions.get(identityOf(message)) ?? [];
  if (versions.length < 2) return [...versions];
  return versions.toSorted((a, b) => compareVersions(b.version, a.version));
}

/** Orders versions by their numbers: `1.9` before `1.10`. */
export function compareVersions(a: string, b: string): number {
  return a === b ? 0 : VERSIONS.compare(a, b);
}

const VERSIONS = new Intl.Collator('en', { numeric: true });

function servicesWith(workspace: Workspace, message: NodeId, action: Operation['action']): Service[] {
  const ids = relationsOf(workspace).services.get(`${action} ${message}`);
  return ids ? workspace.services.filter((it) => ids.has(it.id)) : [];
}
