import type { ChangeCode, Rule } from '../rules/rules.ts';

/** What a page shows of its rule's case. */
export interface PageExample {
  /** The lines that differ, marked with `-` and `+`. */
  readonly diff: readonly string[];
  /** The text report on them. */
  readonly report: string;
}

const DIRECTIONS: Readonly<Record<Rule['direction'], string>> = {
  FORWARD: 'FORWARD: old consumers, new messages',
  BACKWARD: 'BACKWARD: new consumers, old messages',
  FULL: 'both: old consumers with new messages, new consumers with old ones',
  NONE: 'none',
};

/** The page of a rule: what it says, whom it protects, why, and its case. Headers share the pages of payloads. */
export function pageOf(
  { code, title, severity, reason, injures, direction, decidedBy, mirror }: Rule,
  { diff, report }: PageExample,
): string {
  const headers = code.startsWith('payload/')
    ? [['Of headers', `\`${code.replace('payload/', 'headers/')}\``]]
    : [];
  const rows = [
    ['May injure', injures.length === 0 ? 'nobody' : injures.join(', ')],
    ['Direction', DIRECTIONS[direction]],
    [
      'Decided by',
      decidedBy === 'proof' ? 'a proof on the schemas' : 'the rule, and by who is there to be hit',
    ],
    ['Severity', severity],
    ['The change undone', linkTo(mirror, code)],
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
  return code === from ? 'itself' : `[${code}](../${code}.md)`;
}
