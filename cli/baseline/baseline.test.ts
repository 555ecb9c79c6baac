import { expect, it } from 'vitest';
import { baselineOf, beyond, fingerprintOf, outside } from './baseline.ts';

const finding = (file: string, message: string) =>
  ({
    code: 'document/unknown-key',
    severity: 'error',
    message,
    at: { file, pointer: '/a' },
    related: [],
  }) as const;
const one = finding('a.yaml', 'x');
const other = finding('b.yaml', 'x');

it('accepts a finding as often as it was there, and no more', () => {
  const baseline = baselineOf([one, one, other]);
  expect(baseline.accepted[fingerprintOf(one)]).toMatchObject({ file: 'a.yaml', times: 2 });
  expect(beyond([one, one, one, other], baseline)).toEqual({ diagnostics: [one], accepted: 3 });
});

it('is sorted by file and message, so that its changes can be read', () => {
  const again = finding('a.yaml', 'w');
  const entries = Object.values(baselineOf([other, one, again]).accepted);
  expect(entries.map(({ file, message }) => `${file} ${message}`)).toEqual([
    'a.yaml w',
    'a.yaml x',
    'b.yaml x',
  ]);
});

it('keeps what is about files that were not asked for', () => {
  const kept = outside(baselineOf([one, other]), (file) => file === 'a.yaml');
  expect(Object.values(kept.accepted).map((it) => it.file)).toEqual(['b.yaml']);
  expect(Object.keys(baselineOf([one], kept).accepted)).toHaveLength(2);
});
