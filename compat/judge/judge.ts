import type { Change } from '../change.ts';
import { RULES } from '../rules/rules.ts';
import { ruleAdviser } from './advice-by-rule.ts';
import type { States } from './affected-operations.ts';
import type { Finding } from './finding.ts';
import { judgeByProof } from './judge-by-proof.ts';
import { judgeByRule } from './judge-by-rule.ts';
import { withPerspective } from './perspective.ts';
import type { Policy } from './policy.ts';
import { versionFindings } from './service-versions.ts';

/** What is judged: the facts and the two states that they lie between. */
export interface Comparison extends States {
  readonly changes: readonly Change[];
}

/**
 * Says of every change whom it affects, and proves it: changes of schemas by a message that one side may write and the
 * other refuses, all others by their rule and by who is there to be hit.
 */
export function judge(comparison: Comparison, policy: Policy): Finding[] {
  const byMessage = Map.groupBy(
    comparison.changes.filter((it) => RULES[it.code].decidedBy === 'proof'),
    ({ subject }) => subject.head ?? subject.base ?? '',
  );
  const proofs = [...byMessage.values()].map((changes) => judgeByProof(comparison, changes, policy));
  const proved = new Map(proofs.flatMap(({ alone }) => [...alone]));
  const adviceOn = ruleAdviser(comparison, policy);
  const advised = (finding: Finding): Finding => {
    const advice = finding.verdict === 'breaking' ? adviceOn(finding.change) : undefined;
    return advice ? { ...finding, advice } : finding;
  };
  const findings = [
    ...comparison.changes.flatMap(
      (change) => proved.get(change) ?? advised(judgeByRule(comparison, change, policy)),
    ),
    ...proofs.flatMap(({ together }) => together),
  ];
  findings.push(...versionFindings(comparison, findings, policy));
  return findings
    .filter((it) => policy.severities?.[it.change.code] !== 'off')
    .map((it) => withPerspective(comparison, it));
}
