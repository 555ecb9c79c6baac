import { type Edge, type Endpoint, endpointsOf, type Message, meetingOf } from '@chirograph/contract/model';
import type { Change } from '../change.ts';
import type { States } from './affected-operations.ts';
import type { AffectedOperation } from './finding.ts';

/** Changes of the wire: whom they affect follows from who met before and meets no longer. */
const OF_WIRE =
  /^(channel\/parameter-values-removed|server\/(removed|address-changed|protocol-changed)|message\/(channel-(moved|removed)|renamed))$/;

/** After these nobody who still meets is affected, however near. */
const LEAVES = /^(server\/removed|message\/channel-removed)$/;

/**
 * The operations that a change of the wire affects, of those that may be: the other ends of pairs that met and meet no
 * longer, and those who describe the wire by the very node that changed. All of them where no pair is known.
 */
export function narrowed(
  states: States,
  change: Change,
  operations: readonly AffectedOperation[],
): readonly AffectedOperation[] {
  if (!OF_WIRE.test(change.code)) return operations;
  const file = (change.base ?? change.head)?.file;
  const near = meetingOf(states.base).edges.filter((it) =>
    [it.sender, it.reader].some((end) => fileOf(end) === file),
  );
  const lost = near.filter((it) => !meetsStill(states, it, file));
  if (near.length === 0 || (lost.length === 0 && !LEAVES.test(change.code))) return operations;
  const ends = lost.flatMap(({ sender, reader }) => [sender, reader]).filter((it) => fileOf(it) !== file);
  const isServer = change.code.startsWith('server/');
  const shared = endpointsOf(states.base).filter(({ channel, message, servers, ...end }) => {
    if (end.operation.at.file === file) return false;
    if (isServer) return servers.some((it) => it.at.file === file);
    return (
      change.code !== 'message/channel-removed' && [channel?.id, message.id].includes(change.subject.base)
    );
  });
  const named = new Set([...ends, ...shared].map((it) => it.operation.id));
  return operations.filter((it) => named.has(it.operation));
}

/** Whether the two still meet over the message; true where the end in another document is gone, which is a change of its own. */
function meetsStill({ head }: States, { sender, reader }: Edge, file: string | undefined): boolean {
  const now = endpointsOf(head);
  const [from, to] = [sender, reader].map((end) =>
    now.filter((it) => it.operation.id === end.operation.id && it.action === end.action),
  );
  const isGone = (end: Endpoint, still: readonly Endpoint[] | undefined) =>
    !still?.length && fileOf(end) !== file;
  if (isGone(sender, from) || isGone(reader, to)) return true;
  return (from ?? []).some((one) =>
    meetingOf(head)
      .readersOf(one)
      .some(
        (it) =>
          to?.includes(it.reader) &&
          (isSame(one.message, sender.message) || isSame(it.reader.message, reader.message)),
      ),
  );
}

function isSame(one: Message, other: Message): boolean {
  return one.id === other.id || (one.name === other.name && one.version === other.version);
}

function fileOf({ operation }: Endpoint): string {
  return operation.at.file;
}
