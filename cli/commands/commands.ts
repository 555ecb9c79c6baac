import { FORMATS } from '../report/formats.ts';
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

const remote: Option = {
  flags: '--remote',
  summary: 'follow references to http(s) URLs; what they hold is pinned in chirograph.lock',
};

const paths = {
  syntax: '[paths...]',
  summary: 'files and folders of contracts (default: `specs` of the config)',
};

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  {
    name: 'init',
    summary: 'begin a workspace: a config and a first contract',
    arguments: [{ syntax: '[domain]', summary: 'what the contract is about (default: `example`)' }],
    options: [],
    examples: [{ line: 'chirograph init parcels', summary: 'specs/parcels/parcels.asyncapi.yaml' }],
    load: () => import('./init.ts'),
  },
  {
    name: 'validate',
    summary: 'find what is wrong with contracts',
    arguments: [
      {
        ...paths,
        summary: 'files, folders or patterns; `-` for standard input (default: `specs` of the config)',
      },
    ],
    options: [
      { ...format, choices: FORMATS },
      config,
      remote,
      {
        flags: '--update-remote',
        summary: 'fetch those URLs anew and accept what changed (see docs/references.md)',
      },
      { flags: '--max-warnings <n>', summary: 'fail when there are more warnings than this' },
      {
        flags: '--max-findings <n>',
        summary: 'show at most this many as text; 0 shows all (default: 100)',
      },
      { flags: '--stdin-file <file>', summary: 'the file that standard input stands for' },
      { flags: '-q, --quiet', summary: 'show errors only' },
      { flags: '-w, --watch', summary: 'check again whenever a file changes' },
      { flags: '--baseline <file>', summary: 'accept the findings of this file; fail on new ones' },
      { flags: '--update-baseline', summary: 'write the findings of now into the baseline' },
    ],
    examples: [
      { line: 'chirograph validate', summary: 'all contracts of the workspace' },
      { line: 'chirograph validate specs/shop', summary: 'one domain' },
      { line: "chirograph validate 'specs/**/*.yaml' --quiet", summary: 'errors of the files that match' },
      { line: 'chirograph validate specs/shop/order.yaml', summary: 'one file, in the light of all others' },
      { line: 'cat order.yaml | chirograph validate -', summary: 'standard input' },
      { line: 'chirograph validate --format sarif > findings.sarif', summary: 'for code scanning' },
    ],
    load: () => import('./validate.ts'),
  },
  {
    name: 'explain',
    summary: 'say what a finding means, why it matters and how to fix it',
    arguments: [{ syntax: '[code]', summary: 'the code of a finding (default: list them all)' }],
    options: [],
    examples: [{ line: 'chirograph explain message/example-invalid', summary: 'the page of a code' }],
    load: () => import('./explain.ts'),
  },
  {
    name: 'generate',
    summary: 'write the code that contracts promise',
    arguments: [],
    options: [
      format,
      config,
      remote,
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
      { ...format, choices: [...FORMATS, 'markdown'] },
      config,
      remote,
      {
        flags: '--fail-on <severity>',
        summary: 'what makes the command fail',
        choices: ['error', 'warning'],
        default: 'error',
      },
      {
        flags: '--allow-new',
        summary: 'accept a base whose contracts are elsewhere, and take those of now for new',
      },
      { flags: '--markdown <file>', summary: 'write the comment for a pull request there as well' },
      { flags: '--reason <text>', summary: 'of `approve`: why nobody is hurt' },
      { flags: '--until <day>', summary: 'of `approve`: the last day on which it counts, YYYY-MM-DD' },
      { flags: '--schemas <old>', summary: 'decide two JSON Schemas alone: --schemas old.json new.json' },
      {
        flags: '--mode <mode>',
        summary: 'of --schemas: which direction',
        choices: ['BACKWARD', 'FORWARD', 'FULL'],
        default: 'FULL',
      },
      {
        flags: '--batch <file>',
        summary: 'decide pairs of JSON Schemas, a line each: {id, old, new, mode}; `-` for standard input',
      },
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
    name: 'changelog',
    summary: 'tell readers of the catalog what changed between two states of contracts',
    arguments: [],
    options: [
      { flags: '--against <base>', summary: 'the earlier state: a git revision, a folder or a tar archive' },
      { flags: '--to <head>', summary: 'the later state (default: the contracts as they are on disk)' },
      {
        flags: '--format <format>',
        summary: 'how to print it',
        choices: ['markdown', 'json'],
        default: 'markdown',
      },
      config,
      remote,
    ],
    examples: [
      { line: 'chirograph changelog --against v1.2.0', summary: 'since a release' },
      { line: 'chirograph changelog --against v1.2.0 --to v1.3.0', summary: 'between two releases' },
    ],
    load: () => import('./changelog.ts'),
  },
  {
    name: 'list',
    summary: 'list services and messages: who sends what, and who receives it',
    arguments: [paths],
    options: [format, config, remote],
    examples: [{ line: 'chirograph list', summary: 'every message with its senders and consumers' }],
    load: () => import('./list.ts'),
  },
  {
    name: 'catalog',
    summary: 'publish the contracts as a site that people can browse',
    arguments: [
      { syntax: '<action>', summary: '`build`: write the site, static files for any host or none' },
    ],
    options: [
      { flags: '--out <folder>', summary: 'where the files go (default: public; of `export`, the format)' },
      { flags: '--port <n>', summary: 'of `dev`, on 127.0.0.1; 0 for any', default: '4321' },
      {
        flags: '--releases <list>',
        summary:
          'states to compare with one another and with now, such as v1.0.0,v1.1.0: whatever --against takes',
      },
      {
        flags: '--pages <folder>',
        summary: 'pages of your own, in markdown (default: catalog-pages, if there)',
      },
      { flags: '--title <text>', summary: 'what the site is called', default: 'Event catalog' },
      {
        ...format,
        summary: 'how to print the result; of `export`: for which catalog',
        choices: ['text', 'json', 'eventcatalog', 'backstage'],
      },
      config,
      remote,
    ],
    examples: [
      { line: 'chirograph catalog dev', summary: 'a site on this machine that follows the contracts' },
      { line: 'chirograph catalog build', summary: 'static files in public/, for any host or none' },
      {
        line: 'chirograph catalog build --releases v1.0.0,v1.1.0',
        summary: 'with what changed between releases',
      },
    ],
    load: () => import('./catalog.ts'),
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
      {
        flags: '--broker <url>',
        summary: 'nats://host:port, amqp://host:port, or memory',
        default: 'memory',
      },
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
      remote,
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
