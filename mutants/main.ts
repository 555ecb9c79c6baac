import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { copyRepository, trackedFiles } from './copy.ts';
import { mutationsOf, parses } from './mutations.ts';
import { type Equivalent, isEquivalent, type Mutant, mutantOf, sample } from './sample.ts';
import { Tests } from './tests.ts';
import { Trial } from './trial.ts';

const HELP = `Changes the code a little, one place at a time, and looks whether a test notices.

  npm run mutants -- <folder>...            a sample of each folder: schema compat contract generators runtime cli
  npm run mutants -- schema/a.ts:12         those of a file, or of a line of it
  npm run mutants -- schema --count 40      how many mutations of each folder (default 30)
  npm run mutants -- schema --seed 7        another sample (default 1)
  npm run mutants -- schema --tests 30      how many test files may notice a mutation (default 12)
  npm run mutants -- schema --all           every test file that imports the changed file may (slow)
  npm run mutants -- schema --list          only print the sample

The test files are those that import the changed file, directly or through others, in whatever folder they stand: the nearest first, until
one fails. Works in a copy of the repository. A mutation that changes no behaviour goes into mutants/equivalent.json, with a reason.
Exit codes: 0 at least 90 % were seen, 1 fewer, 2 wrong use.
`;

const ROOT = join(import.meta.dirname, '..');
const WANTED = 0.9;

/** Written by hand, and seen by tests that need no server. Tables, fixtures and goldens are no code of ours. */
const LEFT_OUT =
  /(\.test|\.test-d|\.testing|\.d)\.ts$|\/(estates|fixtures?|fuzz|golden|cases|tables|testing|conformance|faults)[/.]|\/make[^/]*\.ts$/;

/** Adapters, which only the tests with real servers reach. */
const NEED_SERVERS = /^runtime\/(amqp|kafka|nats|postgres|rabbitmq|redis)\//;

process.exitCode = await main();

async function main(): Promise<number> {
  const options = {
    count: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    tests: { type: 'string', default: '12' },
    all: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  let parsed: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
  try {
    parsed = parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return wrongUse(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals: places } = parsed;
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const count = Number(values.count);
  const seed = Number(values.seed);
  const most = values.all ? Number.POSITIVE_INFINITY : Number(values.tests);
  if (!Number.isInteger(count) || count < 1)
    return wrongUse(`--count is "${values.count}", not a number from 1`);
  if (!Number.isInteger(seed)) return wrongUse(`--seed is "${values.seed}", not a whole number`);
  if (!(most >= 1)) return wrongUse(`--tests is "${values.tests}", not a number from 1`);
  if (places.length === 0) return wrongUse('Name at least one folder.');

  const samples = places.map((place) => ({
    place,
    mutants: sample(mutantsIn(place), count, seed, isSyntax),
  }));
  for (const { place, mutants } of samples) {
    if (mutants.length === 0) return wrongUse(`There is no code to change in "${place}".`);
  }
  if (values.list) {
    for (const it of samples.flatMap(({ mutants }) => mutants)) process.stdout.write(`${described(it)}\n`);
    return 0;
  }
  const copy = copyRepository(ROOT);
  const tests = new Tests(copy);
  const cleanUp = () => {
    tests.stop();
    rmSync(copy, { recursive: true, force: true, maxRetries: 5 });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      cleanUp();
      process.exit(2);
    });
  }
  try {
    const trial = new Trial(copy, tests, most);
    let worst = 0;
    for (const { place, mutants } of samples) worst = Math.max(worst, await tryAll(trial, place, mutants));
    return worst;
  } finally {
    cleanUp();
  }
}

async function tryAll(trial: Trial, place: string, mutants: readonly Mutant[]): Promise<number> {
  let seen = 0;
  for (const [index, mutant] of mutants.entries()) {
    const by = await trial.seenBy(mutant);
    if (by !== undefined) seen += 1;
    const verdict = by === undefined ? 'NOT SEEN' : `seen by ${by}`;
    process.stdout.write(`${index + 1}/${mutants.length} ${verdict}\n  ${described(mutant)}\n`);
  }
  const share = seen / mutants.length;
  process.stdout.write(`${place}: ${seen} of ${mutants.length} seen (${Math.floor(share * 100)} %)\n`);
  return share >= WANTED ? 0 : 1;
}

/** The mutations in a folder, a file, or a line of a file: `runtime`, `runtime/backoff.ts`, `runtime/backoff.ts:6`. */
function mutantsIn(place: string): Mutant[] {
  const [path = '', line] = place.replace(/\/+$/, '').split(':');
  const known = JSON.parse(
    readFileSync(join(import.meta.dirname, 'equivalent.json'), 'utf8'),
  ) as Equivalent[];
  return trackedFiles(ROOT)
    .filter((file) => (file === path || file.startsWith(`${path}/`)) && file.endsWith('.ts'))
    .filter((file) => !LEFT_OUT.test(file) && !NEED_SERVERS.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(ROOT, file), 'utf8');
      // What expects something is part of a test, whatever it is called.
      if (text.includes(" from 'vitest'")) return [];
      return mutationsOf(text).map((mutation) => mutantOf(file, text, mutation));
    })
    .filter((it) => line === undefined || it.line === Number(line))
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
