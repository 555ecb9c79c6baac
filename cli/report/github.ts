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
      const properties = `file=${property(at.file)},line=${line},col=${column},title=${property(code)}`;
      return `::${COMMANDS[severity]} ${properties}::${data(text)}\n`;
    })
    .join('');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
