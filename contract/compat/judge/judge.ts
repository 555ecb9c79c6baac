import { CODES } from '../../diagnostics/index.ts';
import type { Message } from '../../model/index.ts';
import type { Change } from '../change.ts';
import { RULES } from '../rules.ts';
import { adviceFor } from './advice.ts';
import { type Direction, defaultMode, directionsOf } from './direction.ts';
import type { Finding, Injury } from './finding.ts';
import { findingOf } from './finding-of.ts';
import type { States } from './hits.ts';
import { injuryOf } from './injury.ts';
import { judgeByRule } from './judge-by-rule.ts';
import { demandOn, type Policy } from './policy.ts';
import { type Proof, prove } from './prove.ts';

/** What is judged: the facts and the two states that they lie between. */
export interface Comparison extends States {
  readonly changes: readonly Change[];
}

/**
 * Says of every change whom it injures, and proves it: changes of schemas by a message that one side may write and the
 * other refuses, all others by their rule and by who is there to be hit.
 */
export function judge(comparison: Comparison, policy: Policy): Finding[] {
  const byMessage = Map.groupBy(
    comparison.changes.filter((it) => RULES[it.code].decidedBy === 'proof'),
    ({ subject }) => subject.head ?? subject.base ?? '',
  );
  const proved = new Map(
    [...byMessage.values()].flatMap((changes) => judgeByProof(comparison, changes, policy)),
  );
  const told = new Set(comparison.changes);
  const findings = [
    ...comparison.changes.flatMap((change) => proved.get(change) ?? judgeByRule(comparison, change, policy)),
    ...[...proved].flatMap(([change, general]) => (told.has(change) ? [] : general)),
  ];
  return findings.filter((it) => policy.severities?.[it.change.code] !== 'off');
}

/** The changes of one message's schemas. */
function judgeByProof(states: States, changes: readonly Change[], policy: Policy): [Change, Finding[]][] {
  const [first] = changes;
  const base = states.base.messages.find(({ id }) => id === first?.subject.base);
  const head = states.head.messages.find(({ id }) => id === first?.subject.head);
  if (!first || !base || !head) return [];
  const demand = demandOn(head, policy);
  const directions = directionsOf(demand.mode ?? defaultMode(states.head, head));
  const writers = demand.writers ?? 'declared';

  const injuries = new Map<Change, Injury[]>();
  const extra: [Change, Finding[]][] = [];
  for (const part of ['payload', 'headers'] as const) {
    if (!changes.some(({ code }) => code.startsWith(`${part}/`))) continue;
    for (const direction of directions) {
      const question = { states, base, head, part, writers };
      const proof = prove(question, changes, direction);
      if (proof.kind === 'breaks') {
        for (const [change, witness] of proof.faults) {
          const known = injuries.get(change) ?? [];
          injuries.set(change, [...known, injuryOf(states, base, head, direction, witness)]);
        }
      }
      const general = generalChange(proof, first, part);
      if (general)
        extra.push([general, [generalFinding(states, general, proof, base, head, direction, policy)]]);
    }
  }
  return [
    ...changes.map((change): [Change, Finding[]] => {
      const own = injuries.get(change) ?? [];
      if (own.length === 0) {
        const verdict = CODES[change.code].severity === 'warning' ? 'warning' : 'safe';
        return [change, [findingOf(states, change, verdict, [], policy)]];
      }
      const advice = adviceFor({ states, base, head, writers, directions }, change, changes);
      const note = `${change.subject.label} kept its version: a change that breaks needs a new one.`;
      return [
        change,
        [
          {
            ...findingOf(states, change, 'breaking', own, policy),
            ...(advice?.kind !== 'version' && { note }),
            ...(advice && { advice }),
          },
        ],
      ];
    }),
    ...extra,
  ];
}

/** A change that stands for all others: what breaks only together, or what is not known. */
function generalChange(proof: Proof, like: Change, part: 'payload' | 'headers'): Change | undefined {
  if (proof.kind === 'holds' || (proof.kind === 'breaks' && proof.faults.size > 0)) return undefined;
  const { base, head, edit: _, ...rest } = like;
  const whole = {
    ...rest,
    field: [],
    to: '',
    ...(base && { base }),
    ...(head && { head }),
  };
  return proof.kind === 'undecided'
    ? { ...whole, code: `${part}/undecided`, from: proof.reason }
    : { ...whole, code: `${part}/changed`, from: '' };
}

function generalFinding(
  states: States,
  change: Change,
  proof: Proof,
  base: Message,
  head: Message,
  direction: Direction,
  policy: Policy,
): Finding {
  const witness = proof.kind === 'breaks' ? proof.witness : undefined;
  const injury = injuryOf(states, base, head, direction, witness);
  return findingOf(states, change, proof.kind === 'undecided' ? 'undecided' : 'breaking', [injury], policy);
}
