import { expect, it } from 'vitest';
import { code, phrase, prose, table } from './markdown.ts';

it.each([
  ['a {b} <c>', 'a \\{b\\} \\<c>'],
  ['in `{code}` and ``a ` {b}``', 'in `{code}` and ``a ` {b}``'],
  ['`a {b}``', '`a \\{b\\}``'],
  ['```js\n{ x }\n```\n{y}', '```js\n{ x }\n```\n\\{y\\}'],
  ['already \\{escaped\\}', 'already \\{escaped\\}'],
  ['see [[Order]]', 'see \\[\\[Order]]'],
  ['order:placed at 10:30', 'order\\:placed at 10:30'],
  [':::note', '\\:\\:\\:note'],
  ['see https://example.com/a', 'see https://example.com/a'],
  ['export the order\nimport it', '&#101;xport the order\n&#105;mport it'],
  ['Exports are important', 'Exports are important'],
])('escapes %j for MDX', (text, mdx) => {
  expect(prose(text)).toBe(mdx);
});

it('puts a text on one line', () => {
  expect(phrase('a\n  b')).toBe('a b');
});

it('writes code that holds backticks', () => {
  expect([code('a'), code('a`b'), code('``')]).toEqual(['`a`', '`` a`b ``', '``` `` ```']);
});

it('keeps a bar inside its cell', () => {
  expect(table(['a'], [['x | y \\| z']])).toBe('| a |\n| --- |\n| x \\| y \\| z |');
});
