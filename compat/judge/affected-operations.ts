import {
  type Endpoint,
  endsOf,
  meetingOf,
  type NodeId,
  type Operation,
  type Workspace,
} from '@chirograph/contract/model';
import type { AffectedOperation } from './finding.ts';

/** Both states of a workspace. */
export interface States {
  readonly base: Workspace;
  readonly head: Workspace;
}

/** Ends of the base as they are shown: each where it stands now, or where it stood. */
export function affectedAt({ base, head }: States, ends: readonly Endpoint[]): AffectedOperation[] {
  const now = new Map(head.operations.map((it) => [it.id, it]));
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
