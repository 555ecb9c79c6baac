/**
 * Fuzzes the containment engine: random pairs of schemas, each verdict put to the test with many values by Ajv.
 * `node bench/containment-fuzz.ts [pairs=100000] [seed]`. Prints the seed and the count; exits 1 on the first
 * wrong verdict.
 */
import fc from 'fast-check';
import { checkPair } from '../schema/containment/fuzz/check-pair.ts';
import { schemaPair } from '../schema/containment/fuzz/schema-pair.ts';

const ROUND = 1000;
const [pairs = '100000', firstSeed = '1'] = process.argv.slice(2);
const counts = { contained: 0, 'not-contained': 0, undecided: 0 };
const reasons = new Map<string, number>();

for (let done = 0; done < Number(pairs); done += ROUND) {
  const seed = Number(firstSeed) + done / ROUND;
  const round = fc.check(
    fc.property(schemaPair, (pair) => {
      const { verdict, counterexample } = checkPair(pair);
      counts[verdict.kind] += 1;
      if (verdict.kind === 'undecided') {
        const [reason = ''] = verdict.reason.split(/[#/'"`]/);
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      }
      return counterexample === undefined;
    }),
    { seed, numRuns: Math.min(ROUND, Number(pairs) - done) },
  );
  console.error(`seed ${seed}: ${done + round.numRuns} pairs`);
  if (round.failed) {
    const pair = round.counterexample?.[0];
    console.log(`wrong, seed ${seed}:`, JSON.stringify(pair), pair && JSON.stringify(checkPair(pair)));
    process.exitCode = 1;
    break;
  }
}

console.log(`first seed ${firstSeed}, ${pairs} pairs asked for: ${JSON.stringify(counts)}`);
for (const [reason, count] of [...reasons].sort((a, b) => b[1] - a[1])) console.log(`  ${count}  ${reason}`);
