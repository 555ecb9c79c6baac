import type { Advice, Finding, Impact, Verdict } from '@chirograph/compat';
import { type Style, styleFor } from '../terminal/style.ts';
import { visible, visibleIn } from '../terminal/visible.ts';
import { count, table } from '../terminal/words.ts';
import { type Cause, causesOf, messagesAffected } from './compat-causes.ts';
import { excerptOf, placesOf } from './compat-excerpt.ts';
import { type CompatReport, leftOutText, openOf, positionOf, unusedText } from './compat-report.ts';
import { upcastLines } from './compat-upcast.ts';
import { witnessLine } from './compat-witness.ts';
import {
  affectedRows,
  affectedText,
  changeText,
  countsText,
  impactText,
  MOST_MESSAGES,
  rolloutText,
  witnessLead,
} from './compat-words.ts';

/** A comparison for a person: what breaks with its proof, then what is to be noticed, then what is safe. */
export function compatText(report: CompatReport): string {
  // Whatever a contract says stays on its line.
  const causes = visibleIn(causesOf(report.findings, report));
  const style = styleFor(report.color);
  const sections = [
    ...causes.filter((it) => it.verdict !== 'safe').map((it) => causeLines(it, report, style)),
    ...safeLines(
      causes.filter((it) => it.verdict === 'safe'),
      style,
    ),
  ];
  return [
    ...sections,
    ...leftOutLines(report, style),
    ...unusedLines(report),
    summary(causes, report, style),
  ].join('\n');
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

/** One cause and all that it affects: the first message in full, the others by name. */
function causeLines({ verdict, subjects, fingerprints }: Cause, report: CompatReport, style: Style): string {
  const [finding] = subjects;
  const { code, impacts, advice, change, note } = finding;
  const isOne = subjects.length === 1;
  const domains = [...new Set(subjects.map((it) => it.change.subject.domain))].join(', ');
  const label = isOne ? change.subject.label : `in ${count(subjects.length, 'message')}`;
  const affected = impactText(finding, subjects);
  return [
    `${paint(verdict, style)(verdict)}  ${style.dim(code)}   ${domains}  ${style.bold(label)}  ${affected || finding.message}`,
    ...placeLines(finding, report, style),
    ...impacts.flatMap((it) => impactLines(it, style)),
    ...affectedLines(finding, report, style),
    ...messageLines(subjects),
    ...(verdict === 'warning' && impacts.length === 0 ? [] : ['']),
    ...(note ? [`  ${note}`] : []),
    ...rollout(subjects, report),
    ...adviceLines(
      advice,
      isOne ? undefined : `Keeps ${change.subject.label} safe, and the others likewise:`,
    ),
    ...closing(finding, fingerprints, report),
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
function rollout([finding, ...others]: Cause['subjects'], report: CompatReport): string[] {
  const text = others.length === 0 && finding && rolloutText(finding, report);
  return text ? [`  ${text}`] : [];
}

function closing(
  { verdict, approval, expired }: Finding,
  fingerprints: Cause['fingerprints'],
  { against }: CompatReport,
): string[] {
  if (verdict === 'warning') return [];
  if (approval) return [`  Approved until ${approval.until}: ${approval.reason}`];
  return [
    ...(expired ? [`  Its approval expired on ${expired.until}.`] : []),
    `  Intended? chirograph compat approve ${fingerprints.join(' ')} --against ${against} --reason "..." --until <date>`,
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

/** The messages of one cause, each with the services that it affects there. */
function messageLines(subjects: Cause['subjects']): string[] {
  if (subjects.length === 1) return [];
  const rows = subjects.slice(0, MOST_MESSAGES).map(({ change, impacts }) => {
    const services = new Set(impacts.flatMap(({ operations }) => operations.map((it) => it.service)));
    return [change.subject.label, [...services].join(', ')];
  });
  const rest = subjects.length - rows.length;
  return [
    '',
    `  In ${count(subjects.length, 'message')}:`,
    '',
    ...table(rows)
      .split('\n')
      .map((it) => `      ${it.trimEnd()}`),
    ...(rest > 0 ? [`      and ${rest} more (--format json names all)`] : []),
  ];
}

function safeLines(causes: readonly Cause[], style: Style): string[] {
  if (causes.length === 0) return [];
  const wording = causes.filter(({ subjects: [{ code }] }) => code.endsWith('/documentation-changed'));
  const rows = causes
    .filter((it) => !wording.includes(it))
    .map(({ subjects }) => {
      const [{ code, change, message }, ...others] = subjects;
      const label = others.length === 0 ? change.subject.label : `in ${count(subjects.length, 'message')}`;
      return ['safe', code, change.subject.domain, label, message];
    });
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

function summary(causes: readonly Cause[], report: CompatReport, style: Style): string {
  const { findings, against, seconds, leftOut = [] } = report;
  const time = style.dim(`   ${seconds.toFixed(2)} s`);
  const { affected, all } = messagesAffected(findings, report);
  const total = count(all, 'message');
  const open = leftOut.length > 0 ? `, ${style.red(`${leftOut.length} left out`)}` : '';
  if (findings.length === 0)
    return `${style.green('no change')} of ${total} against ${against}${open}${time}\n`;
  const counts = countsText(causes).join(', ');
  return `${counts} in ${affected} of ${total} against ${against}${open}${time}\n`;
}
