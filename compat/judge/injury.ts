import type { Message } from '@chirograph/contract/model';
import type { Party } from '../rules/parties.ts';
import type { Direction } from './direction.ts';
import type { Injury } from './finding.ts';
import { hitsOf, type States } from './hits.ts';
import type { Witness } from './witness.ts';

/** Whom a break of a direction injures: those who read on with the old contract, or what was written under it. */
export function injuryOf(
  states: States,
  base: Message,
  head: Message,
  direction: Direction,
  witness: Witness | undefined,
): Injury {
  const receivers = hitsOf(states, [base.id], 'receive');
  const shown = witness ? { witness } : {};
  if (direction === 'FORWARD') return { parties: ['consumers'], direction, hits: receivers, ...shown };
  const senders = hitsOf(states, [base.id], 'send');
  const kept = Math.max(base.contract.retention ?? 0, head.contract.retention ?? 0);
  const parties: Party[] = [
    ...(senders.length > 0 || receivers.length === 0 ? (['producers'] as const) : []),
    'in flight',
    ...(kept > 0 ? (['replay'] as const) : []),
  ];
  return {
    parties,
    direction,
    hits: [...senders, ...receivers],
    ...shown,
    ...(kept > 0 && { retention: kept }),
  };
}
