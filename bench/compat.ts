/**
 * `chirograph compat` in numbers: two folders of a thousand messages of which one in a hundred changed; pairs of schemas
 * beside json-schema-diff; the payload cases beside `asyncapi diff`. Ratios and counts are what matters: times depend on
 * the machine. Run: node bench/compat.ts [rounds]
 * The peers stand in bench/compat-peers with a lock of their own: npm ci --prefix bench/compat-peers
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { compare, type Finding, judge } from '@chirograph/compat';
import { folderReader, load } from '@chirograph/contract/load';
import { parse } from '@chirograph/contract/source';
import { isObject, type JsonValue, valueAt } from '@chirograph/schema';
import { decidePair, type Pair } from '@chirograph/schema/containment';
import { writeWorkspace } from './validate-workspace.ts';

const rounds = Number(process.argv[2] ?? 3);
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const peer = createRequire(here('compat-peers/package.json'));
const hasPeers = existsSync(here('compat-peers/node_modules'));

const folder = mkdtempSync(join(tmpdir(), 'chirograph-bench-'));
try {
  thousandMessages();
  if (hasPeers) {
    await schemaPairs();
    payloadCases();
  } else process.stdout.write('The peers are not installed: npm ci --prefix bench/compat-peers\n');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** 250 services with four messages each; of every hundredth message the payload changes, safely or not in turns. */
function thousandMessages(): void {
  const [former, now] = [join(folder, 'base'), join(folder, 'head')];
  writeWorkspace(former, 250);
  for (const [index, file] of writeWorkspace(now, 250).entries()) {
    if (index % 25 !== 0) continue;
    const path = join(now, file);
    const change =
      index % 50 === 0
        ? 'required: [eventId, data]'
        : 'required: [eventId, at, data]\n        maxProperties: 9';
    writeFileSync(path, readFileSync(path, 'utf8').replace('required: [eventId, at, data]', change));
  }
  const runs = Array.from({ length: rounds }, () => {
    const started = cpuTime();
    const base = load(folderReader(former, ['.'])).workspace;
    const head = load(folderReader(now, ['.'])).workspace;
    const loaded = cpuTime();
    const changes = compare(base, head);
    const compared = cpuTime();
    const findings = judge({ base, head, changes }, { today: '2026-01-01' });
    return {
      load: loaded - started,
      compare: compared - loaded,
      judge: cpuTime() - compared,
      said: `${head.messages.length} messages, ${changes.length} changes, ${count(findings, 'breaking')} breaking`,
    };
  });
  for (const [index, { said, ...times }] of runs.entries()) {
    const text = Object.entries(times).map(([name, ms]) => `${name} ${ms.toFixed(0)} ms`);
    process.stdout.write(`${index === 0 ? 'cold' : 'warm'}  ${text.join('  ')} of CPU   ${said}\n`);
  }
}

