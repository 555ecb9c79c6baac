import {
  type Endpoint,
  endpointsOf,
  type Message,
  meetingOf,
  type NodeId,
  type Workspace,
} from '@chirograph/contract/model';
import type { Change } from '../change.ts';
import type { States } from './affected-operations.ts';
import { reachOf } from './audience.ts';
import { type Policy, termsOf } from './policy.ts';
import { rootedIn } from './prove.ts';
import type { Witness } from './witness.ts';

/** Those who have a contract of their own, and from whom something is withdrawn that they met. */
export interface Orphans {
  readonly ends: readonly Endpoint[];
  /** Of those who get another message in its place and cannot take it: such a message. */
  readonly witness?: Witness;
}

/**
 * The readers of what an operation or a service sent, where nobody sends it any more or what comes in its place is refused.
 * The message is in their own documents and stays there, so that it does not seem to be gone.
 */
export function orphanedReaders(states: States, change: Change, policy: Policy): Orphans {
  const { base, head } = states;
  const former = formerPairs(base, change).filter((it) => it.isSent);
  const ends: Endpoint[] = [];
  let shown: Witness | undefined;
  for (const { own, other } of former) {
    const now = stillAt(head, other);
    if (now.length === 0) continue;
    const senders = now.flatMap((it) => meetingOf(head).sendersOf(it));
    if (senders.length === 0) ends.push(other);
    else if (!senders.some(({ sender }) => isSame(sender.message, own.message))) {
      const refused = senders.flatMap((it) =>
        refusalOf(states, own.message, it.sender.message, other, policy),
      );
      if (refused.length > 0) ends.push(other);
      shown ??= refused[0];
    }
  }
  return { ends: oncePerOperation(ends), ...(shown && { witness: shown }) };
}

/** The senders of commands that an operation or a service took, and that nobody takes any more. */
export function orphanedSenders({ base, head }: States, change: Change): readonly Endpoint[] {
  return oncePerOperation(
    formerPairs(base, change).flatMap(({ isSent, other }) => {
      if (isSent || other.message.kind !== 'command') return [];
      const now = stillAt(head, other);
      return now.length > 0 && now.every((it) => meetingOf(head).readersOf(it).length === 0) ? [other] : [];
    }),
  );
}

interface FormerPair {
  /** The end that is withdrawn. */
  readonly own: Endpoint;
  readonly other: Endpoint;
  /** Whether the end that is withdrawn is the sender. */
  readonly isSent: boolean;
}

function formerPairs(base: Workspace, { subject }: Change): FormerPair[] {
  const messages: readonly NodeId[] | undefined = subject.messages?.base;
  const isOwn = ({ operation, service, message }: Endpoint) =>
    subject.base === service || (subject.base === operation.id && messages?.includes(message.id) !== false);
  return meetingOf(base).edges.flatMap(({ sender, reader }) => {
    if (isOwn(sender) === isOwn(reader)) return [];
    const isSent = isOwn(sender);
    return [isSent ? { own: sender, other: reader, isSent } : { own: reader, other: sender, isSent }];
  });
}

/** An end of the base as the head has it. */
function stillAt(head: Workspace, { operation, action, message }: Endpoint): readonly Endpoint[] {
  const now = Map.groupBy(endpointsOf(head), (it) => it.operation.id).get(operation.id) ?? [];
  return now.filter((it) => it.action === action && isSame(it.message, message));
}

/** What is sent in place of a message, held against the contract of one who could take the former one. */
function refusalOf(
  { base, head }: States,
  former: Message,
  next: Message,
  reader: Endpoint,
  policy: Policy,
): Witness[] {
  return (['payload', 'headers'] as const).flatMap((part) => {
    const { witness } = reachOf(base, [reader], {
      part,
      direction: 'FORWARD',
      changed: former,
      before: rootedIn(base, former, part),
      after: rootedIn(head, next, part),
      terms: termsOf(former, policy),
      policy,
    });
    return witness ?? [];
  });
}

function isSame(one: Message, other: Message): boolean {
  return one.id === other.id
    ? one.version === other.version
    : one.name === other.name && one.version === other.version;
}

function oncePerOperation(ends: readonly Endpoint[]): Endpoint[] {
  return [...new Map(ends.map((it) => [it.operation.id, it])).values()];
}
