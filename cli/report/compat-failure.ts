import type { CommandError } from '../exit.ts';
import manifest from '../package.json' with { type: 'json' };
import { workflowCommand } from './github.ts';
import { codeSpan, markdownText } from './markdown-text.ts';
import { xml } from './xml.ts';

/** A comparison that could not be made, as each format says it: none of them can be taken for one that found nothing. */
export function failureReport(format: unknown, failure: CommandError, against: string): string {
  return REPORTS[String(format)]?.(failure, against) ?? '';
}

const REPORTS: Readonly<Record<string, (failure: CommandError, against: string) => string>> = {
  json: ({ message, hint }, against) => json({ against, error: { message, ...(hint && { hint }) } }),
  markdown: ({ message, hint }, against) =>
    [
      `### Contracts against ${codeSpan(against)}: could not be compared`,
      '',
      `${markdownText(message)}.`,
      '',
      ...(hint ? [...hint.split('\n').map(markdownText), ''] : []),
    ].join('\n'),
  github: (failure) => workflowCommand('error', { title: 'chirograph compat' }, textOf(failure)),
  junit: (failure) =>
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites>',
      '  <testsuite name="chirograph compat" package="chirograph.compat" id="0" timestamp="1970-01-01T00:00:00" hostname="localhost" tests="1" failures="0" errors="1" time="0">',
      '    <properties/>',
      '    <testcase name="comparison" classname="chirograph compat" time="0">',
      `      <error type="failure" message="${xml(failure.message)}">${xml(textOf(failure))}</error>`,
      '    </testcase>',
      '    <system-out/>',
      '    <system-err/>',
      '  </testsuite>',
      '</testsuites>',
      '',
    ].join('\n'),
  sarif: (failure) =>
    json({
      $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'chirograph', version: manifest.version } },
          columnKind: 'utf16CodeUnits',
          invocations: [
            {
              executionSuccessful: false,
              toolExecutionNotifications: [{ level: 'error', message: { text: textOf(failure) } }],
            },
          ],
          results: [],
        },
      ],
    }),
  gitlab: (failure) =>
    json([
      {
        description: textOf(failure),
        check_name: 'chirograph/not-compared',
        fingerprint: 'chirograph/not-compared',
        severity: 'blocker',
        location: { path: 'chirograph.config.ts', lines: { begin: 1 } },
      },
    ]),
};

function textOf({ message, hint }: CommandError): string {
  return hint ? `${message}\n${hint}` : message;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
