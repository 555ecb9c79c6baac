import fc from 'fast-check';
import { expect, it } from 'vitest';
import { codeSpan, htmlText, markdownText } from '../report/markdown-text.ts';
import { visible } from './visible.ts';

const anything = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '\u001b[31m',
      '\n',
      '\r',
      '\u0085',
      '\u2028',
      '\u202e',
      '::error::',
      '##[',
      '`',
      '|',
      '<b>',
      '@x',
    ),
    fc.string({ unit: 'grapheme', maxLength: 3 }),
  ),
});

it('leaves no character that acts on a terminal or begins a line, and none that a runner obeys', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const shown = visible(text);
      expect(shown).not.toMatch(/(?!\t)\p{Cc}|[\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]|^\s*::|##\[/u);
      expect(visible(shown)).toBe(shown);
    }),
  );
});

it('leaves plain text alone', () => {
  expect(visible('shop.order::placed\tÄ 日本 👍')).toBe('shop.order::placed\tÄ 日本 👍');
});

it('leaves nothing in Markdown that formats, ends a cell, is HTML or calls somebody', () => {
  fc.assert(
    fc.property(anything, (text) => {
      expect(markdownText(text)).not.toMatch(/(?<!\\)(\\\\)*[`*_[\]|~]|[<>\n]|[@#](?!\u200b)/);
      expect(htmlText(text)).not.toMatch(/[<>"\n]|[@#](?!\u200b)/);
    }),
  );
});

it('closes a code span where it ends and nowhere else', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const [ticks = ''] = /^`*/.exec(codeSpan(text)) ?? [];
      const inner = codeSpan(text).slice(ticks.length, codeSpan(text).length - ticks.length);
      expect(inner.match(/`+/g) ?? []).not.toContain(ticks || '`');
    }),
  );
});
