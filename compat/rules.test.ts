import { COMPAT_CODES } from '@chirograph/contract/diagnostics';
import { describe, expect, it } from 'vitest';
import { RULES } from './index.ts';

const rules = Object.values(RULES);
const OPPOSITE = { FORWARD: 'BACKWARD', BACKWARD: 'FORWARD', FULL: 'FULL', NONE: 'NONE' } as const;

describe('rules', () => {
  it('are as many as there are codes', () => {
    expect(rules.map(({ code }) => code).sort()).toEqual(Object.keys(COMPAT_CODES).sort());
  });

  it.each(rules.map((it) => [it.code, it] as const))('%s has a mirror that mirrors it', (code, rule) => {
    if (typeof rule.mirror !== 'string') {
      expect(rule.mirror.none).not.toBe('');
      return;
    }
    expect(RULES[rule.mirror].mirror).toBe(code);
  });

  it.each(
    rules
      .filter(({ decidedBy, code }) => decidedBy === 'proof' && code.startsWith('payload/'))
      .map((it) => [it.code, it] as const),
  )('%s breaks in the opposite direction when undone', (_, rule) => {
    if (typeof rule.mirror === 'string') {
      expect(RULES[rule.mirror].direction).toBe(OPPOSITE[rule.direction]);
    }
  });

  it('injure somebody exactly when they may be errors', () => {
    const harmless = rules.filter(({ injures }) => injures.length === 0).map(({ code }) => code);
    expect(harmless.filter((code) => COMPAT_CODES[code].severity === 'error')).toEqual([]);
  });
});
