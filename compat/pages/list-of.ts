import type { Rule } from '../rules/rules.ts';

/** The list of rules, by what they are about, for docs/compat/README.md. */
export function listOf(rules: readonly Rule[]): string {
  const areas = Map.groupBy(rules, ({ code }) => code.slice(0, code.indexOf('/')));
  const sections = [...areas]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([area, own]) => [
      `## ${area}`,
      '',
      '| rule | what changed | affects | severity |',
      '|---|---|---|---|',
      ...own.map(row),
      '',
    ]);
  return [
    '# Compatibility rules',
    '',
    `${rules.length} rules; those under \`payload/\` apply to headers too (\`headers/...\`). How they are decided: [compat](../compat.md).`,
    '',
    ...sections,
  ].join('\n');
}

function row({ code, title, severity, affects }: Rule): string {
  const who = affects.length === 0 ? 'none' : affects.join(', ');
  return `| [${code}](${code}.md) | ${title} | ${who} | ${severity} |`;
}
