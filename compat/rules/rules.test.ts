import { describe, expect, it } from 'vitest';
import { RULES } from './rules.ts';

const rules = Object.values(RULES);
const OPPOSITE = { FORWARD: 'BACKWARD', BACKWARD: 'FORWARD', FULL: 'FULL', NONE: 'NONE' } as const;

describe('rules', () => {
  it.each(rules.map((it) => [it.code, it] as const))('%s has a mirror that mirrors it', (code, rule) => {
    expect(RULES[rule.mirror]?.mirror).toBe(code);
  });

  it.each(
    rules
      .filter(({ decidedBy, code }) => decidedBy === 'proof' && code.startsWith('payload/'))
      .map((it) => [it.code, it] as const),
  )('%s breaks in the opposite direction when undone', (_, rule) => {
    expect(RULES[rule.mirror].direction).toBe(OPPOSITE[rule.direction]);
  });

  it('affect somebody exactly when they may be errors', () => {
    const harmless = rules.filter(({ affects }) => affects.length === 0);
    expect(harmless.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
