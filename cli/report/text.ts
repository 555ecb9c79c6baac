import {
  type Diagnostic,
  frame,
  type Place,
  regionOf,
  type Severity,
} from '@chirograph/contract/diagnostics';
import { whyOf } from '../pages/page.ts';
import { type Style, styleFor } from '../terminal/style.ts';
import { visible, visibleLines } from '../terminal/visible.ts';
import { count } from '../terminal/words.ts';
import { filesOf, type Report } from './report.ts';

/** Findings for a person: each with its code frame, then a line that sums up. */
export function textReport(report: Report): string {
  const style = styleFor(report.color);
  const explained = new Set<string>();
  const findings = shownIn(report)
    .map(visibleFinding)
    .map((it) => {
      // Why a rule matters is said with its first finding; further down it would only be in the way.
      const why = explained.has(it.code) ? undefined : whyOf(it.code);
      explained.add(it.code);
      return finding(it, why, report, style);
    });
  return [...findings, summary(report, style)].join('\n');
}

/** A finding whose texts stay on their lines, whatever a contract has put into them. */
function visibleFinding(finding: Diagnostic): Diagnostic {
  const { message, note, fix, related } = finding;
  return {
    ...finding,
    message: visible(message),
    ...(note !== undefined && { note: visible(note) }),
    ...(fix !== undefined && { fix: visibleLines(fix) }),
    related: related.map((it) => ({ ...it, message: visible(it.message) })),
  };
}

/** The findings that there is room for: errors before warnings where not all can be shown. */
function shownIn({ diagnostics, maxFindings = Infinity }: Report): readonly Diagnostic[] {
  if (diagnostics.length <= maxFindings) return diagnostics;
  const bySeverity = (['error', 'warning', 'info'] as const).flatMap((severity) =>
    diagnostics.filter((it) => it.severity === severity),
  );
  const shown = new Set(bySeverity.slice(0, maxFindings));
  return diagnostics.filter((it) => shown.has(it));
}

function finding(diagnostic: Diagnostic, why: string | undefined, { sources }: Report, style: Style): string {
  const { severity, code, message, at, note, fix, related, others = [] } = diagnostic;
  const lines = [
    `${heading(severity, style)}  ${style.dim(code)}   ${style.bold(shortened(message))}`,
    `  ${position(at, sources, style)}`,
  ];
  const source = sources[at.file];
  if (source) lines.push('', ...framed(frame(source, at), note, severity, style));
  for (const { message: text, at: place } of related)
    lines.push('', `  ${text}: ${position(place, sources, style)}`);
  if (others.length > 0) lines.push('', `  ${alsoAt(others, sources, style)}`);
  lines.push('');
  if (why) lines.push(`  Why: ${why}`);
  lines.push(`  ${fix ? `Fix: ${shortened(fix)}   ` : ''}${style.dim(`chirograph explain ${code}`)}`, '');
  return lines.join('\n');
}

/** The other places of a fault: the first of them, and how many more there are. */
function alsoAt(others: readonly Place[], sources: Report['sources'], style: Style): string {
  const shown = others.slice(0, MOST_PLACES).map((it) => position(it, sources, style));
  const more = others.length - shown.length;
  return `the same at ${count(others.length, 'more place')}: ${shown.join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}

const MOST_PLACES = 3;

/** A text of a contract may be of any length; of what stands in backquotes, the ends say which one it is. */
function shortened(text: string): string {
  return text.replace(/`[^`]{121,}`/g, (it) => `${it.slice(0, 60)}…${it.slice(-59)}`);
}

function heading(severity: Severity, style: Style): string {
  if (severity === 'error') return style.red('error');
  return severity === 'warning' ? style.yellow('warning') : style.cyan('info');
}

function position(at: Place, sources: Report['sources'], style: Style): string {
  const source = sources[at.file];
  if (!source) return style.cyan(visible(at.file));
  const { line, column } = regionOf(source, at);
  return style.cyan(visible(`${at.file}:${line}:${column}`));
}

function framed(
  { lines, mark }: ReturnType<typeof frame>,
  note: string | undefined,
  severity: Severity,
  style: Style,
): string[] {
  const width = String(lines.at(-1)?.number ?? 1).length + 2;
  const gutter = (text: string) => style.dim(`${text.padStart(width)} |`);
  const paint = severity === 'error' ? style.red : style.yellow;
  const before = (lines.at(-1)?.text ?? '').slice(0, mark.column - 1).replace(/[^\t]/g, ' ');
  const carets = paint(`${'^'.repeat(mark.length)}${note ? ` ${note}` : ''}`);
  return [
    ...lines.map(({ number, text }) => `${gutter(String(number))} ${visible(text)}`),
    `${gutter('')} ${before}${carets}`,
  ];
}

/** What was found, in how many files, and what of it is not shown above. */
function summary(report: Report, style: Style): string {
  const { diagnostics, seconds, accepted = 0, hidden = [], maxWarnings = Infinity } = report;
  const files = filesOf(report);
  const time = style.dim(`   ${seconds.toFixed(2)} s`);
  const warnings = [...diagnostics, ...hidden].filter((it) => it.severity === 'warning').length;
  const cut = diagnostics.length - shownIn(report).length;
  const notes = [
    ...(cut > 0
      ? [style.yellow(`${cut} of them not shown (all: chirograph validate --max-findings 0)`)]
      : []),
    ...(hidden.length > 0 ? [`${countsOf(hidden)} not shown`] : []),
    ...(accepted > 0 ? [`${accepted} accepted`] : []),
    ...(warnings > maxWarnings
      ? [style.red(`${count(warnings, 'warning')} where ${maxWarnings} may be`)]
      : []),
  ].map((it) => `, ${it}`);
  if (diagnostics.length === 0) {
    const verdict = hidden.length > 0 ? 'no errors' : 'clean';
    return `${style.green(verdict)}: ${count(files.length, 'file')}${notes.join('')}${time}\n`;
  }
  const hit = new Set(diagnostics.map((it) => it.at.file)).size;
  return `${countsOf(diagnostics)} in ${hit} of ${count(files.length, 'file')}${notes.join('')}${time}\n`;
}

/** `2 errors, 1 warning`. */
function countsOf(diagnostics: readonly Diagnostic[]): string {
  return (['error', 'warning', 'info'] as const)
    .flatMap((severity) => {
      const n = diagnostics.filter((it) => it.severity === severity).length;
      return n > 0 ? [count(n, severity, severity === 'info' ? 'infos' : `${severity}s`)] : [];
    })
    .join(', ');
}
