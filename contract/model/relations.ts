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
  return workspace.operations.filter((it) => it.service === service && (!action || it.action === action));
}

/** The messages that a service sends or receives, each once. */
export function messagesOf(workspace: Workspace, service: NodeId, action: Operation['action']): Message[] {
  const ids = new Set(operationsOf(workspace, service, action).flatMap((it) => it.messages));
  return workspace.messages.filter((it) => ids.has(it.id));
}

/** All versions of a message's name within its domain, the newest first. */
export function versionsOf(workspace: Workspace, { domain, name }: Message): Message[] {
  return workspace.messages
    .filter((it) => it.domain === domain && it.name === name)
    .sort((a, b) => compareVersions(b.version, a.version));
}

/** Orders versions by their numbers: `1.9` before `1.10`. */
export function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function servicesWith(workspace: Workspace, message: NodeId, action: Operation['action']): Service[] {
  const ids = new Set(
    workspace.operations
      .filter((it) => it.action === action && it.messages.includes(message))
      .map((it) => it.service),
  );
  return workspace.services.filter((it) => ids.has(it.id));
}
