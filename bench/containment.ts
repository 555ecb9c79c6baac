/**
 * Scores the containment engine on a file of labelled pairs, one JSON object a line:
 * `{id, old, new, mode, expected}`. `node bench/containment.ts [pairs.jsonl] [--list]`
 */
import { readFileSync } from 'node:fs';
import { decidePair, type Pair, type PairVerdict } from '@chirograph/schema/containment';

interface Labelled extends Pair {
  readonly expected: 'compatible' | 'breaking';
}

const SUITE = new URL('../schema/containment/fixtures/containment-draft7.jsonl', import.meta.url);
const [file] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const pairs = readFileSync(file ?? SUITE, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line): Labelled => JSON.parse(line));

for (const pair of pairs.slice(0, 50)) decidePair(pair);
const results = pairs.map((pair) => {
  const before = process.threadCpuUsage();
  const result = decidePair(pair);
  const { user, system } = process.threadCpuUsage(before);
  return { pair, result, cpu: (user + system) / 1000 };
});

const right = results.filter(({ pair, result }) => result.verdict === pair.expected);
const undecided = results.filter(({ result }) => result.verdict === 'undecided');
const wrong = results.filter(
  ({ pair, result }) => result.verdict !== pair.expected && result.verdict !== 'undecided',
);
const falselyContained = wrong.filter(({ result }) => result.verdict === 'compatible');
const breaking = results.filter(({ pair }) => pair.expected === 'breaking');
const witnessed = breaking.filter(({ result }) => result.verdict === 'breaking');
const times = results.map(({ result }) => result.ms).sort((a, b) => a - b);
const cpuTimes = results.map(({ cpu }) => cpu).sort((a, b) => a - b);

const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(2)}%`;
const at = (sorted: readonly number[], quantile: number) =>
  (sorted[Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))] ?? 0).toFixed(2);
console.log(`pairs              ${pairs.length}`);
console.log(`right              ${right.length}  ${percent(right.length, pairs.length)}`);
console.log(`wrong              ${wrong.length}`);
console.log(`  false contained  ${falselyContained.length}`);
console.log(`undecided          ${undecided.length}  ${percent(undecided.length, pairs.length)}`);
console.log(`witnesses          ${witnessed.length} of ${breaking.length} breaking`);
console.log(`ms                 median ${at(times, 0.5)}  p99 ${at(times, 0.99)}  max ${at(times, 1)}`);
// Wall-clock time on a busy machine measures its other work too.
console.log(`ms of CPU          p99 ${at(cpuTimes, 0.99)}  max ${at(cpuTimes, 1)}`);
if (process.argv.includes('--list'))
  for (const { pair, result } of [...wrong, ...undecided]) console.log(line(pair, result));

function line(pair: Labelled, result: PairVerdict): string {
  const why =
    result.verdict === 'breaking'
      ? JSON.stringify(result.witness)
      : result.verdict === 'undecided'
        ? result.reason
        : '';
  return `${pair.id} expected ${pair.expected}, got ${result.verdict} ${why}`;
}
