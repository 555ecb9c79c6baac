import type { Advice, Finding } from '@chirograph/compat';
import type { NodeId } from '@chirograph/contract/model';
import { joinPointer } from '@chirograph/schema';
import type { Effect, FindingRecord, Fix, Link, Verdict, VerdictCounts } from './catalog.ts';

/** The worst first. */
export const VERDICTS = ['breaking', 'undecided', 'warning', 'safe'] as const satisfies readonly Verdict[];

/**
 * A finding of `judge` as the catalog keeps it.
 * @param linkOf the address of what a finding is about, and of the services that it affects
 */
export function findingRecord(finding: Finding, linkOf: LinkOf): FindingRecord {
  const { code, verdict, message, fingerprint, change, impacts, advice, approval, note } = finding;
  const { subject } = change;
  const address = [subject.head, subject.base].flatMap((id) => (id && linkOf.node(id)) ?? [])[0];
  return {
    code,
    verdict,
    subject: subject.label,
    ...(address && { to: address.to }),
    domain: subject.domain,
    kind: subject.kind,
    message: note?.startsWith('Together') ? `${message}. ${note}` : message,
    fingerprint,
    effects: impacts.map((impact): Effect => {
      const services = impact.operations.flatMap(({ domain, service, action }) => {
        const link = linkOf.service(domain, service);
        return link ? [{ ...link, action }] : [];
      });
      const { witness, direction } = impact;
      return {
        ...(direction && { direction }),
        parties: impact.parties,
        services: distinct(services),
        ...(witness && {
          witness: {
            part: witness.part,
            value: witness.value,
            at: joinPointer(
              witness.refusal.property === undefined
                ? witness.refusal.path
                : [...witness.refusal.path, witness.refusal.property],
            ),
            reason: witness.refusal.message,
          },
        }),
      };
    }),
    ...(advice && { fix: fixOf(advice) }),
    ...(approval && { approval: approval.reason }),
  };
}

/** Finds addresses of the catalog, of what is there now. */
export interface LinkOf {
  readonly node: (id: NodeId) => Link | undefined;
  readonly service: (domain: string, name: string) => Link | undefined;
}

export function countsOf(findings: readonly { readonly verdict: Verdict }[]): VerdictCounts {
  const count = (verdict: Verdict) => findings.filter((it) => it.verdict === verdict).length;
  return {
    breaking: count('breaking'),
    undecided: count('undecided'),
    warning: count('warning'),
    safe: count('safe'),
  };
}

/** The worst that there is; nothing is safe. */
export function worstOf(findings: readonly { readonly verdict: Verdict }[]): Verdict {
  return VERDICTS.find((verdict) => findings.some((it) => it.verdict === verdict)) ?? 'safe';
}

function fixOf({ text, checked, upcast, or }: Advice): Fix {
  return { text, checked, ...(upcast && { upcast: { ...upcast } }), ...(or && { or: fixOf(or) }) };
}

function distinct<T extends { readonly to: string; readonly action: string }>(items: readonly T[]): T[] {
  return [...new Map(items.map((it) => [`${it.action} ${it.to}`, it])).values()];
}
