/**
 * Fuzzes the containment engine: random pairs of schemas, each verdict put to the test with many values by Ajv.
 * `node bench/containment-fuzz.ts [pairs=100000] [seed]`. Exits 1 on the first wrong verdict.
 */
import fc from 'fast-check';
import { checkPair } from '../contract/compat/containment/fuzz/check-pair.ts';
import { schemaPair } from '../contract/compat/containment/fuzz/schema-pair.ts';

const [pairs = '100000', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
const counts = { contained: 0, 'not-contained': 0, undecided: 0 };
const reasons = new Map<string, number>();
const slow: { ms: number; text: string }[] = [];
const started = performance.now();
const wrong = fc.check(
  fc.property(schemaPair, (pair) => {
    const before = performance.now();
    const { verdict, counterexample } = checkPair(pair);
    slow.push({ ms: performance.now() - before, text: JSON.stringify(pair) });
    if (slow.length > 1000) slow.sort((a, b) => b.ms - a.ms).splice(5);
    counts[verdict.kind] += 1;
    if (verdict.kind === 'undecided') {
      const reason = verdict.reason.replace(/[#/'"`].*/, '');
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    return counterexample === undefined;
  }),
  { seed: Number(seed), numRuns: Number(pairs) },
);

console.log(
  `seed ${seed}  pairs ${wrong.numRuns}  seconds ${((performance.now() - started) / 1000).toFixed(0)}`,
);
console.log(counts);
for (const [reason, count] of [...reasons].sort((a, b) => b[1] - a[1])) console.log(`  ${count}  ${reason}`);
if (process.argv.includes('--slow'))
  for (const { ms, text } of slow.sort((a, b) => b.ms - a.ms).slice(0, 5)) console.log(ms.toFixed(0), text);
if (wrong.failed) {
  const [pair] = wrong.counterexample ?? [];
  console.log(
    'WRONG',
    JSON.stringify(pair, undefined, 1),
    pair && JSON.stringify(checkPair(pair)),
    String(wrong.errorInstance ?? ''),
  );
  process.exitCode = 1;
}
