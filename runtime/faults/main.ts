/** `npm run faults`: see HELP. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Ledger, ledgerText, type Row } from './row.ts';
import { ROWS } from './rows.ts';
import { type Servers, sharedServers } from './servers.ts';
import { ServiceNotStartedError } from './service-process.ts';

const HELP = `Faults against real processes and servers, and what was lost, doubled or out of order.

  npm run faults                        every row, a ledger each
  npm run faults -- kills-nats poison   the rows whose names begin so
  npm run faults -- --broken            each row with one safeguard removed: every one has to fail
  npm run faults -- --list              the rows, and what is removed from each
  npm run faults -- --scale 0.1         a tenth of the load, for work on a row: what it shows is not the matrix
  npm run faults -- --jobs 1            rows side by side (default: 3)

Exit codes: 0 every row passed, 1 a row failed or could not be run (with --broken: a broken variant passed, or its services did not start), 2 wrong use.
`;

const { values, positionals } = readArguments();
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const { broken } = values;
const rows = ROWS.filter(
  ({ name }) => positionals.length === 0 || positionals.some((it) => name.startsWith(it)),
);
if (rows.length === 0) {
  console.error(
    `no row is called ${positionals.join(' or ')}. Rows: ${ROWS.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}
if (values.list) {
  for (const { name, fault, broken: removed } of rows) console.log(`${name}: ${fault}\n  broken: ${removed}`);
  process.exit(0);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        broken: { type: 'boolean', default: false },
        jobs: { type: 'string', default: '3' },
        scale: { type: 'string', default: '1' },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    process.exit(2);
  }
}

type Result =
  | { readonly kind: 'ran'; readonly ledger: Ledger }
  | { readonly kind: 'not-run'; readonly error: unknown };

/** Of the rows under way. */
const cleanUps = new Set<() => Promise<void>>();

async function runRow(row: Row, servers: Servers): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), `faults-${row.name}-`));
  const cleaning: (() => Promise<void> | void)[] = [() => rm(folder, { recursive: true, force: true })];
  const cleanUpAll = async (): Promise<void> => {
    for (let cleanUp = cleaning.pop(); cleanUp; cleanUp = cleaning.pop())
      try {
        await cleanUp();
      } catch (error) {
        console.error(`${row.name}: not cleaned up: ${error}`);
      }
  };
  cleanUps.add(cleanUpAll);
  try {
    const ledger = await row.run({
      name: row.name,
      broken,
      servers,
      folder,
      defer: (cleanUp) => void cleaning.push(cleanUp),
      load: (count) => Math.ceil((count * Number(values.scale)) / 100) * 100,
      random: randomFrom(20_251_107),
    });
    return { kind: 'ran', ledger };
  } catch (error) {
    return { kind: 'not-run', error };
  } finally {
    await cleanUpAll();
    cleanUps.delete(cleanUpAll);
  }
}

/** Mulberry32: small, seeded, good enough to choose moments. */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const began = performance.now();
const servers = sharedServers();
const waiting = [...rows];
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, async () => {
    waiting.length = 0;
    await Promise.all([...cleanUps].map((cleanUpAll) => cleanUpAll()));
    await servers.stop();
    process.exit(1);
  });
const wrong: string[] = [];

async function worker(): Promise<void> {
  for (let row = waiting.shift(); row; row = waiting.shift()) {
    const start = performance.now();
    const result = await runRow(row, servers);
    const took = `${((performance.now() - start) / 1_000).toFixed(0)} s`;
    const problems = result.kind === 'ran' ? result.ledger.problems : [messageOf(result.error)];
    const failed = problems.length > 0;
    const isTried = result.kind === 'ran' || !(result.error instanceof ServiceNotStartedError);
    const verdict = verdictOn({ failed, isTried });
    if (verdict !== 'passed' && verdict !== AS_IT_MUST_BE) wrong.push(row.name);
    console.log(`${row.name}: ${verdict} (${took})\n  ${broken ? `broken: ${row.broken}` : row.fault}`);
    if (result.kind === 'ran') console.log(`  ${ledgerText(result.ledger)}`);
    for (const problem of problems) console.log(`  ! ${problem}`);
  }
}

const AS_IT_MUST_BE = 'RED, as it must be';

function verdictOn({ failed, isTried }: { readonly failed: boolean; readonly isTried: boolean }): string {
  if (!broken) return failed ? 'FAILED' : 'passed';
  if (!isTried) return 'NOT TRIED: a service did not start';
  return failed ? AS_IT_MUST_BE : 'GREEN, AND MUST NOT BE';
}

function messageOf(error: unknown): string {
  return `did not run to its end: ${error instanceof Error ? error.message : String(error)}`;
}

await Promise.all(Array.from({ length: Math.min(Number(values.jobs), rows.length) }, worker));
await servers.stop();
const minutes = ((performance.now() - began) / 60_000).toFixed(1);
console.log(
  `\n${rows.length - wrong.length} of ${rows.length} rows ${broken ? 'red, as they must be' : 'passed'}, ${minutes} minutes`,
);
if (wrong.length > 0) console.log(`${broken ? 'not red' : 'failed'}: ${wrong.join(', ')}`);
process.exit(wrong.length > 0 ? 1 : 0);