/** Milliseconds of CPU: a busy machine's clock measures its other work too. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

interface SchemaDiff {
  diffSchemas(schemas: {
    readonly sourceSchema: unknown;
    readonly destinationSchema: unknown;
  }): Promise<{ readonly additionsFound: boolean; readonly removalsFound: boolean }>;
}

/** Every tenth pair of the containment suite. json-schema-diff answers what was added and what was removed. */
async function schemaPairs(): Promise<void> {
  const { diffSchemas } = peer('json-schema-diff') as SchemaDiff;
  const suite = here('../schema/containment/fixtures/containment-draft7.jsonl');
  const pairs = readFileSync(suite, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Pair & { readonly expected: string } => JSON.parse(line))
    .filter((_, index) => index % 10 === 0);
  const ours = pairs.map((pair) => decidePair(pair));
  const theirs: { verdict: string; ms: number }[] = [];
  for (const pair of pairs) {
    const started = performance.now();
    const verdict = await diffSchemas({ sourceSchema: pair.old, destinationSchema: pair.new })
      .then(({ additionsFound, removalsFound }) => {
        const breaks =
          (pair.mode !== 'FORWARD' && removalsFound) || (pair.mode !== 'BACKWARD' && additionsFound);
        return breaks ? 'breaking' : 'compatible';
      })
      .catch(() => 'refused');
    theirs.push({ verdict, ms: performance.now() - started });
  }
  // A pair that is refused is done at once, and says nothing of how long an answer takes.
  const isAnswered = theirs.map(({ verdict }) => verdict !== 'refused');
  const medianOf = (results: readonly { readonly ms: number }[]) => {
    const times = results.filter((_, index) => isAnswered[index]).map(({ ms }) => ms);
    return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  };
  const row = (name: string, results: readonly { readonly verdict: string; readonly ms: number }[]) => {
    const right = results.filter(({ verdict }, index) => verdict === pairs[index]?.expected).length;
    const missed = results.filter(
      ({ verdict }, index) => verdict === 'compatible' && pairs[index]?.expected === 'breaking',
    ).length;
    return `${name.padEnd(18)} ${right} of ${results.length} right, ${missed} breaks missed, median ${medianOf(results).toFixed(2)} ms\n`;
  };
  const ratio = (medianOf(ours) / medianOf(theirs)).toFixed(2);
  process.stdout.write(row('chirograph', ours) + row('json-schema-diff', theirs));
  const refused = isAnswered.filter((it) => !it).length;
  process.stdout.write(
    `${''.padEnd(18)} ours takes ${ratio} of its time; medians without the ${refused} pairs that it refuses\n`,
  );
}

interface DocumentDiff {
  diff(
    base: unknown,
    head: unknown,
  ): { getOutput(): { readonly changes: readonly { readonly type: string }[] } };
}

/** The payload cases that are proved to break: how `asyncapi diff` (by its library) classes them. */
function payloadCases(): void {
  const { diff } = peer('@asyncapi/diff') as DocumentDiff;
  const cases = here('../compat/cases/payload');
  const classed = new Map<string, number>();
  let proved = 0;
  for (const name of readdirSync(cases)) {
    const [base, head] = ['base', 'head'].map(
      (side) => load(folderReader(join(cases, name, side), ['.'])).workspace,
    );
    if (!base || !head) continue;
    const findings = judge({ base, head, changes: compare(base, head) }, { today: '2026-01-01' });
    if (count(findings, 'breaking') === 0) continue;
    proved += 1;
    const [before, after] = ['base', 'head'].map((side) =>
      wholeDocument(join(cases, name, side, 'order.asyncapi.yaml')),
    );
    const types = new Set(
      diff(before, after)
        .getOutput()
        .changes.map(({ type }) => type),
    );
    const worst = ['breaking', 'unclassified', 'non-breaking'].find((it) => types.has(it)) ?? 'no change';
    classed.set(worst, (classed.get(worst) ?? 0) + 1);
  }
  const text = [...classed].map(([type, n]) => `${n} ${type}`).join(', ');
  process.stdout.write(
    `${proved} payload cases that break, each shown by a message; asyncapi diff: ${text}\n`,
  );
}

/** A document with its own references followed, as the parser of AsyncAPI hands it over. */
function wholeDocument(file: string): JsonValue {
  const parsed = parse({ file, text: readFileSync(file, 'utf8') });
  const root = parsed.kind === 'value' ? parsed.value : null;
  const follow = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return (value as readonly JsonValue[]).map(follow);
    if (!isObject(value)) return value;
    const { $ref } = value;
    if (typeof $ref === 'string' && $ref.startsWith('#')) return follow(valueAt(root, $ref.slice(1)) ?? null);
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, follow(child)]));
  };
  return follow(root);
}

function count(findings: readonly Finding[], verdict: Finding['verdict']): number {
  return findings.filter((it) => it.verdict === verdict).length;
}
