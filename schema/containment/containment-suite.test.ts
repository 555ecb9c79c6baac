import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import argued from './fixtures/argued.json' with { type: 'json' };
import { decidePair, type Pair } from './index.ts';

interface Labelled extends Pair {
  readonly expected: 'compatible' | 'breaking';
}

const pairs = readFileSync(new URL('./fixtures/containment-draft7.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line): Labelled => JSON.parse(line));

test('the containment suite is decided as labelled, but for the labels that are argued', () => {
  const disagreed = pairs.filter((pair) => decidePair(pair).verdict !== pair.expected).map(({ id }) => id);
  expect(disagreed.sort()).toEqual(Object.keys(argued).sort());
}, 60_000);

test('no label of the suite is argued towards compatible', () => {
  const verdicts = pairs
    .filter(({ id }) => Object.hasOwn(argued, id))
    .map((pair) => decidePair(pair).verdict);
  expect(verdicts).not.toContain('compatible');
});
