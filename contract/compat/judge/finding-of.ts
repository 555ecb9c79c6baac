import { CODES, diagnose, type Severity } from '../../diagnostics/index.ts';
import type { Change } from '../change.ts';
import { RULES } from '../rules.ts';
import type { Finding, Injury, Verdict } from './finding.ts';
import { fingerprintOf, messageOfChange } from './fingerprint.ts';
import type { States } from './hits.ts';
import type { Policy } from './policy.ts';

/** A change with its verdict, as a diagnostic. */
export function findingOf(
  states: States,
  change: Change,
  verdict: Verdict,
  injuries: readonly Injury[],
  policy: Policy,
): Finding {
  const { code, subject, field, from, to, base, head } = change;
  const at = head ?? { file: base?.file ?? '', pointer: '' };
  const diagnostic = diagnose(code, at, {
    subject: subject.label,
    field: fieldText(field),
    from,
    to,
  });
  const severity = severityOf(change, verdict, policy);
  return {
    ...diagnostic,
    severity,
    verdict: verdict === 'breaking' && severity !== 'error' ? 'warning' : verdict,
    change,
    fingerprint: fingerprintOf(change, messageOfChange(change, states)),
    ...(base && { base }),
    injuries,
  };
}

/** The severity of a rule is that of an injury; a rule that only warns does so without one. */
function severityOf({ code }: Change, verdict: Verdict, { severities }: Policy): Severity {
  const own = severities?.[code];
  const chosen = own === 'off' ? undefined : own;
  if (verdict === 'breaking' || verdict === 'undecided') return chosen ?? 'error';
  if (verdict === 'warning') return chosen ?? 'warning';
  return CODES[code].severity === 'warning' && RULES[code].decidedBy === 'proof'
    ? (chosen ?? 'warning')
    : 'info';
}

/** `data.items[].sku`; the whole is called the message. */
export function fieldText(field: readonly string[]): string {
  if (field.length === 0) return 'the message';
  return field.reduce((text, part) => {
    if (text === '' || part.startsWith('[')) return `${text}${part}`;
    return part.startsWith('(') ? `${text} ${part}` : `${text}.${part}`;
  }, '');
}
