import { type Endpoint, endsOf, type Message } from '@chirograph/contract/model';
import type { Party } from '../rules/parties.ts';
import { affectedAt, affectedBy, type States } from './affected-operations.ts';
import { audienceOf } from './audience.ts';
import type { Direction } from './direction.ts';
import type { Impact } from './finding.ts';
import type { Witness } from './witness.ts';

/** Those of the other side who have contracts of their own, and are affected. */
export interface OwnContracts {
  readonly affected: readonly Endpoint[];
}

function oncePerOperation(ends: readonly Endpoint[]): Endpoint[] {
  return [...new Map(ends.map((it) => [it.operation.id, it])).values()];
}

/** Whom a break of a direction affects: those who read on with the old contract, or what was written under it. */
export function impactOf(
  states: States,
  base: Message,
  head: Message,
  direction: Direction,
  witness: Witness | undefined,
  own?: OwnContracts,
): Impact {
  const receivers = affectedBy(states, [base.id], 'receive');
  const shown = witness ? { witness } : {};
  const { shared, partners } = audienceOf(states.base, base, direction);
  const affected = [...shared, ...(own?.affected ?? [])];
  const nameOf = (id: string) => states.base.services.find((it) => it.id === id)?.name ?? id;
  if (direction === 'FORWARD') {
    const senders = affected.flatMap((it) => partners.get(it) ?? []).map((it) => nameOf(it.service));
    const operations = own || shared.length > 0 ? affectedAt(states, oncePerOperation(affected)) : receivers;
    const writers = senders.length > 0 ? { writers: [...new Set(senders)] } : {};
    return { parties: ['consumers'], direction, operations, ...writers, ...shown };
  }
  const senders = own
    ? affectedAt(states, oncePerOperation(affected))
    : affectedBy(states, [base.id], 'send');
  // Who reads by a contract of its own goes on as before.
  const readers = affectedAt(
    states,
    oncePerOperation(endsOf(states.base, base.id).filter((it) => it.action === 'receive')),
  );
  const kept = Math.max(base.contract.retention ?? 0, head.contract.retention ?? 0);
  // Senders that were asked, and are not affected, are not named.
  const affectsSenders = own === undefined || senders.length > 0;
  const isApart = senders.length === 0 ? readers.length > 0 : shared.length === 0 && affected.length > 0;
  const parties: Party[] = [
    ...(affectsSenders ? (['producers'] as const) : []),
    'in flight',
    ...(kept > 0 ? (['replay'] as const) : []),
  ];
  return {
    parties,
    direction,
    operations: [...senders, ...readers],
    ...(affectsSenders && isApart && { apart: true as const }),
    ...shown,
    ...(kept > 0 && { retention: kept }),
  };
}
