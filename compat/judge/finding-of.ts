import type { Severity } from '@chirograph/contract/diagnostics';
import type { Change } from '../change.ts';
import { RULES } from '../rules/rules.ts';
import type { States } from './affected-operations.ts';
import { approvalOf } from './approval.ts';
import type { Finding, Impact, Verdict } from './finding.ts';
import { fingerprintOf, messageOfChange } from './fingerprint.ts';
import type { Policy } from './policy.ts';

/** A change with its verdict, as a diagnostic. */
export function findingOf(
  states: States,
  change: Change,
  verdict: Verdict,
  impacts: readonly Impact[],
  policy: Policy,
): Finding {
  const { code, subject, field, from, to, base, head } = change;
  const text = RULES[code].message({ subject: subject.label, field: fieldText(field), from, to });
  const message = messageOfChange(change, states);
  const fingerprint = fingerprintOf(change, message, states);
  const ruled = severityOf(change, verdict, policy);
  const answer = ruled === 'error' ? approvalOf(fingerprint, policy.approvals ?? [], policy.today) : {};
  return {
    code,
    message: text,
    at: head ?? { file: base?.file ?? '', pointer: '' },
    related: [],
    severity: answer.approval ? 'info' : ruled,
    verdict: verdict === 'undecided' && ruled === 'error' ? verdict : VERDICT[ruled],
    change,
    fingerprint,
    ...(base && { base }),
    impacts,
    ...answer,
  };
}

/** A policy may make less of a break, or more of a warning. What is safe is safe. */
function severityOf({ code }: Change, verdict: Verdict, { severities }: Policy): Severity {
  const own = severities?.[code];
  const chosen = own === 'off' ? undefined : own;
  if (verdict === 'safe') return 'info';
  return chosen ?? (verdict === 'warning' ? 'warning' : 'error');
}

const VERDICT: Readonly<Record<Severity, Verdict>> = { error: 'breaking', warning: 'warning', info: 'safe' };

/** `data.items[].sku`; the whole is called the message. */
export function fieldText(field: readonly string[]): string {
  if (field.length === 0) return 'the message';
  return field.reduce((text, part) => {
    if (text === '' || part.startsWith('[')) return `${text}${part}`;
    return part.startsWith('(') ? `${text} ${part}` : `${text}.${part}`;
  }, '');
}
