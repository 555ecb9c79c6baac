import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { page, type Span } from './page.ts';

function printed(left: readonly Span[], right?: readonly Span[], columns = 80): string {
  const stream = Object.assign(new PassThrough(), { columns });
  page(stream).line(left, right);
  return String(stream.read());
}

it('puts the right part flush with the margin', () => {
  expect(printed([{ text: 'left' }], [{ text: 'right' }])).toBe(`left${' '.repeat(71)}right\n`);
});

it('cuts what does not fit, and leaves the right part whole', () => {
  const line = printed([{ text: 'a'.repeat(50) }, { text: 'b'.repeat(50) }], [{ text: 'right' }]);
  expect(line).toBe(`${'a'.repeat(50)}${'b'.repeat(23)}… right\n`);
});

it('is at most 100 columns wide, and no narrower than 80', () => {
  expect(printed([{ text: 'a'.repeat(200) }], [], 300)).toHaveLength(101);
  expect(printed([{ text: 'a'.repeat(200) }], [], 20)).toHaveLength(81);
});

it('has no colour where there is no terminal', () => {
  expect(printed([{ text: 'red', style: 'red' }])).toBe('red\n');
});
