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
    arguments: [],
    options: [
      { flags: '--against <base>', summary: 'a git revision, or a folder with the former contracts' },
      format,
      config,
    ],
    examples: [
      { line: 'chirograph compat --against main', summary: 'compare with a branch' },
      { line: 'chirograph compat --against HEAD~1', summary: 'compare with the last commit' },
      { line: 'chirograph compat --against ../released/specs', summary: 'compare with a folder' },
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
  {
    name: 'mock',
    summary: 'run services from their contracts alone: they answer, check and inject faults',
    arguments: [
      {
        syntax: '[services...]',
        summary: '`domain/service`, a service that one domain has, or a domain (default: all)',
      },
    ],
    options: [
      { flags: '--broker <url>', summary: 'nats://host:port, or memory', default: 'memory' },
      { flags: '--seed <n>', summary: 'all that is made up follows from it (default: another each time)' },
      {
        flags: '--rate <rate...>',
        summary: 'send what nothing leads to: 2/s, or order.placed=30/m (default: the contract’s volume)',
      },
      { flags: '--flow <name...>', summary: 'the flows to follow where several would fit' },
      {
        flags: '--faults <list>',
        summary: 'duplicate=5%,late=2%,reorder=2%,invalid=1%,old=1%',
      },
      { flags: '--port <n>', summary: 'of the HTTP API on 127.0.0.1; 0 for any', default: '4010' },
      format,
      { flags: '--quiet', summary: 'print violations and troubles only' },
      { flags: '--fail-on-violation', summary: 'exit with 1 when a message broke its contract' },
      config,
    ],
    examples: [
      {
        line: 'chirograph mock shop/payment --broker nats://127.0.0.1:4222 --seed 7',
        summary: 'answer the orders of a real service',
      },
      { line: 'chirograph mock shop --rate order.place=1/s', summary: 'a whole domain in one process' },
      { line: 'chirograph mock shop --flow paymentFailed', summary: 'how things go when payment fails' },
    ],
    load: () => import('./mock.ts'),
  },
];
