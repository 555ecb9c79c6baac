import type { Finding, Impact } from '@chirograph/compat';
import type { Place } from '@chirograph/contract/diagnostics';
import type { Source } from '@chirograph/contract/source';
import { messagesIn, wholeOf } from './compat-causes.ts';
import { type CompatReport, positionOf } from './compat-report.ts';
import { rolloutText } from './compat-words.ts';

/** A comparison for programs: one document. Lines and columns count from 1. */
export function compatJson(report: CompatReport): string {
  const { findings, head, against, seconds, leftOut = [], unused = [] } = report;
  const document = {
    against,
    findings: findings.map((it) => findingJson(it, report)),
    leftOut: leftOut.map(({ state, place, diagnostic, isAside }) => ({
      ...(state !== undefined && { state }),
      rule: diagnostic.code,
      place,
      message: diagnostic.message,
      ...(isAside && { aside: true }),
    })),
    unusedApprovals: unused,
    messages: messagesIn(head),
    seconds: Number(seconds.toFixed(3)),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

type Sources = Readonly<Record<string, Source>>;

function findingJson(finding: Finding, report: CompatReport): object {
  const [base, head] = [report.base.sources, report.head.sources];
  const { verdict, severity, code, message, change, fingerprint, impacts, advice, approval } = finding;
  const place = (sources: Sources, at: Place | undefined) =>
    at && { ...positionOf(sources, at), pointer: at.pointer };
  const impact = ({ operations, ...rest }: Impact) => ({
    ...rest,
    operations: operations.map(({ at, side, operation, ...affected }) => ({
      ...affected,
      operation,
      side,
      at: place(side === 'head' ? head : base, at),
    })),
  });
  return {
    verdict,
    severity,
    rule: code,
    message,
    fingerprint,
    domain: change.subject.domain,
    subject: { kind: change.subject.kind, name: change.subject.label },
    field: change.field,
    from: change.from,
    to: change.to,
    base: place(base, change.base),
    head: place(head, change.head),
    impacts: impacts.map(impact),
    rollout: rolloutText(wholeOf(finding, report), report),
    advice,
    approval,
  };
}
