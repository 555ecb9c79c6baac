import { expect, test } from 'vitest';
import { parseJson } from './parse-json.ts';

test.each<[string, readonly string[]]>([
  ['{ "const": 0.1 }', []],
  ['{ "const": 1E2, "enum": [100.0000000000000000000] }', []],
  ['{ "const": 9007199254740993 }', ['9007199254740993']],
  ['{ "const": 1e400 }', ['1e400']],
  ['{ "const": 1e-999999999999 }', ['1e-999999999999']],
  ['{ "const": "9007199254740993" }', []],
  ['{ "maximum": 9223372036854775807 }', []],
  [
    '[{ "maximum": 9223372036854775807 }, { "maximum": 9223372036854775806 }]',
    ['9223372036854775807', '9223372036854775806'],
  ],
])('%s is read, but for %j', (text, rounded) => {
  expect(parseJson(text)).toEqual({ value: JSON.parse(text), rounded });
});
