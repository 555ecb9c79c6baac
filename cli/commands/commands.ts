import type { Command, Option } from './command.ts';

const format: Option = {
  flags: '--format <format>',
  summary: 'how to print the result',
  choices: ['text', 'json'],
  default: 'text',
};

const config: Option = {
  flags: '--config <file>',
  summary: 'the config to use (default: chirograph.config.ts here or above)',
};

const paths = {
  syntax: '[paths...]',
  summary: 'files and folders of contracts (default: `specs` of the config)',
};

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  {
    name: 'validate',
    summary: 'find what is wrong with contracts',
    arguments: [paths],
    options: [
      format,
      config,
      { flags: '--max-warnings <n>', summary: 'fail when there are more warnings than this' },
    ],
    examples: [
      { line: 'chirograph validate', summary: 'all contracts of the workspace' },
      { line: 'chirograph validate specs/shop', summary: 'one domain' },
      { line: 'chirograph validate --format json | jq .diagnostics', summary: 'for programs' },
    ],
    load: () => import('./validate.ts'),
  },
  {
    name: 'generate',
    summary: 'write the code that contracts promise',
    arguments: [],
    options: [
      format,
      config,
      { flags: '--check', summary: 'write nothing; fail when the code is not what the contracts say' },
      { flags: '--dry-run', summary: 'write nothing; list what would change' },
      { flags: '--watch', summary: 'generate again whenever a contract changes' },
      { flags: '--no-cache', summary: 'make everything anew; the result is the same' },
    ],
    examples: [
      { line: 'chirograph generate', summary: 'bring the generated code up to date' },
      { line: 'chirograph generate --check', summary: 'in CI: is the committed code current?' },
    ],
    load: () => import('./generate.ts'),
  },
  {
    name: 'compat',
    summary: 'say whether a change of contracts is safe, and for whom it is not',
    arguments: [
      { syntax: '[action]', summary: '`approve`: write down that a break is meant' },
      { syntax: '[fingerprints...]', summary: 'of `approve`: the breaks, as compat lists them' },
    ],
    options: [
      {
        flags: '--against <base>',
        summary: 'a git revision (main, HEAD~1, origin/main:specs), a folder or a tar archive',
      },
      { ...format, choices: ['text', 'json', 'markdown'] },
      config,
      {
        flags: '--fail-on <severity>',
        summary: 'what makes the command fail',
        choices: ['error', 'warning'],
        default: 'error',
      },
      { flags: '--reason <text>', summary: 'of `approve`: why nobody is hurt' },
      { flags: '--until <day>', summary: 'of `approve`: the last day on which it counts, YYYY-MM-DD' },
      { flags: '--schemas <old>', summary: 'decide two JSON Schemas alone: --schemas old.json new.json' },
      {
        flags: '--mode <mode>',
        summary: 'of --schemas: which direction',
        choices: ['BACKWARD', 'FORWARD', 'FULL'],
        default: 'FULL',
      },
      { flags: '--batch <file>', summary: 'decide pairs of JSON Schemas, a line each: {id, old, new, mode}' },
    ],
    examples: [
      { line: 'chirograph compat --against main', summary: 'compare with a branch' },
      { line: 'chirograph compat --against v1.2.0:specs', summary: 'with a folder in a tag' },
      { line: 'chirograph compat --against ../released/specs', summary: 'with a folder' },
      {
        line: 'chirograph compat approve 1f0c55d2 --against main --reason "..." --until 2027-01-31',
        summary: 'a break is meant',
      },
      { line: 'chirograph compat --schemas old.json new.json', summary: 'two JSON Schemas' },
    ],
    load: () => import('./compat.ts'),
  },
  {
    name: 'list',
    summary: 'list services and messages: who sends what, and who receives it',
    arguments: [paths],
    options: [format, config],
    examples: [{ line: 'chirograph list', summary: 'every message with its senders and consumers' }],
    load: () => import('./list.ts'),
  },
];
