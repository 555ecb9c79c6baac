import type { Change } from '../change.ts';
import { RULES } from '../rules/rules.ts';
import { type Adviser, adviser, type Patient } from './advice.ts';
import { defaultMode, directionsOf } from './direction.ts';
import type { Finding, Injury } from './finding.ts';
import { fieldText, findingOf } from './finding-of.ts';
import type { States } from './hits.ts';
import { injuryOf } from './injury.ts';
import { demandOn, type Policy } from './policy.ts';
import { matters, type Proof, prove } from './prove.ts';

/** What is found in the changes of one message's schemas. */
export interface Proved {
  /** Of each change what is found in it alone: nothing, where it is told with others. */
  readonly alone: ReadonlyMap<Change, readonly Finding[]>;
  /** Of changes that break together, or of which it is not known whether they do. */
  readonly together: readonly Finding[];
}

/** Judges the changes of one message's schemas: by a message that one side may write and the other refuses. */
export function judgeByProof(states: States, changes: readonly Change[], policy: Policy): Proved {
  const [first] = changes;
  const base = states.base.messages.find(({ id }) => id === first?.subject.base);
  const head = states.head.messages.find(({ id }) => id === first?.subject.head);
  if (!first || !base || !head) return { alone: new Map(), together: [] };
  const { mode = defaultMode(states.head, head), writers = 'declared' } = demandOn(head, policy);
  const patient: Patient = { states, base, head, writers, directions: directionsOf(mode) };

  const parts = (['payload', 'headers'] as const).map((part) => examine(patient, part, changes));
  const injuries = new Map(parts.flatMap((it) => [...it.injuries]));
  const unexplained = parts.filter((it) => it.unexplained.length > 0);
  const suspects = new Set(unexplained.flatMap((it) => it.suspects));
  const advise = injuries.size === 0 ? undefined : adviser(patient, changes);
  return {
    alone: new Map(
      changes.map((change) => [
        change,
        suspects.has(change)
          ? []
          : [findingAlone(patient, change, injuries.get(change) ?? [], advise, policy)],
      ]),
    ),
    together: unexplained.map((it) => findingTogether(states, first, it, policy)),
  };
}

/** What the proofs of a part of a message come to. */
interface Examined {
  readonly part: 'payload' | 'headers';
  /** The changes at fault, each with all ways in which it injures. */
  readonly injuries: ReadonlyMap<Change, readonly Injury[]>;
  readonly unexplained: readonly Unexplained[];
  /** The changes that may have to do with what no single one explains. */
  readonly suspects: readonly Change[];
}

/** A direction that does not hold, or of which it is not known, and no single change to blame. */
interface Unexplained {
  readonly proof: Proof;
  readonly injury: Injury;
}

function examine(patient: Patient, part: Examined['part'], changes: readonly Change[]): Examined {
  const { states, base, head, directions } = patient;
  const own = changes.filter((it) => it.code.startsWith(`${part}/`) && !isUnknown(it));
  const injuries = new Map<Change, readonly Injury[]>();
  const unexplained: Unexplained[] = [];
  for (const direction of own.length > 0 ? directions : []) {
    const proof = prove({ ...patient, part }, own, direction);
    if (proof.kind === 'holds') continue;
    if (proof.kind === 'undecided' || proof.faults.size === 0) {
      const witness = proof.kind === 'breaks' ? proof.witness : undefined;
      unexplained.push({ proof, injury: injuryOf(states, base, head, direction, witness) });
      continue;
    }
    for (const [change, witness] of proof.faults) {
      const known = injuries.get(change) ?? [];
      injuries.set(change, [...known, injuryOf(states, base, head, direction, witness)]);
    }
  }
  const suspects = own.filter((it) => matters(it) && !injuries.has(it));
  return { part, injuries, unexplained, suspects };
}

/** A fact that says itself that nothing can be decided. */
function isUnknown({ code }: Change): boolean {
  return code.endsWith('/undecided');
}

function findingAlone(
  patient: Patient,
  change: Change,
  injuries: readonly Injury[],
  advise: Adviser | undefined,
  policy: Policy,
): Finding {
  const { states, base, head, directions } = patient;
  if (isUnknown(change)) {
    const all = directions.map((it) => injuryOf(states, base, head, it, undefined));
    return findingOf(states, change, 'undecided', all, policy);
  }
  if (injuries.length === 0) {
    const verdict = RULES[change.code].severity === 'warning' ? 'warning' : 'safe';
    return findingOf(states, change, verdict, [], policy);
  }
  const advice = advise?.(change);
  const note = `${change.subject.label} kept its version: a change that breaks needs a new one.`;
  return {
    ...findingOf(states, change, 'breaking', injuries, policy),
    ...(advice?.kind !== 'version' && { note }),
    ...(advice && { advice }),
  };
}

/** One finding for changes that break only together, or of which it is not known whether they do. */
function findingTogether(
  states: States,
  like: Change,
  { part, unexplained, suspects }: Examined,
  policy: Policy,
): Finding {
  const injuries = unexplained.map(({ injury }) => injury);
  const reason = unexplained.flatMap(({ proof }) => (proof.kind === 'undecided' ? [proof.reason] : []))[0];
  const breaks = unexplained.some(({ proof }) => proof.kind === 'breaks');
  const { base, head } = suspects[0] ?? like;
  const change: Change = {
    code: breaks ? `${part}/changed` : `${part}/undecided`,
    subject: like.subject,
    field: [],
    from: breaks ? '' : (reason ?? ''),
    to: '',
    ...(base && { base }),
    ...(head && { head }),
  };
  const told = suspects.map(({ code, field, from, to, subject }) =>
    RULES[code].message({ subject: subject.label, field: fieldText(field), from, to }),
  );
  return {
    ...findingOf(states, change, breaks ? 'breaking' : 'undecided', injuries, policy),
    ...(told.length > 0 && { note: `${breaks ? 'Together' : 'What changed'}: ${told.join('; ')}.` }),
  };
}
