/**
 * Compares verdicts: the documents beside this file, in every version, and every mutant of them, before the official
 * parser and before us. Run: npm test (in this folder); `npm test -- 3.1.0 list` shows the differences of a version.
 */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CORE_SCHEMA, load } from 'js-yaml';
import { CASES } from './cases/index.ts';
import { mutantsOf } from './mutate.ts';
import { oracleErrors, oracleErrorsOfFile } from './oracle.ts';
import { ourErrors } from './ours.ts';
import { STRICTER, UNSEEN, WIDER } from './stricter.ts';

const VERSIONS = ['2.0.0', '2.1.0', '2.2.0', '2.3.0', '2.4.0', '2.5.0', '2.6.0', '3.0.0', '3.1.0'];

interface Tally {
  same: number;
  stricter: number;
  wider: number;
  readonly different: string[];
}

function emptyTally(): Tally {
  return { same: 0, stricter: 0, wider: 0, different: [] };
}

async function judge(name: string, text: string, tally: Tally): Promise<void> {
  const theirs = await oracleErrors(text);
  const ours = ourErrors(text);
  if (theirs.length > 0 === ours.length > 0) tally.same += 1;
  else if (theirs.length > 0 && Object.hasOwn(WIDER, name)) tally.wider += 1;
  else if (
    ours.length > 0 &&
    (Object.hasOwn(UNSEEN, name) || ours.every((it) => STRICTER.has(it.split(' ')[0]!)))
  )
    tally.stricter += 1;
  else {
    const [first] = theirs.length > 0 ? theirs : ours;
    tally.different.push(
      `${theirs.length > 0 ? 'only the parser' : 'only we'} refuse: ${name}\n    ${first}`,
    );
  }
}

async function compareCases(): Promise<Tally> {
  const tally = emptyTally();
  for (const [name, text] of CASES) await judge(name, text, tally);
  return tally;
}

async function compare(version: string): Promise<Tally> {
  const major = version.slice(0, 1);
  const text = readFileSync(new URL(`documents/orders-${major}.yaml`, import.meta.url), 'utf8');
  const document = load(text.replace(/^asyncapi: .*/, `asyncapi: ${version}`), { schema: CORE_SCHEMA });
  const tally = emptyTally();
  const mutants = [{ name: 'as it is', value: document }, ...mutantsOf(document as never)];
  for (const { name, value } of mutants) await judge(name, JSON.stringify(value), tally);
  return tally;
}

/** Documents that use all of the standard: as they are, and every twentieth of their many mutants. */
async function compareEverything(): Promise<Tally> {
  const tally = emptyTally();
  for (const major of [2, 3]) {
    const text = readFileSync(new URL(`documents/everything-${major}.yaml`, import.meta.url), 'utf8');
    await judge(`everything-${major}`, text, tally);
    const mutants = mutantsOf(load(text, { schema: CORE_SCHEMA }) as never).filter((_, i) => i % 20 === 0);
    for (const { name, value } of mutants) await judge(name, JSON.stringify(value), tally);
  }
  return tally;
}

/** The contracts of this repository, which `chirograph validate` finds clean in every run of the checks. */
async function compareContracts(): Promise<Tally> {
  const tally = emptyTally();
  const folder = fileURLToPath(new URL('../../specs/', import.meta.url));
  for (const file of globSync('*/*.asyncapi.yaml', { cwd: folder })) {
    const [first] = await oracleErrorsOfFile(folder + file);
    if (first) tally.different.push(`only the parser refuses: ${file}\n    ${first}`);
    else tally.same += 1;
  }
  return tally;
}

const [wanted, list] = process.argv.slice(2);
let failed = false;
if (!wanted || wanted === 'contracts') report('contracts', await compareContracts());
if (!wanted || wanted === 'cases') report('cases', await compareCases());
if (!wanted || wanted === 'everything') report('everything', await compareEverything());
for (const version of VERSIONS.filter((it) => !wanted || it === wanted)) {
  report(version, await compare(version));
}
process.exitCode = failed ? 1 : 0;

function report(name: string, { same, stricter, wider, different }: Tally): void {
  process.stdout.write(
    `${name}: ${same} the same, ${stricter} stricter and ${wider} wider on purpose, ${different.length} different\n`,
  );
  for (const it of different.slice(0, list ? 1000 : 20)) process.stdout.write(`  ${it}\n`);
  failed ||= different.length > 0;
}
