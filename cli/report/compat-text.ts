import type { Advice, Finding, Impact, Verdict } from '@chirograph/compat';
import { type Style, styleFor } from '../terminal/style.ts';
import { visible, visibleIn } from '../terminal/visible.ts';
import { count, table } from '../terminal/words.ts';
import { excerptOf, placesOf } from './compat-excerpt.ts';
import {
  type CompatReport,
  leftOutText,
  messagesAffected,
  openOf,
  positionOf,
  unusedText,
  VERDICTS,
} from './compat-report.ts';
import { upcastLines } from './compat-upcast.ts';
import { witnessLine } from './compat-witness.ts';
import {
  affectedRows,
  affectedText,
  changeText,
  impactText,
  rolloutText,
  verdictCount,
  witnessLead,
} from './compat-words.ts';

/** A comparison for a person: what breaks with its proof, then what is to be noticed, then what is safe. */
export function compatText(comparison: CompatReport): string {
  // Whatever a contract says stays on its line.
  const report = { ...comparison, findings: visibleIn(comparison.findings) };
  const style = styleFor(report.color);
  const sections = VERDICTS.flatMap((verdict) => {
    const own = report.findings.filter((it) => it.verdict === verdict);
    if (verdict === 'safe') return safeLines(own, style);
    return [...Map.groupBy(own, (it) => it.fingerprint).values()].map((group) =>
      causeLines(group, report, style),
    );
  });
  return [...sections, ...leftOutLines(report, style), ...unusedLines(report), summary(report, style)].join(
    '\n',
  );
}

/** What could not be read: nothing is said of what rests on it. */
function leftOutLines({ leftOut = [] }: CompatReport, style: Style): string[] {
  if (leftOut.length === 0) return [];
  const rows = leftOut.map((it) => [
    (it.isAside ? style.yellow : style.red)('left out'),
    visible(it.diagnostic.code),
    style.cyan(visible(it.place)),
    visible(leftOutText(it)),
  ]);
  const open = openOf({ leftOut });
  const fix =
    open.length === 0
      ? "Fixed in the neighbour's own repository; then: chirograph neighbours --update"
      : `What rests on ${open.length === 1 ? 'it' : 'them'} was not compared. Fix: chirograph validate`;
  return [`${table(rows)}\n  ${fix}\n`];
}

function unusedLines({ unused = [] }: CompatReport): string[] {
  return unused.length === 0 ? [] : [`${unused.map((it) => visible(unusedText(it))).join('\n')}\n`];
}

/** One cause and all that it breaks: the first message in full, the others by name. */
function causeLines(group: readonly Finding[], report: CompatReport, style: Style): string {
  const [finding, ...others] = group;
  if (!finding) return '';
  const { code, impacts, advice, change, verdict, note } = finding;
  const { domain, label } = change.subject;
  const affected = impactText(finding);
  const more = others.length > 0 ? ` and ${count(others.length, 'other message')}` : '';
  return [
    `${paint(verdict, style)(verdict)}  ${style.dim(code)}   ${domain}  ${style.bold(`${label}${more}`)}  ${affected || finding.message}`,
    ...placeLines(finding, report, style),
    ...impacts.flatMap((it) => impactLines(it, style)),
    ...affectedLines(finding, report, style),
    ...otherLines(others),
    ...(verdict === 'warning' && impacts.length === 0 ? [] : ['']),
    ...(note ? [`  ${note}`] : []),
    ...rollout(group, report),
    ...adviceLines(advice),
    ...closing(finding, report),
    '',
  ].join('\n');
}

/** What keeps it safe, and another way beside it; an upcast as it is to be written. */
function adviceLines(advice: Advice | undefined, lead = 'Keeps it safe:'): string[] {
  if (!advice) return [];
  const { text, checked, upcast, or } = advice;
  const lines = upcastLines(upcast);
  const written = lines.length > 0 ? ['', ...lines.map((line) => `      ${line}`), ''] : [];
  return [`  ${lead} ${text} (checked: ${checked})`, ...written, ...adviceLines(or, 'Or:')];
}

/** Where one cause breaks many messages their services are too many to be named in order. */
function rollout([finding, ...others]: readonly Finding[], report: CompatReport): string[] {
  const text = others.length === 0 && finding && rolloutText(finding, report);
  return text ? [`  ${text}`] : [];
}

