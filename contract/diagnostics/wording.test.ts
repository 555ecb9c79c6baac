import { describe, expect, it } from 'vitest';
import { diagnose } from './index.ts';

const AT = { file: 'a.yaml', pointer: '/a' };
const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index + 1}`);

describe('a diagnostic', () => {
  it.each([
    [1, '`n1`,'],
    [2, '`n1` or `n2`,'],
    [3, '`n1`, `n2` or `n3`,'],
    [12, '`n10`, `n11` or `n12`,'],
    [13, '`n11`, `n12` or one of 1 more,'],
    [20, '`n11`, `n12` or one of 8 more,'],
  ])('names up to twelve of %i names', (count, end) => {
    const { message } = diagnose('schema/closed-branch', AT, { names: names(count) });
    expect(message).toContain(`refuses \`n1\``);
    expect(message).toContain(end);
  });

  it.each([
    [0, 'Placed'],
    [1, 'Placed and 1 more message'],
    [2, 'Placed and 2 more messages'],
  ])('counts %i further messages', (others, of) => {
    const { message } = diagnose('message/path-unknown', AT, {
      what: 'the ordering key',
      path: '/id',
      message: 'Placed',
      others,
      more: 0,
      suggestion: undefined,
    });
    expect(message).toBe(`the ordering key \`/id\` does not resolve to a field of ${of}`);
  });

  it.each([
    ['x'.repeat(80), 'x'.repeat(80)],
    ['x'.repeat(81), `${'x'.repeat(77)}...`],
    [{ a: 1 }, '{"a":1}'],
  ])('shows a value, cut behind 80 characters: %j', (value, shown) => {
    const { message } = diagnose('document/unknown-value', AT, {
      what: '`type`',
      value,
      allowed: [],
      suggestion: undefined,
      hint: undefined,
    });
    expect(message).toBe(`\`type\` cannot be \`${shown}\``);
  });
});
