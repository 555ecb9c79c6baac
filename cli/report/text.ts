import {
  type Diagnostic,
  frame,
  type Place,
  regionOf,
  type Severity,
} from '@chirograph/contract/diagnostics';
import { type Style, styleFor } from '../terminal/style.ts';
import { count } from '../terminal/words.ts';
import type { Report } from './report.ts';

/** Findings for a person: each with its code frame, then a line that sums up. */
export function textReport(report: Report): string {
  const style = styleFor(report.color);
  const findings = report.diagnostics.map((it) => finding(it, report, style));
  return [...findings, summary(report, style)].join('\n');
}

function finding(diagnostic: Diagnostic, { sources }: Report, style: Style): string {
  const { severity, code, message, at, note, mend, related } = diagnostic;
  const lines = [
    `${heading(severity, style)}  ${style.dim(code)}   ${style.bold(message)}`,
    `  ${position(at, sources, style)}`,
  ];
  const source = sources[at.file];
  if (source) lines.push('', ...framed(frame(source, at), note, severity, style));
  for (const { message: text, at: place } of related)
    lines.push('', `  ${text}: ${position(place, sources, style)}`);
  lines.push('', `  ${mend ? `Mend: ${mend}   ` : ''}${style.dim(`chirograph explain ${code}`)}`, '');
  return lines.join('\n');
}

function heading(severity: Severity, style: Style): string {
  if (severity === 'error') return style.red('error');
  return severity === 'warning' ? style.yellow('warning') : style.cyan('info');
}

function position(at: Place, sources: Report['sources'], style: Style): string {
  const source = sources[at.file];
  if (!source) return style.cyan(at.file);
  const { line, column } = regionOf(source, at);
  return style.cyan(`${at.file}:${line}:${column}`);
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
    ...lines.map(({ number, text }) => `${gutter(String(number))} ${text}`),
    `${gutter('')} ${before}${carets}`,
  ];
}

function summary({ diagnostics, sources, seconds, accepted = 0 }: Report, style: Style): string {
  const also = accepted > 0 ? `, ${accepted} accepted by the baseline` : '';
  const files = Object.keys(sources).length;
  const time = style.dim(`   ${seconds.toFixed(2)} s`);
  if (diagnostics.length === 0) return `${style.green('clean')}: ${count(files, 'file')}${also}${time}\n`;
  const counts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const n = diagnostics.filter((it) => it.severity === severity).length;
    return n > 0 ? [count(n, severity, severity === 'info' ? 'infos' : `${severity}s`)] : [];
  });
  const hit = new Set(diagnostics.map((it) => it.at.file)).size;
  return `${counts.join(', ')} in ${hit} of ${count(files, 'file')}${also}${time}\n`;
}
