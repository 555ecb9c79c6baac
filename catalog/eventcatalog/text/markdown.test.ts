import { expect, it } from 'vitest';
import { block, code, phrase, prose, table } from './markdown.ts';

it.each([
  ['a {b} <c>', 'a &#123;b&#125; &#60;c>'],
  ['in `{code}` and ``a ` {b}``', 'in `{code}` and ``a ` {b}``'],
  ['`a {b}``', '`a &#123;b&#125;``'],
  ['`a\n- {b}`', '`a\n- &#123;b&#125;`'],
  ['```js\n{ x }\n```\n{y}', '```js\n{ x }\n```\n&#123;y&#125;'],
  ['```js\n{ x }', '&#96;&#96;&#96;js\n&#123; x &#125;'],
  ['already \\{escaped\\} \\*', 'already &#123;escaped&#125; \\*'],
  ['see [[Order]]', 'see &#91;&#91;Order]]'],
  ['order:placed at 10:30', 'order&#58;placed at 10:30'],
  [':::note', '&#58;&#58;&#58;note'],
  ['see https://example.com/a', 'see https://example.com/a'],
  ['see https://example.com/{id}`', 'see https://example.com/%7Bid%7D%60'],
  ['\\`a` {b}', '&#96;a` &#123;b&#125;'],
  ['export the order\nimport it', '&#101;xport the order\n&#105;mport it'],
  ['Exports are important', 'Exports are important'],
  ['Export it', '&#69;xport it'],
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

it('keeps a fence a fence, whatever the block is called', () => {
  expect(block('json', '{}', 'a `b` "c"')).toBe('```json title="a b c "\n{}\n```');
});
