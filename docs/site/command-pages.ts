import type { Command } from '../../cli/commands/command.ts';
import { COMMANDS } from '../../cli/commands/commands.ts';
import type { SitePage } from './site-page.ts';

/** The commands as `--help` knows them. */
export function commandPages(): SitePage[] {
  return [
    { path: 'commands/index.md', text: list() },
    ...COMMANDS.map((it) => ({ path: `commands/${it.name}.md`, text: pageOf(it) })),
  ];
}

function list(): string {
  return [
    '# Commands',
    '',
    '| command | what it does |',
    '|---|---|',
    ...COMMANDS.map(({ name, summary }) => `| [\`chirograph ${name}\`](${name}.md) | ${cell(summary)} |`),
    '',
    'Exit codes: 0 no findings, 1 findings, 2 wrong use or failure. With `--format json` standard output is one JSON document.',
    '',
  ].join('\n');
}

function pageOf({ name, summary, arguments: args, options, examples }: Command): string {
  const usage = ['chirograph', name, ...args.map(({ syntax }) => syntax), '[options]'].join(' ');
  return [
    `# chirograph ${name}`,
    '',
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    '',
    '```sh',
    usage,
    '```',
    '',
    ...section(
      'Arguments',
      ['argument', 'meaning'],
      args.map(({ syntax, summary: meaning }) => [`\`${syntax}\``, meaning]),
    ),
    ...section(
      'Options',
      ['option', 'meaning', 'default'],
      options.map(({ flags, summary: meaning, choices, default: preset }) => [
        `\`${flags}\``,
        choices === undefined ? meaning : `${meaning}: ${choices.map((it) => `\`${it}\``).join(', ')}`,
        preset === undefined ? '' : `\`${preset}\``,
      ]),
    ),
    '## Examples',
    '',
    '```sh',
    ...examples.map(({ line, summary: meaning }) => `${line}   # ${meaning}`),
    '```',
    '',
  ].join('\n');
}

function section(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [`## ${title}`, '', line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
