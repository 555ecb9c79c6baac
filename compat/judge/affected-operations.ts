import {
  type Endpoint,
  endsOf,
  meetingOf,
  type NodeId,
  type Operation,
  type Workspace,
} from '@chirograph/contract/model';
import { matchWorkspaces } from '../compare/sides.ts';
import type { AffectedOperation } from './finding.ts';

/** Both states of a workspace. */
export interface States {
  readonly base: Workspace;
  readonly head: Workspace;
}

/** Ends of the base as they are shown: each where it stands now, or where it stood. */
export function affectedAt({ base, head }: States, ends: readonly Endpoint[]): AffectedOperation[] {
  const now = successorsOf({ base, head });
  return ends.flatMap(({ service: id, operation, action, channel: own }) => {
    const service = base.services.find((it) => it.id === id);
    const channel = own ?? base.channels.find((it) => it.id === operation.channel);
    if (!service || !channel) return [];
    const current = now.get(operation.id);
    return [
      {
        domain: service.domain,
        service: service.name,
        action,
        channel: channel.address ?? channel.key,
        operation: operation.id,
        at: { ...(current ?? operation).at, part: 'key' as const },
        side: current ? ('head' as const) : ('base' as const),
      },
    ];
  });
}

const successors = new WeakMap<Workspace, WeakMap<Workspace, ReadonlyMap<NodeId, Operation>>>();

/** What became of the operations of the base: an operation under another key, or of another version of AsyncAPI, is still there. */
function successorsOf({ base, head }: States): ReadonlyMap<NodeId, Operation> {
  const ofBase = successors.get(base) ?? new WeakMap<Workspace, ReadonlyMap<NodeId, Operation>>();
  successors.set(base, ofBase);
  const known =
    ofBase.get(head) ??
    new Map(matchWorkspaces(base, head).operations.both.map((it) => [it.base.id, it.head]));
  ofBase.set(head, known);
  return known;
}

/**
 * The operations of the base by which services send or receive some messages, as replies too: those that were there before the change
 * and live with what was promised then. Each is shown where it stands now, or where it stood.
 */
export function affectedBy(
  { base, head }: States,
  messages: readonly NodeId[],
  action: Operation['action'],
): AffectedOperation[] {
  const meeting = meetingOf(base);
  const ends = [...new Set(messages)].flatMap((id) => endsOf(base, id));
  const theirs = ends.flatMap((it) => {
    if (it.action === action) return [];
    return action === 'send'
      ? meeting.sendersOf(it).map(({ sender }) => sender)
      : meeting.readersOf(it).map(({ reader }) => reader);
  });
  const all = [...ends.filter((it) => it.action === action), ...theirs];
  return affectedAt({ base, head }, [...new Map(all.map((it) => [it.operation.id, it])).values()]);
}
