import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { copyRepository, trackedFiles } from './copy.ts';
import { mutate, mutationsOf, parses } from './mutations.ts';
import { type Equivalent, isEquivalent, type Mutant, mutantOf, sample } from './sample.ts';

const HELP = `Changes the code a little, one place at a time, and looks whether a test notices.

  npm run mutants -- <folder>...            a sample of each folder: schema compat contract generators runtime cli
  npm run mutants -- schema --count 40      how many mutations of each folder (default 30)
  npm run mutants -- schema --seed 7        another sample (default 1)
  npm run mutants -- schema --all           tests of other folders may see it too (slow)
  npm run mutants -- schema --types         a mutation that does not compile counts as seen
  npm run mutants -- schema --list          only print the sample

Works in a copy of the repository. A mutation that changes no behaviour goes into mutants/equivalent.json, with a reason.
Exit codes: 0 at least 90 % were seen, 1 fewer, 2 wrong use, or the tests fail without a mutation.
`;

const ROOT = join(import.meta.dirname, '..');
const WANTED = 0.9;
/** A mutation may make a loop endless. One that takes this many times as long as the tests without a mutation is seen. */
const PATIENCE = 4;
const LEAST_PATIENCE_MS = 300_000;

/** Written by hand, and seen by tests that need no server. Tables, fixtures and goldens are no code of ours. */
const LEFT_OUT =
  /(\.test|\.test-d|\.testing|\.d)\.ts$|\/(estates|fixtures?|fuzz|golden|cases|tables|testing|conformance|faults)[/.]|\/make[^/]*\.ts$/;
/** Tests outside a folder that are as much its own as those within. */
const ALSO: Readonly<Record<string, readonly string[]>> = { schema: ['readers'] };

/** Adapters, which only the tests with real servers reach. */
const NEED_SERVERS = /^runtime\/(amqp|kafka|nats|postgres|rabbitmq|redis)\//;

/** Ends the command that is running, with all that it started. */
let running: (() => void) | undefined;

process.exitCode = await main();

async function main(): Promise<number> {
  const options = {
    count: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    all: { type: 'boolean', default: false },
    types: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  let parsed: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
  try {
    parsed = parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return wrongUse(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals: folders } = parsed;
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const count = Number(values.count);
  const seed = Number(values.seed);
  if (!Number.isInteger(count) || count < 1)
    return wrongUse(`--count is "${values.count}", not a number from 1`);
  if (!Number.isInteger(seed)) return wrongUse(`--seed is "${values.seed}", not a whole number`);
  if (folders.length === 0) return wrongUse('Name at least one folder.');

  const samples = folders.map((name) => {
    const folder = name.replace(/\/+$/, '');
    return { folder, mutants: sample(mutantsOf(folder), count, seed, isSyntax) };
  });
  for (const { folder, mutants } of samples) {
    if (mutants.length === 0) return wrongUse(`There is no code to change in "${folder}".`);
  }
  if (values.list) {
    for (const it of samples.flatMap(({ mutants }) => mutants)) process.stdout.write(`${described(it)}\n`);
    return 0;
  }
  const copy = copyRepository(ROOT);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      running?.();
      rmSync(copy, { recursive: true, force: true });
      process.exit(2);
    });
  }
  try {
    let worst = 0;
    for (const { folder, mutants } of samples) {
      worst = Math.max(worst, await tryFolder(copy, folder, mutants, values));
    }
    return worst;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

interface Ways {
  readonly all: boolean;
  readonly types: boolean;
}

async function tryFolder(
  copy: string,
  folder: string,
  mutants: readonly Mutant[],
  ways: Ways,
): Promise<number> {
  process.stdout.write(`${folder}: the tests without a mutation\n`);
  const started = performance.now();
  if (!(await passes(copy, vitest('run'), { folder, file: '' }))) {
    process.stderr.write(`${folder}: its tests fail, or cannot be run, before anything is changed.\n`);
    return 2;
  }
  const patience = Math.max(LEAST_PATIENCE_MS, PATIENCE * (performance.now() - started));
  let seen = 0;
  for (const [index, mutant] of mutants.entries()) {
    const noticed = await isSeen(copy, folder, mutant, ways, patience);
    if (noticed) seen += 1;
    process.stdout.write(
      `${index + 1}/${mutants.length} ${noticed ? 'seen    ' : 'NOT SEEN'} ${described(mutant)}\n`,
    );
  }
  const share = seen / mutants.length;
  process.stdout.write(`${folder}: ${seen} of ${mutants.length} seen (${Math.floor(share * 100)} %)\n`);
  return share >= WANTED ? 0 : 1;
}

async function isSeen(
  copy: string,
  folder: string,
  { file, mutation }: Mutant,
  { all, types }: Ways,
  patience: number,
): Promise<boolean> {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, mutate(text, mutation));
  const related = vitest('related', file, '--run', '--bail=1');
  try {
    if (types && !(await passes(copy, ['tsc', '--noEmit'], { folder, file }))) return true;
    if (!(await passes(copy, related, { folder, file }, patience))) return true;
    return all && !(await passes(copy, related, { folder: '', file }));
  } finally {
    writeFileSync(path, text);
  }
}

function vitest(...args: readonly string[]): string[] {
  return ['vitest', ...args, '--root', '.', '--config', 'mutants/vitest.config.ts', '--reporter', 'dot'];
}

/** Whether the command ends with status 0 in the copy. One that takes longer than `patience` (ms) is killed, with all that it started. */
function passes(
  copy: string,
  [tool = '', ...args]: readonly string[],
  { folder, file }: { readonly folder: string; readonly file: string },
  patience?: number,
): Promise<boolean> {
  const child = spawn(process.execPath, [join(copy, 'node_modules/.bin', tool), ...args], {
    cwd: copy,
    env: {
      ...process.env,
      MUTANT_FOLDERS: folder && [folder, ...(ALSO[folder] ?? [])].join(','),
      MUTANT_FILE: file,
    },
    stdio: process.env.MUTANTS_VERBOSE ? 'inherit' : 'ignore',
    detached: true,
  });
  const kill = () => process.kill(-(child.pid ?? 0), 'SIGKILL');
  running = kill;
  const timer = patience === undefined ? undefined : setTimeout(kill, patience);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status) => {
      clearTimeout(timer);
      running = undefined;
      resolve(status === 0);
    });
  });
}

function mutantsOf(folder: string): Mutant[] {
  const known = JSON.parse(
    readFileSync(join(import.meta.dirname, 'equivalent.json'), 'utf8'),
  ) as Equivalent[];
  return trackedFiles(ROOT)
    .filter((file) => file.startsWith(`${folder}/`) && file.endsWith('.ts'))
    .filter((file) => !LEFT_OUT.test(file) && !NEED_SERVERS.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(ROOT, file), 'utf8');
      return mutationsOf(text).map((mutation) => mutantOf(file, text, mutation));
    })
    .filter((it) => !isEquivalent(it, known));
}

function isSyntax({ file, mutation }: Mutant): boolean {
  return parses(readFileSync(join(ROOT, file), 'utf8'), mutation);
}

function described({ file, line, mutation, before, after }: Mutant): string {
  const marked = (sign: string, text: string) =>
    text
      .split('\n')
      .map((it) => `      ${sign} ${it.trim()}`)
      .join('\n');
  return `${file}:${line} (${mutation.kind})\n${marked('-', before)}\n${marked('+', after)}`;
}

function wrongUse(problem: string): number {
  process.stderr.write(`${problem}\n\n${HELP}`);
  return 2;
}
