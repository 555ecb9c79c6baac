import { CODES } from '../../diagnostics/index.ts';
import type { Change } from '../change.ts';
import { RULES } from '../rules.ts';
import { adviser } from './advice.ts';
import { ruleAdviser } from './advice-by-rule.ts';
import { defaultMode, directionsOf } from './direction.ts';
import type { Finding, Injury } from './finding.ts';
import { fieldText, findingOf } from './finding-of.ts';
import type { States } from './hits.ts';
import { injuryOf } from './injury.ts';
import { judgeByRule } from './judge-by-rule.ts';
import { demandOn, type Policy } from './policy.ts';
import { matters, type Proof, prove } from './prove.ts';
import type { Witness } from './witness.ts';

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
  const adviceOn = ruleAdviser(comparison, policy);
  const advised = (finding: Finding): Finding => {
    const advice = finding.verdict === 'breaking' ? adviceOn(finding.change) : undefined;
    return advice ? { ...finding, advice } : finding;
  };
  const findings = [
    ...comparison.changes.flatMap(
      (change) => proved.get(change) ?? advised(judgeByRule(comparison, change, policy)),
    ),
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
  const general: [Change, Finding[]][] = [];
  const together = new Set<Change>();
  let advise: ReturnType<typeof adviser> | undefined;
  for (const part of ['payload', 'headers'] as const) {
    const own = changes.filter((it) => it.code.startsWith(`${part}/`) && !isUnknown(it));
    if (own.length === 0) continue;
    const unexplained: Unexplained[] = [];
    for (const direction of directions) {
      const proof = prove({ states, base, head, part, writers }, own, direction);
      if (proof.kind === 'holds') continue;
      const faults = proof.kind === 'breaks' ? proof.faults : new Map<Change, Witness>();
      for (const [change, witness] of faults) {
        const known = injuries.get(change) ?? [];
        injuries.set(change, [...known, injuryOf(states, base, head, direction, witness)]);
      }
      if (faults.size > 0) continue;
      const witness = proof.kind === 'breaks' ? proof.witness : undefined;
      unexplained.push({ proof, injury: injuryOf(states, base, head, direction, witness) });
    }
    if (unexplained.length === 0) continue;
    const suspects = own.filter((it) => matters(it) && !injuries.has(it));
    for (const suspect of suspects) together.add(suspect);
    const finding = generalFinding(states, first, part, unexplained, suspects, policy);
    general.push([finding.change, [finding]]);
  }
  return [
    ...changes.map((change): [Change, Finding[]] => {
      const own = injuries.get(change) ?? [];
      if (together.has(change)) return [change, []];
      if (isUnknown(change)) {
        const all = directions.map((it) => injuryOf(states, base, head, it, undefined));
        return [change, [findingOf(states, change, 'undecided', all, policy)]];
      }
      if (own.length === 0) {
        const verdict = CODES[change.code].severity === 'warning' ? 'warning' : 'safe';
        return [change, [findingOf(states, change, verdict, [], policy)]];
      }
      advise ??= adviser({ states, base, head, writers, directions }, changes);
      const advice = advise(change);
      const note = `${change.subject.label} kept its version: a change that breaks needs a new one.`;
      return [
        change,
        [
          {
            ...findingOf(states, change, 'breaking', own, policy),
            ...(advice.kind !== 'version' && { note }),
            advice,
          },
        ],
      ];
    }),
    ...general,
  ];
}

/** A fact that says itself that nothing can be decided. */
function isUnknown({ code }: Change): boolean {
  return code.endsWith('/undecided');
}

/** A direction that does not hold, or of which it is not known, and no single change to blame. */
interface Unexplained {
  readonly proof: Proof;
  readonly injury: Injury;
}

/** One finding for changes that break only together, or of which it is not known whether they do. */
function generalFinding(
  states: States,
  like: Change,
  part: 'payload' | 'headers',
  unexplained: readonly Unexplained[],
  suspects: readonly Change[],
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
    CODES[code].message({ subject: subject.label, field: fieldText(field), from, to }),
  );
  return {
    ...findingOf(states, change, breaks ? 'breaking' : 'undecided', injuries, policy),
    ...(told.length > 0 && { note: `${breaks ? 'Together' : 'What changed'}: ${told.join('; ')}.` }),
  };
}
