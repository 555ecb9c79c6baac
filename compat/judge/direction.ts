import { endsOf, type Message, type Workspace } from '@chirograph/contract/model';
import type { CompatMode } from './policy.ts';

/** FORWARD: what new producers write, old consumers read. BACKWARD: what old producers wrote, new consumers read. */
export type Direction = 'FORWARD' | 'BACKWARD';

/** The directions that a mode asks for. */
export function directionsOf(mode: CompatMode): readonly Direction[] {
  if (mode === 'NONE') return [];
  if (mode.startsWith('FULL')) return ['FORWARD', 'BACKWARD'];
  return [mode.startsWith('FORWARD') ? 'FORWARD' : 'BACKWARD'];
}

/**
 * The mode of a message of which nothing is said. Where somebody sends it, its consumers must be able to read on
 * (FORWARD). Where somebody receives it, what is under way must still be understood (BACKWARD); so too where it is kept,
 * for it may be read again. A message without any operation may be used by anybody.
 */
export function defaultMode(workspace: Workspace, message: Message): CompatMode {
  const ends = endsOf(workspace, message.id);
  const sent = ends.some((it) => it.action === 'send');
  const received = ends.some((it) => it.action === 'receive');
  const kept = (message.contract.retention ?? 0) > 0;
  if (sent && !received && !kept) return 'FORWARD';
  if (received && !sent) return 'BACKWARD';
  return 'FULL';
}
