import type { Severity } from '@chirograph/contract/diagnostics';
import { type Report, regionIn, sentenceOf } from './report.ts';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** Findings as annotations of a GitHub workflow run ("Workflow commands for GitHub Actions"). */
export function githubReport({ diagnostics, sources }: Report): string {
  return diagnostics
    .map((diagnostic) => {
      const { severity, code, fix, at } = diagnostic;
      const { line, column } = regionIn(sources, at);
      const text = [sentenceOf(diagnostic), fix].filter(Boolean).join('\n');
      return workflowCommand(COMMANDS[severity], { file: at.file, line, col: column, title: code }, text);
    })
    .join('');
}

/** A line that the runner takes for a command; nothing in its texts ends it or begins another. */
export function workflowCommand(
  command: string,
  properties: Readonly<Record<string, string | number>>,
  text: string,
): string {
  const written = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${command} ${written.join(',')}::${data(text)}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