function closing({ verdict, approval, expired, fingerprint }: Finding, { against }: CompatReport): string[] {
  if (verdict === 'warning') return [];
  if (approval) return [`  Approved until ${approval.until}: ${approval.reason}`];
  return [
    ...(expired ? [`  Its approval expired on ${expired.until}.`] : []),
    `  Intended? chirograph compat approve ${fingerprint} --against ${against} --reason "..." --until <date>`,
  ];
}

/** Where it stands and where it stood, then the lines themselves. */
function placeLines(finding: Finding, { head, base, against }: CompatReport, style: Style): string[] {
  const { change } = finding;
  const sources = { base: base.sources, head: head.sources };
  const places = placesOf(sources, change);
  const now = places.head && positionOf(head.sources, places.head);
  const then = places.base && positionOf(base.sources, places.base);
  const main = now ?? then;
  if (!main) return [];
  const former =
    then && now
      ? `(${against}: ${then.file === now.file ? '' : `${then.file}:`}${then.line}:${then.column})`
      : now
        ? ''
        : `(in ${against})`;
  const where = style.cyan(`${main.file}:${main.line}:${main.column}`);
  return [
    `  ${where}   ${changeText(finding)}   ${style.dim(former)}`.trimEnd(),
    '',
    ...excerptOf(sources, change).map(({ sign, text, mark }) => {
      const dress = sign === '-' ? style.red : sign === '+' ? style.green : style.dim;
      return mark ? dress(text) : visible(text);
    }),
  ];
}

function impactLines(impact: Impact, style: Style): string[] {
  const { witness } = impact;
  if (!witness) return [];
  const { text, column, length } = witnessLine(witness);
  return [
    '',
    `  ${witnessLead(impact)}`,
    '',
    `      ${text}`,
    `      ${' '.repeat(column)}${style.red('^'.repeat(length))} ${witness.refusal.message}`,
  ];
}

function affectedLines(finding: Finding, report: CompatReport, style: Style): string[] {
  const rows = affectedRows(finding, report);
  if (rows.length === 0) return [];
  const lines = table(rows).split('\n');
  const isProved = finding.impacts.some((it) => it.witness !== undefined);
  return [
    '',
    ...(isProved ? [] : [`  ${affectedText(finding)}`, '']),
    ...lines.map((it) => `      ${it.replace(/\S+:\d+/, (where) => style.cyan(where))}`),
  ];
}

/** The other messages of one cause, each with those who receive it. */
function otherLines(others: readonly Finding[]): string[] {
  if (others.length === 0) return [];
  const rows = others.map(({ change, impacts }) => {
    const services = new Set(impacts.flatMap(({ operations }) => operations.map((it) => it.service)));
    return [change.subject.label, [...services].join(', ')];
  });
  return [
    '',
    '  It also breaks:',
    '',
    ...table(rows)
      .split('\n')
      .map((it) => `      ${it.trimEnd()}`),
  ];
}

function safeLines(findings: readonly Finding[], style: Style): string[] {
  if (findings.length === 0) return [];
  const wording = findings.filter(({ code }) => code.endsWith('/documentation-changed'));
  const rows = findings
    .filter((it) => !wording.includes(it))
    .map(({ code, change, message }) => ['safe', code, change.subject.domain, change.subject.label, message]);
  const lines =
    rows.length === 0
      ? []
      : table(rows)
          .split('\n')
          .map((it) => it.replace(/^safe/, style.green('safe')));
  const more = wording.length === 0 ? [] : [style.dim(`${count(wording.length, 'change')} of wording`)];
  return [[...lines, ...more, ''].join('\n')];
}

function paint(verdict: Verdict, style: Style): (text: string) => string {
  if (verdict === 'breaking') return style.red;
  return verdict === 'safe' ? style.green : style.yellow;
}

function summary({ findings, head, against, seconds, leftOut = [] }: CompatReport, style: Style): string {
  const time = style.dim(`   ${seconds.toFixed(2)} s`);
  const total = count(head.messages.length, 'message');
  const open = leftOut.length > 0 ? `, ${style.red(`${leftOut.length} left out`)}` : '';
  if (findings.length === 0)
    return `${style.green('no change')} of ${total} against ${against}${open}${time}\n`;
  const counts = VERDICTS.flatMap((verdict) => {
    const own = findings.filter((it) => it.verdict === verdict);
    const approved = own.filter((it) => it.approval).length;
    return own.length > 0
      ? [`${verdictCount(own.length, verdict)}${approved > 0 ? ` (${approved} approved)` : ''}`]
      : [];
  });
  return `${counts.join(', ')} in ${messagesAffected(findings)} of ${total} against ${against}${open}${time}\n`;
}
