import { expect, test } from 'vitest';
import { decidePair } from './index.ts';

const narrow = { type: 'integer' };
const wide = { type: 'number' };
const backreference = { type: 'string', pattern: '^(ab+)\\1$' };

test('a mode asks for one direction or both', () => {
  const pair = { id: 'p', old: narrow, new: wide };
  expect(decidePair({ ...pair, mode: 'BACKWARD' })).toMatchObject({ id: 'p', verdict: 'compatible' });
  expect(decidePair({ ...pair, mode: 'FORWARD' })).toMatchObject({
    verdict: 'breaking',
    direction: 'FORWARD',
    witness: 0.1,
  });
  expect(decidePair({ ...pair, mode: 'FULL' })).toMatchObject({ verdict: 'breaking', direction: 'FORWARD' });
  expect(decidePair({ ...pair, new: narrow, mode: 'FULL' })).toMatchObject({ verdict: 'compatible' });
});

test('in both directions a break outweighs an undecided direction', () => {
  const pair = {
    id: 'p',
    old: backreference,
    new: { type: 'string', pattern: '^ab' },
    mode: 'FULL',
  } as const;
  expect(decidePair({ ...pair, mode: 'BACKWARD' })).toMatchObject({
    verdict: 'undecided',
    direction: 'BACKWARD',
  });
  expect(decidePair(pair)).toMatchObject({ verdict: 'breaking', direction: 'FORWARD' });
});

test('the time is reported', () => {
  expect(decidePair({ id: 'p', old: true, new: true, mode: 'FULL' }).ms).toBeGreaterThanOrEqual(0);
});
