import manifest from '../package.json' with { type: 'json' };
import { count } from '../terminal/words.ts';
import { filesOf, type Report, type Reported, regionIn } from './report.ts';
import { xml } from './xml.ts';

/**
 * Findings as a JUnit report: a suite a file, a failed case a finding, a skipped one where it was approved; a file without
 * findings is a case that passed.
 * It holds what the schemas of Jenkins and of Apache Ant both take, and what the stricter one of them asks for.
 */
export function junitReport(report: Report): string {
  const byFile = Map.groupBy(report.diagnostics, ({ at }) => at.file);
  const suites = filesOf(report).map((file, id) => suite(file, id, byFile.get(file) ?? [], report));
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites>', ...suites, '</testsuites>', ''].join(
    '\n',
  );
}

function suite(file: string, id: number, diagnostics: readonly Reported[], report: Report): string {
  const cases = diagnostics.map((it) => caseOf(it, file, report.sources));
  const skipped = diagnostics.filter(({ approval }) => approval).length;
  if (cases.length === 0) cases.push(`    <testcase name="valid" classname="${xml(file)}" time="0"/>`);
  const timestamp = (report.startedAt ?? new Date(0)).toISOString().slice(0, 19);
  return [
    `  <testsuite name="${xml(file)}" package="chirograph.validate" id="${id}" timestamp="${timestamp}" hostname="localhost" tests="${cases.length}" failures="${diagnostics.length - skipped}" errors="0" time="0">`,
    `    <properties><property name="chirograph" value="${manifest.version}"/></properties>`,
    ...cases,
    '    <system-out/>',
    '    <system-err/>',
    '  </testsuite>',
  ].join('\n');
}

function caseOf(diagnostic: Reported, file: string, sources: Report['sources']): string {
  const { code, severity, message, note, fix, at, approval, others = [] } = diagnostic;
  const more = others.length > 0 ? `the same at ${count(others.length, 'more place')}` : undefined;
  const { line, column } = regionIn(sources, at);
  const text = [`${file}:${line}:${column}`, note, more, fix].filter(Boolean).join('\n');
  return [
    `    <testcase name="${xml(`${code} ${line}:${column}`)}" classname="${xml(file)}" time="0">`,
    approval
      ? `      <skipped message="${xml(`approved until ${approval.until}: ${approval.reason}`)}"/>`
      : `      <failure type="${severity}" message="${xml(message)}">${xml(text)}</failure>`,
    '    </testcase>',
  ].join('\n');
}
