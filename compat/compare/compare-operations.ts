import type { Operation, Workspace } from '@chirograph/contract/model';
import type { Change, Subject } from '../change.ts';
import { changeOf, keyOf, messageLabel, partOf } from './changing.ts';
import { compareBindings } from './compare-bindings.ts';
import { compareReplies } from './compare-replies.ts';
import { compareSecurity } from './compare-servers.ts';
import { retryText } from './durations.ts';
import type { Matching } from './sides.ts';

/** What services do with channels. What came or went with its message or service is told by that. */
export function compareOperations(matching: Matching): Change[] {
  const { operations, services, base, head } = matching;
  const newServices = new Set(services.came.map(({ id }) => id));
  const goneServices = new Set(services.gone.map(({ id }) => id));
  return [
    ...operations.both.flatMap((it) => compareOperation(matching, it.base, it.head)),
    ...uses(matching, 'head', newServices, head),
    ...uses(matching, 'base', goneServices, base),
  ];
}

function compareOperation(matching: Matching, from: Operation, to: Operation): Change[] {
  const subject = operationSubject(matching, from, to);
  const securities = { base: partOf(from, 'security'), head: partOf(to, 'security') };
  const names = { base: keyOf(from), head: keyOf(to), from: from.key, to: to.key };
  return [
    ...compareBindings(from, to, subject),
    ...compareSecurity(from.security, to.security, subject, securities),
    ...compareReplies(matching, from, to, subject),
    ...(from.key === to.key ? [] : [changeOf('operation/renamed', subject, names)]),
    ...compareRetries(from, to, subject),
  ];
}

function compareRetries(base: Operation, head: Operation, subject: Subject): Change[] {
  const [from, to] = [retryText(base.retry), retryText(head.retry)];
  if (from === to) return [];
  const isLess = (head.retry?.delays.length ?? 0) < (base.retry?.delays.length ?? 0);
  const code = isLess ? 'operation/retry-shortened' : 'operation/retry-lengthened';
  const places = { base: partOf(base, 'x-contract', 'retry'), head: partOf(head, 'x-contract', 'retry') };
  return [changeOf(code, subject, { ...places, from, to })];
}

/**
 * What a service sends or receives on one side only: counted by message, so that it does not matter through which
 * operation.
 */
function uses(
  matching: Matching,
  side: 'base' | 'head',
  told: ReadonlySet<string>,
  workspace: Workspace,
): Change[] {
  const other = side === 'base' ? 'head' : 'base';
  const there = new Set(usesOf(matching, other).keys());
  return [...usesOf(matching, side)].flatMap(([key, { operation, message }]) => {
    if (there.has(key) || told.has(operation.service) || !matchedMessage(matching, side, message)) return [];
    const node = workspace.messages.find(({ id }) => id === message);
    const label = node ? messageLabel(node) : message;
    const subject = {
      ...operationSubject(
        matching,
        side === 'base' ? operation : undefined,
        side === 'head' ? operation : undefined,
      ),
      messages: { base: side === 'base' ? [message] : [], head: side === 'head' ? [message] : [] },
    };
    return side === 'head'
      ? [changeOf(`operation/${operation.action}-added`, subject, { head: keyOf(operation), to: label })]
      : [changeOf(`operation/${operation.action}-removed`, subject, { base: keyOf(operation), from: label })];
  });
}

/** By service, action and message, whatever the channel. */
function usesOf({ base, head, services, messageOf }: Matching, side: 'base' | 'head') {
  const workspace = side === 'base' ? base : head;
  const names = new Map(
    services.both.flatMap(({ base: one, head: other }) => [[side === 'base' ? one.id : other.id, one.id]]),
  );
  return new Map(
    workspace.operations.flatMap((operation) =>
      operation.messages.map((message) => [
        `${names.get(operation.service) ?? operation.service} ${operation.action} ${messageOf(side, message)}`,
        { operation, message },
      ]),
    ),
  );
}

function matchedMessage({ messageOf }: Matching, side: 'base' | 'head', message: string): boolean {
  return messageOf(side, message).startsWith('both');
}

function operationSubject(
  { base, head }: Matching,
  from: Operation | undefined,
  to: Operation | undefined,
): Subject {
  const [operation, workspace] = to ? [to, head] : [from!, base];
  const service = workspace.services.find(({ id }) => id === operation.service);
  return {
    domain: service?.domain ?? '',
    label: service?.name ?? operation.service,
    kind: 'operation',
    ...(from && { base: from.id }),
    ...(to && { head: to.id }),
    messages: { base: from?.messages ?? [], head: to?.messages ?? [] },
  };
}
