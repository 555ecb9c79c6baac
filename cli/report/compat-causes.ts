import type { Finding, Verdict } from '@chirograph/compat';
import { identitiesOf, identityOf, type Workspace } from '@chirograph/contract/model';
import { type CompatReport, VERDICTS } from './compat-report.ts';

/** One change with all the messages that it comes to: a definition that many messages share is written once. */
export interface Cause {
  readonly verdict: Verdict;
  /** What is found in each message, or in whatever else changed: each once, the one that is shown in full first. */
  readonly subjects: readonly [Finding, ...Finding[]];
  /** Those to approve it by: one for each domain that has it. */
  readonly fingerprints: readonly string[];
}

type States = Pick<CompatReport, 'base' | 'head'>;

/**
 * Findings by what caused them, those of one verdict together, the gravest first. What breaks a message is not told as safe for another
 * view of it.
 */
export function causesOf(findings: readonly Finding[], states: States): readonly Cause[] {
  const told = new Set<string>();
  return VERDICTS.flatMap((verdict) => {
    const own = findings.filter((it) => it.verdict === verdict);
    const key = (it: Finding) => `${placeOf(it)} ${subjectOf(it, states)}`;
    const open = verdict === 'safe' ? own.filter((it) => !told.has(key(it))) : own;
    for (const it of own) told.add(key(it));
    return grouped(open).map((group) => ({
      verdict,
      subjects: [...Map.groupBy(group, (it) => subjectOf(it, states)).values()].map(merged) as [
        Finding,
        ...Finding[],
      ],
      fingerprints: [...new Set(group.map(({ fingerprint }) => fingerprint))],
    }));
  });
}

/** The finding with the impacts on all views of its subject: who sends and who receives may describe one message each for itself. */
export function wholeOf(finding: Finding, { findings, ...states }: CompatReport): Finding {
  const subject = subjectOf(finding, states);
  return merged(
    findings.filter(
      (it) =>
        it === finding ||
        (it.fingerprint === finding.fingerprint &&
          it.verdict === finding.verdict &&
          subjectOf(it, states) === subject),
    ),
  );
}

/** How many messages there are, whichever documents describe them. */
export function messagesIn(workspace: Workspace): number {
  return identitiesOf(workspace).length;
}

/** How many messages the findings are of, and of how many: those that are gone count too. */
export function messagesAffected(
  findings: readonly Finding[],
  states: States,
): { readonly affected: number; readonly all: number } {
  const own = findings.filter(({ change }) => change.subject.kind === 'message');
  const count = (list: readonly Finding[]) => new Set(list.map((it) => subjectOf(it, states))).size;
  const gone = own.filter(({ change }) => change.subject.head === undefined);
  return { affected: count(own), all: messagesIn(states.head) + count(gone) };
}

/** By fingerprint, and by place: a definition that several domains share has a fingerprint in each. */
function grouped(findings: readonly Finding[]): (readonly Finding[])[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const keys = [`${finding.fingerprint} ${answerOf(finding)}`, `${placeOf(finding)} ${answerOf(finding)}`];
    const known = keys.map((it) => groups.get(it)).find((it) => it !== undefined) ?? [];
    known.push(finding);
    for (const it of keys) groups.set(it, known);
  }
  return [...new Set(groups.values())];
}

function answerOf({ approval, expired }: Finding): string {
  return JSON.stringify([approval?.until, approval?.reason, expired?.until]);
}

function placeOf({ code, change, fingerprint }: Finding): string {
  const { subject, base, head, field, from, to } = change;
  if (subject.kind !== 'message' || (!base && !head)) return fingerprint;
  const places = [base, head].map((it) => it && [it.file, it.pointer, it.part]);
  return JSON.stringify([code, places, field.at(-1), from, to]);
}

function subjectOf({ change }: Finding, { base, head }: States): string {
  const { kind, domain, label, base: former, head: now } = change.subject;
  if (kind !== 'message') return `${kind} ${domain} ${label}`;
  const one =
    (now === undefined ? undefined : identityOf(head, now)?.message.id) ??
    (former === undefined ? undefined : identityOf(base, former)?.message.id);
  return one ?? `${domain} ${label}`;
}

function merged([first, ...others]: readonly Finding[]): Finding {
  if (!first) throw new Error('unreachable: a group has a finding');
  if (others.length === 0) return first;
  const impacts = new Map(
    [first, ...others].flatMap((it) => it.impacts.map((one) => [JSON.stringify(one), one])),
  );
  const notes = [...new Set([first, ...others].flatMap(({ note }) => note ?? []))];
  return {
    ...first,
    impacts: [...impacts.values()],
    ...(notes.length > 0 && { note: notes.join(' ') }),
  };
}
