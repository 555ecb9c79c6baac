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

const store: Option = {
  flags: '--store <store>',
  summary:
    'the file of SQLite or the postgres:// URL that services keep their state in (or CHIROGRAPH_STORE)',
};

const schema: Option = {
  flags: '--schema <name>',
  summary: 'with PostgreSQL: the schema (default: chirograph)',
};

const json: Option = { flags: '--json', summary: 'print one JSON document' };

const paging: readonly Option[] = [
  { flags: '--limit <n>', summary: 'with `list`: how many at once', default: '100' },
  { flags: '--after <id>', summary: 'with `list`: where the page before ended' },
  json,
];

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  {
    name: 'init',
    summary: 'create a workspace: a config and a first contract',
    arguments: [{ syntax: '[domain]', summary: 'what the contract is about (default: `example`)' }],
    options: [
      { flags: '--vscode', summary: 'also write .vscode/settings.json: JSON Schemas for the editor' },
    ],
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
        summary: 'fetch those URLs again and accept changes (see docs/references.md)',
      },
      { flags: '--max-warnings <n>', summary: 'fail when there are more warnings than this' },
      {
        flags: '--max-findings <n>',
        summary: 'show at most this many as text; 0 shows all (default: 100)',
      },
      { flags: '--stdin-file <file>', summary: 'the file name to assume for standard input' },
      { flags: '-q, --quiet', summary: 'show errors only' },
      { flags: '-w, --watch', summary: 'check again whenever a file changes' },
      { flags: '--baseline <file>', summary: 'accept the findings of this file; fail on new ones' },
      { flags: '--update-baseline', summary: 'write the current findings to the baseline' },
    ],
    examples: [
      { line: 'chirograph validate', summary: 'all contracts of the workspace' },
      { line: 'chirograph validate specs/shop', summary: 'one domain' },
      { line: "chirograph validate 'specs/**/*.yaml' --quiet", summary: 'errors of the files that match' },
      {
        line: 'chirograph validate specs/shop/order.yaml',
        summary: 'one file, checked together with all others',
      },
      { line: 'cat order.yaml | chirograph validate -', summary: 'standard input' },
      { line: 'chirograph validate --format sarif > findings.sarif', summary: 'for code scanning' },
    ],
    load: () => import('./validate.ts'),
  },
  {
    name: 'explain',
    summary: 'explain what a finding means, why it matters and how to fix it',
    arguments: [{ syntax: '[code]', summary: 'the code of a finding (default: list them all)' }],
    options: [],
    examples: [{ line: 'chirograph explain message/example-invalid', summary: 'the page of a code' }],
    load: () => import('./explain.ts'),
  },
  {
    name: 'generate',
    summary: 'generate code from contracts',
    arguments: [],
    options: [
      format,
      config,
      remote,
      { flags: '--check', summary: 'write nothing; fail when the generated code is out of date' },
      { flags: '--dry-run', summary: 'write nothing; list what would change' },
      { flags: '--watch', summary: 'generate again whenever a contract changes' },
      { flags: '--no-cache', summary: 'generate everything again; the result is the same' },
    ],
    examples: [
      { line: 'chirograph generate', summary: 'bring the generated code up to date' },
      { line: 'chirograph generate --check', summary: 'in CI: is the committed code current?' },
    ],
    load: () => import('./generate.ts'),
  },
  {
    name: 'compat',
    summary: 'check whether a change of contracts is safe, and which services it breaks',
    arguments: [
      { syntax: '[action]', summary: '`approve`: record that a break is intended' },
      { syntax: '[fingerprints...]', summary: 'with `approve`: the fingerprints that compat printed' },
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
        summary: 'the lowest severity that makes the command fail',
        choices: ['error', 'warning'],
        default: 'error',
      },
      {
        flags: '--allow-new',
        summary: 'accept a base without these contracts, and treat the current ones as new',
      },
      { flags: '--markdown <file>', summary: 'also write a pull request comment to this file' },
      { flags: '--reason <text>', summary: 'with `approve`: why this break is acceptable' },
      { flags: '--until <day>', summary: 'with `approve`: the last day on which it applies, YYYY-MM-DD' },
      { flags: '--schemas <old>', summary: 'compare two JSON Schemas: --schemas old.json new.json' },
      {
        flags: '--mode <mode>',
        summary: 'with --schemas: the direction to check',
        choices: ['BACKWARD', 'FORWARD', 'FULL'],
        default: 'FULL',
      },
      {
        flags: '--batch <file>',
        summary: 'compare pairs of JSON Schemas, one per line: {id, old, new, mode}; `-` for standard input',
      },
      {
        flags: '--writers <policy>',
        summary: 'with --schemas and --batch: what is written, all that a schema allows or what it names',
        choices: ['literal', 'declared'],
      },
      {
        flags: '--formats <reading>',
        summary: 'with --schemas and --batch: whether a format refuses strings; `dialect`: up to draft-07',
        choices: ['assert', 'annotate', 'dialect'],
      },
    ],
    examples: [
      { line: 'chirograph compat --against main', summary: 'compare with a branch' },
      { line: 'chirograph compat --against v1.2.0:specs', summary: 'with a folder in a tag' },
      { line: 'chirograph compat --against ../released/specs', summary: 'with a folder' },
      {
        line: 'chirograph compat approve 1f0c55d2 --against main --reason "..." --until 2027-01-31',
        summary: 'approve an intended break',
      },
      { line: 'chirograph compat --schemas old.json new.json', summary: 'two JSON Schemas' },
    ],
    load: () => import('./compat.ts'),
  },
  {
    name: 'version',
    summary: 'print the version that each service needs next, by what has changed',
    arguments: [{ syntax: '[services...]', summary: 'the services to print (default: all)' }],
    options: [
      { flags: '--against <base>', summary: 'the earlier state: a git revision, a folder or a tar archive' },
      format,
      config,
      remote,
      {
        flags: '--allow-new',
        summary: 'accept a base without these contracts, and treat the current ones as new',
      },
    ],
    examples: [{ line: 'chirograph version --against v1.4.0', summary: 'shop/order  1.4.0 -> 2.0.0' }],
    load: () => import('./version.ts'),
  },
  {
    name: 'why',
    summary: 'show who meets whom over a message, why, and what is held against what',
    arguments: [
      { syntax: '<message>', summary: 'its name, or its key; with a version behind it: `OrderPlaced 1.0`' },
      { syntax: '[service]', summary: 'only pairs of this service' },
    ],
    options: [format, config, remote],
    examples: [
      { line: 'chirograph why order.placed', summary: 'everyone who sends or receives it' },
      {
        line: 'chirograph why order.placed billing',
        summary: 'and why billing meets its senders, or does not',
      },
    ],
    load: () => import('./why.ts'),
  },
  {
    name: 'neighbours',
    summary: 'show the contracts of other repositories that count here, or pin what they hold now',
    arguments: [],
    options: [
      { flags: '--update', summary: 'read them anew and pin what they hold in chirograph.lock' },
      config,
    ],
    examples: [
      { line: 'chirograph neighbours', summary: 'whether each is what is pinned' },
      {
        line: 'chirograph neighbours --update',
        summary: 'after a neighbour has changed, or a new one was named',
      },
    ],
    load: () => import('./neighbours.ts'),
  },
  {
    name: 'changelog',
    summary: 'print what changed between two states of contracts',
    arguments: [],
    options: [
      { flags: '--against <base>', summary: 'the earlier state: a git revision, a folder or a tar archive' },
      { flags: '--to <head>', summary: 'the later state (default: the contracts on disk)' },
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
    name: 'coverage',
    summary: 'show what tests, or running services, exercised of the contracts',
    arguments: [],
    options: [
      {
        flags: '--recordings <folder>',
        summary: 'the folder that CHIROGRAPH_COVERAGE named when the tests ran',
        default: '.chirograph/coverage',
      },
      {
        flags: '--broker <url>',
        summary:
          'first listen to running services on nats://, kafka://, amqp:// or redis://host:port, until Ctrl-C',
      },
      { flags: '--exclude <domain...>', summary: 'leave these domains out; the report names them' },
      { flags: '--all', summary: 'print everything that was not exercised' },
      format,
      config,
      remote,
    ],
    examples: [
      {
        line: 'CHIROGRAPH_COVERAGE=$PWD/.chirograph/coverage npm test && chirograph coverage',
        summary: 'what the tests exercised; exits with 1 below 100 %',
      },
      {
        line: 'chirograph coverage --broker nats://127.0.0.1:4222',
        summary: 'what services send and handle',
      },
    ],
    load: () => import('./coverage.ts'),
  },
  {
    name: 'bundle',
    summary: 'write the document of a service, with all that it refers to, as one file',
    arguments: [{ syntax: '<service>', summary: '`domain/service`, or a unique service name' }],
    options: [
      { flags: '--out <file>', summary: 'the file to write (default: standard output)' },
      config,
      remote,
    ],
    examples: [
      { line: 'chirograph bundle shop/order --out order.yaml', summary: 'for tools that read one file' },
    ],
    load: () => import('./bundle.ts'),
  },
  {
    name: 'convert',
    summary: 'convert an AsyncAPI 2 document to AsyncAPI 3.1',
    arguments: [{ syntax: '<file>', summary: 'the document to convert' }],
    options: [
      { flags: '--to <version>', summary: 'the version of AsyncAPI', choices: ['3.1'], default: '3.1' },
      { flags: '--out <file>', summary: 'the file to write (default: standard output)' },
      config,
      remote,
    ],
    examples: [{ line: 'chirograph convert orders.yaml --to 3.1 --out orders.yaml', summary: 'in place' }],
    load: () => import('./convert.ts'),
  },
  {
    name: 'catalog',
    summary: 'publish the contracts as a website',
    arguments: [
      {
        syntax: '<action>',
        summary:
          '`build`: write the site as static files; `dev`: serve it here, up to date; `export`: write the content of another catalog',
      },
    ],
    options: [
      {
        flags: '--out <folder>',
        summary: 'output folder (default: public; with `export`, the name of the format)',
      },
      { flags: '--port <n>', summary: 'with `dev`: the port on 127.0.0.1; 0 for any', default: '4321' },
      {
        flags: '--releases <list>',
        summary: 'releases to compare, such as v1.0.0,v1.1.0: any value that --against accepts',
      },
      {
        flags: '--pages <folder>',
        summary: 'your own pages, in markdown (default: catalog-pages, if it exists)',
      },
      { flags: '--title <text>', summary: 'the title of the site (default: Event catalog)' },
      {
        ...format,
        summary: 'how to print the result; with `export`: the target catalog',
        choices: ['text', 'json', 'eventcatalog', 'backstage'],
      },
      config,
      remote,
    ],
    examples: [
      { line: 'chirograph catalog dev', summary: 'a local site that updates when contracts change' },
      { line: 'chirograph catalog build', summary: 'static files in public/' },
      {
        line: 'chirograph catalog build --releases v1.0.0,v1.1.0',
        summary: 'with what changed between releases',
      },
    ],
    load: () => import('./catalog.ts'),
  },
  {
    name: 'mock',
    summary: 'run mock services from their contracts: they reply, validate and inject faults',
    arguments: [
      {
        syntax: '[services...]',
        summary: '`domain/service`, a unique service name, or a domain (default: all)',
      },
    ],
    options: [
      {
        flags: '--broker <url>',
        summary: 'nats://host:port, kafka://host:port, amqp://host:port, redis://host:port, or memory',
        default: 'memory',
      },
      { flags: '--seed <n>', summary: 'seed for generated data (default: random)' },
      {
        flags: '--rate <rate...>',
        summary:
          'rate of messages that nothing triggers: 2/s, or order.placed=30/m (default: the contract’s volume)',
      },
      { flags: '--flow <name...>', summary: 'the flows to follow where several match' },
      {
        flags: '--faults <list>',
        summary: 'duplicate=5%,late=2%,reorder=2%,invalid=1%,old=1%',
      },
      { flags: '--port <n>', summary: 'port of the HTTP API on 127.0.0.1; 0 for any', default: '4010' },
      format,
      { flags: '--quiet', summary: 'print violations and errors only' },
      { flags: '--fail-on-violation', summary: 'exit with 1 when a message violated its contract' },
      config,
      remote,
    ],
    examples: [
      {
        line: 'chirograph mock shop/payment --broker nats://127.0.0.1:4222 --seed 7',
        summary: 'answer the orders of a real service',
      },
      { line: 'chirograph mock shop --rate order.place=1/s', summary: 'a whole domain in one process' },
      { line: 'chirograph mock shop --flow paymentFailed', summary: 'the flow in which payment fails' },
    ],
    load: () => import('./mock.ts'),
  },
  {
    name: 'broker',
    summary: 'what the contracts need on a broker: print it, or make it',
    arguments: [{ syntax: '<action>', summary: '`plan` or `apply`' }, paths],
    options: [
      {
        flags: '--broker <url>',
        summary:
          'nats://host:port (streams), kafka://host:port (topics), amqp://host:port (exchange and queues) or redis://host:port (groups)',
      },
      json,
      config,
      remote,
    ],
    examples: [
      {
        line: 'chirograph broker plan --broker nats://127.0.0.1:4222',
        summary: 'exits with 1 when something is missing',
      },
      {
        line: 'chirograph broker apply --broker nats://127.0.0.1:4222',
        summary: 'makes it; removes nothing',
      },
    ],
    load: () => import('./broker.ts'),
  },
  {
    name: 'dlq',
    summary: 'dead letters: look at them, fix them, have them tried again',
    arguments: [
      { syntax: '<action>', summary: '`list`, `show`, `redrive`, `drop`, `edit` or `export`' },
      { syntax: '[ids...]', summary: 'the ids of dead letters, such as d-7' },
    ],
    options: [
      store,
      schema,
      { flags: '--service <name>', summary: 'only of this consumer; `outbox` for what the broker refused' },
      { flags: '--message <name>', summary: 'only messages of this name' },
      { flags: '--reason <reason>', summary: 'only those given up for this reason' },
      { flags: '--key <key>', summary: 'only of this entity' },
      { flags: '--older-than <duration>', summary: 'only those given up longer ago: 15m, 2h, 7d' },
      { flags: '--all', summary: 'with `redrive` and `drop`: all that the filters let through' },
      {
        flags: '--body [file]',
        summary:
          'with `show`: print the body too; with `edit`: the file of the new one, `-` for standard input',
      },
      {
        flags: '--force',
        summary: 'with `edit`: also when the new body breaks its contract, or none is at hand',
      },
      config,
      ...paging,
    ],
    examples: [
      { line: 'chirograph dlq list --store shop.db --service billing', summary: 'what billing gave up' },
      { line: 'chirograph dlq show d-7 --body --store shop.db', summary: 'why, with the message' },
      { line: 'chirograph dlq edit d-7 --body fixed.json --store shop.db', summary: 'put the message right' },
      {
        line: 'chirograph dlq redrive d-7 --store shop.db',
        summary: 'have it tried again, and those behind it',
      },
      {
        line: 'chirograph dlq redrive --all --reason retries-exhausted --store postgres://127.0.0.1/shop',
        summary: 'all at once, each key in its order',
      },
    ],
    load: () => import('./dlq.ts'),
  },
  {
    name: 'outbox',
    summary: 'messages not yet at the broker: list them, skip one',
    arguments: [
      { syntax: '<action>', summary: '`list` or `skip`' },
      { syntax: '[rows...]', summary: 'with `skip`: the rows, as `list` prints them' },
    ],
    options: [store, schema, ...paging],
    examples: [{ line: 'chirograph outbox list --store shop.db', summary: 'what waits, oldest first' }],
    load: () => import('./outbox.ts'),
  },
  {
    name: 'projection',
    summary: 'read models kept in a store: list them, rebuild one beside the old',
    arguments: [
      { syntax: '<action>', summary: '`list` or `rebuild`' },
      { syntax: '[name]', summary: 'with `rebuild`: the projection' },
    ],
    options: [store, schema, json],
    examples: [
      { line: 'chirograph projection rebuild orders --store shop.db', summary: 'while traffic goes on' },
    ],
    load: () => import('./projection.ts'),
  },
  {
    name: 'store',
    summary: 'print the migrations of a store as SQL',
    arguments: [
      { syntax: '<action>', summary: '`sql`' },
      { syntax: '<kind>', summary: '`sqlite` or `postgres`' },
    ],
    options: [
      { ...schema, default: 'chirograph' },
      { flags: '--from <version>', summary: 'only the steps after this version' },
      json,
    ],
    examples: [
      { line: 'chirograph store sql postgres > chirograph.sql', summary: 'for your migration tool' },
    ],
    load: () => import('./store.ts'),
  },
  {
    name: 'completion',
    summary: 'print a script that completes commands and options in a shell',
    arguments: [{ syntax: '<shell>', summary: 'bash, zsh or fish' }],
    options: [],
    examples: [{ line: 'source <(chirograph completion bash)', summary: 'in ~/.bashrc' }],
    load: async () => ({ run: (await import('./completion.ts')).completing(COMMANDS) }),
  },
];
