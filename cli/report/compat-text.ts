import type { Finding, Hit, Injury, Verdict } from '@chirograph/contract/compat';
import { frame, type Place } from '@chirograph/contract/diagnostics';
import type { Source } from '@chirograph/contract/source';
import { type Style, styleFor } from '../terminal/style.ts';
import { count, table } from '../terminal/words.ts';
import { type CompatReport, messagesHit, positionOf } from './compat-report.ts';
import { witnessLine } from './compat-witness.ts';
import { changeText, injuredText, witnessLead } from './compat-words.ts';

const ORDER: readonly Verdict[] = ['breaking', 'undecided', 'warning', 'safe'];

/** A comparison for a person: what breaks with its proof, then what is to be noticed, then what is safe. */
export function compatText(report: CompatReport): string {
  const style = styleFor(report.color);
  const sections = ORDER.flatMap((verdict) => {
    const own = report.findings.filter((it) => it.verdict === verdict);
    if (verdict === 'safe') return safeLines(own, style);
    return own.map((it) =>
      it.injuries.length === 0 && verdict === 'warning' ? brief(it, report, style) : full(it, report, style),
    );
  });
  return [...sections, summary(report, style)].join('\n');
}

function full(finding: Finding, report: CompatReport, style: Style): string {
  const { code, fingerprint, injuries, advice, change, approval } = finding;
  const { domain, label } = change.subject;
  const injured = injuredText(finding);
  return [
    `${heading(finding.verdict, style)}  ${style.dim(code)}   ${domain}  ${style.bold(label)}${injured && `  ${injured}`}`,
    ...places(finding, report, style),
    ...injuries.flatMap((it) => injuryLines(it, report, style)),
    ...hitLines(
      injuries.flatMap((it) => it.hits),
      report,
      style,
    ),
    '',
    ...(advice ? [`  Keeps it safe: ${advice.text} (checked: ${advice.checked}).`] : []),
    approval
      ? `  Approved until ${approval.until}: ${approval.reason}`
      : `  Meant? chirograph compat approve ${fingerprint} --reason "..." --until ${'YYYY-MM-DD'}`,
    '',
  ].join('\n');
}

function brief(finding: Finding, report: CompatReport, style: Style): string {
  const { change, code } = finding;
  return [
    `${heading(finding.verdict, style)}  ${style.dim(code)}   ${change.subject.domain}  ${style.bold(change.subject.label)}  ${finding.message}`,
    ...places(finding, report, style).slice(0, 1),
    '',
  ].join('\n');
}

/** Where it stands and where it stood, then the lines themselves. */
function places(finding: Finding, { head, base, against }: CompatReport, style: Style): string[] {
  const { change } = finding;
  const now = change.head && positionOf(head.sources, change.head);
  const then = change.base && positionOf(base.sources, change.base);
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
    ...excerpt(base.sources, change.base, '-', style.red),
    ...excerpt(head.sources, change.head, '+', style.green),
  ];
}

function excerpt(
  sources: Readonly<Record<string, Source>>,
  at: Place | undefined,
  sign: string,
  paint: (text: string) => string,
): string[] {
  const source = at && sources[at.file];
  if (!source || !at) return [];
  const { lines, mark } = frame(source, at, 0);
  const line = lines.at(-1);
  if (!line) return [];
  const gutter = `  ${String(line.number).padStart(5)} ${sign} `;
  return [
    `${gutter}${line.text}`,
    `${' '.repeat(gutter.length + mark.column - 1)}${paint('^'.repeat(mark.length))}`,
  ];
}

function injuryLines(injury: Injury, _: CompatReport, style: Style): string[] {
  const { witness } = injury;
  if (!witness) return [];
  const { text, column, length } = witnessLine(witness);
  return [
    '',
    `  ${witnessLead(injury)}`,
    '',
    `      ${text}`,
    `      ${' '.repeat(column)}${style.red('^'.repeat(length))} ${witness.refusal.message}`,
  ];
}

function hitLines(hits: readonly Hit[], { head, base }: CompatReport, style: Style): string[] {
  const unique = [...new Map(hits.map((it) => [`${it.operation} ${it.action}`, it])).values()];
  if (unique.length === 0) return [];
  const rows = unique.map(({ service, at, side, action, channel }) => {
    const { file, line } = positionOf((side === 'head' ? head : base).sources, at);
    return [
      service,
      `${file}:${line}`,
      `${action === 'send' ? 'sends' : 'receives'} ${channel}${side === 'base' ? ' (no longer)' : ''}`,
    ];
  });
  return [
    '',
    ...table(rows)
      .split('\n')
      .map((it) => `      ${it.replace(/\S+:\d+/, (where) => style.cyan(where))}`),
  ];
}

function safeLines(findings: readonly Finding[], style: Style): string[] {
  const wording = findings.filter(({ code }) => code.endsWith('/documentation-changed'));
  const told = findings.filter((it) => !wording.includes(it));
  if (findings.length === 0) return [];
  const rows = told.map(({ code, change, message }) => [
    'safe',
    code,
    change.subject.domain,
    change.subject.label,
    message,
  ]);
  const lines =
    rows.length === 0
      ? []
      : table(rows)
          .split('\n')
          .map((it) => it.replace(/^safe/, style.green('safe')));
  const more = wording.length === 0 ? [] : [style.dim(`${count(wording.length, 'change')} of wording`)];
  return [[...lines, ...more, ''].join('\n')];
}

function heading(verdict: Verdict, style: Style): string {
  if (verdict === 'breaking') return style.red('breaking');
  if (verdict === 'undecided') return style.yellow('undecided');
  return verdict === 'warning' ? style.yellow('warning') : style.green('safe');
}

function summary({ findings, head, against, seconds }: CompatReport, style: Style): string {
  const time = style.dim(`   ${seconds.toFixed(2)} s`);
  const total = count(head.messages.length, 'message');
  if (findings.length === 0) return `${style.green('no change')} of ${total} against ${against}${time}\n`;
  const counts = ORDER.flatMap((verdict) => {
    const n = findings.filter((it) => it.verdict === verdict).length;
    return n > 0 ? [`${n} ${verdict}`] : [];
  });
  return `${counts.join(', ')} in ${messagesHit(findings)} of ${total} against ${against}${time}\n`;
}
