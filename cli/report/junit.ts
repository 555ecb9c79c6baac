import type { Diagnostic } from '@chirograph/contract/diagnostics';
import { filesOf, type Report, regionIn } from './report.ts';

/** Findings as a JUnit report: a suite a file, a failed case a finding; a file without findings is a case that passed. */
export function junitReport(report: Report): string {
  const { diagnostics, sources, seconds } = report;
  const files = filesOf(report);
  const byFile = Map.groupBy(diagnostics, ({ at }) => at.file);
  const suites = files.map((file) => suite(file, byFile.get(file) ?? [], sources));
  const cases = files.reduce((sum, file) => sum + Math.max(1, byFile.get(file)?.length ?? 0), 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="chirograph validate" tests="${cases}" failures="${diagnostics.length}" time="${seconds.toFixed(3)}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(file: string, diagnostics: readonly Diagnostic[], sources: Report['sources']): string {
  const cases = diagnostics.map((it) => failedCase(it, file, sources));
  if (cases.length === 0) cases.push(`    <testcase name="valid" classname="${xml(file)}" time="0"/>`);
  return [
    `  <testsuite name="${xml(file)}" tests="${cases.length}" failures="${diagnostics.length}" errors="0" skipped="0" time="0">`,
    ...cases,
    '  </testsuite>',
  ].join('\n');
}

function failedCase(
  { code, severity, message, note, mend, at }: Diagnostic,
  file: string,
  sources: Report['sources'],
): string {
  const { line, column } = regionIn(sources, at);
  const text = [`${file}:${line}:${column}`, note, mend].filter(Boolean).join('\n');
  return [
    `    <testcase name="${xml(`${code} ${line}:${column}`)}" classname="${xml(file)}" time="0">`,
    `      <failure type="${severity}" message="${xml(message)}">${xml(text)}</failure>`,
    '    </testcase>',
  ].join('\n');
}

/** For text and attributes of XML 1.0, which has no room for most control characters. */
function xml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}
