import type { Rule } from '../rules/rules.ts';

/** The list of rules, by what they are about, for docs/compat/README.md. */
export function listOf(rules: readonly Rule[]): string {
  const areas = Map.groupBy(rules, ({ code }) => code.slice(0, code.indexOf('/')));
  const sections = [...areas]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([area, own]) => [
      `## ${area}`,
      '',
      '| rule | what changed | may injure | severity |',
      '|---|---|---|---|',
      ...own.map(row),
      '',
    ]);
  return [
    '# Rules of compatibility',
    '',
    `${rules.length} rules; those under \`payload/\` hold for headers as well (\`headers/...\`). What they rest on: [compat](../compat.md).`,
    '',
    ...sections,
  ].join('\n');
}

function row({ code, title, severity, injures }: Rule): string {
  const who = injures.length === 0 ? 'nobody' : injures.join(', ');
  return `| [${code}](${code}.md) | ${title} | ${who} | ${severity} |`;
}
