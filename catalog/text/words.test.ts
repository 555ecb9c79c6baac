import { expect, it } from 'vitest';
import { count, listed } from './count.ts';
import { duration } from './duration.ts';
import { humanize } from './humanize.ts';
import { slug } from './slug.ts';

it.each([
  [0, '0 s'],
  [250, '250 ms'],
  [25_000, '25 s'],
  [5_400_000, '1 h 30 min'],
  [86_400_000, '1 day'],
  [31_536_000_000, '365 days'],
])('says %d ms as %s', (milliseconds, words) => {
  expect(duration(milliseconds)).toBe(words);
});

it.each([
  ['pointsEarned', 'Points earned'],
  ['PlaceOrderV2', 'Place order v2'],
  ['GDPRErasure', 'GDPR erasure'],
  ['learning-platform', 'Learning platform'],
  ['order.placed', 'Order placed'],
])('reads %s as %s', (key, words) => {
  expect(humanize(key)).toBe(words);
});

it.each([
  ['order.placed', 'order.placed'],
  ['Order placed!', 'Order-placed'],
  ['größe', 'größe'],
  ['..', 'unnamed'],
])('makes %s the slug %s', (name, slugged) => {
  expect(slug(name)).toBe(slugged);
});

it('counts and lists', () => {
  expect([count(1, 'entity'), count(2, 'entity'), count(0, 'event')]).toEqual([
    '1 entity',
    '2 entities',
    '0 events',
  ]);
  expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
});
