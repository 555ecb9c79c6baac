import type { ChangeCode, Rule } from '../rules/rules.ts';

/** What a page shows of its rule's case. */
export interface PageExample {
  /** The lines that differ, marked with `-` and `+`. */
  readonly diff: readonly string[];
  /** The text report on them. */
  readonly report: string;
}

const DIRECTIONS: Readonly<Record<Rule['direction'], string>> = {
  FORWARD: 'FORWARD: old consumers read new messages',
  BACKWARD: 'BACKWARD: new consumers read old messages',
  FULL: 'both FORWARD and BACKWARD',
  NONE: 'none',
};

/** The page of a rule: what it says, whom it protects, why, and its case. Headers share the pages of payloads. */
export function pageOf(
  { code, title, severity, reason, affects, direction, decidedBy, mirror }: Rule,
  { diff, report }: PageExample,
): string {
  const headers = code.startsWith('payload/')
    ? [['For headers', `\`${code.replace('payload/', 'headers/')}\``]]
    : [];
  const rows = [
    ['Affects', affects.length === 0 ? 'none' : affects.join(', ')],
    ['Direction', DIRECTIONS[direction]],
    [
      'Decided by',
      decidedBy === 'proof' ? 'a proof over the schemas' : 'the rule and by who sends and reads the message',
    ],
    ['Severity', severity],
    ['Reverse change', linkTo(mirror, code)],
    ...headers,
  ];
  return [
    `# ${code}`,
    '',
    `${title}.`,
    '',
    '| | |',
    '|---|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
    reason,
    '',
    '## Example',
    '',
    '```diff',
    ...diff,
    '```',
    '',
    '```text',
    report.trimEnd(),
    '```',
    '',
  ].join('\n');
}

function linkTo(code: ChangeCode, from: ChangeCode): string {
  return code === from ? 'this rule' : `[${code}](../${code}.md)`;
}
