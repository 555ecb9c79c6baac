import { expect, it } from 'vitest';
import { catalogVersions } from './catalog-version.ts';

it.each([
  [
    ['1.0', '2.0'],
    ['1.0', '2.0'],
  ],
  [
    ['2', '1'],
    ['2', '1'],
  ],
  [
    ['9.0', '10.0'],
    ['9.0.0', '10.0.0'],
  ],
  [
    ['1', '1.1'],
    ['1.0.0', '1.1.0'],
  ],
  [
    ['1.2.3.4', '1.0'],
    ['1.2.3.4', '1.0.0'],
  ],
])('shows %j as %j', (written, shown) => {
  expect([...catalogVersions(written).values()]).toEqual(shown);
});
