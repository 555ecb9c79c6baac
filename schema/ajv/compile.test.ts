import { expect, it } from 'vitest';
import { compileSchema } from './compile.ts';

it('forgets a schema once it is compiled: another one may have its `$id`', () => {
  const $id = 'https://example.com/it';
  const isText = compileSchema({ $id, type: 'string' }, 'draft-07');
  const isNumber = compileSchema({ $id, type: 'integer' }, 'draft-07');
  expect([isText('a'), isText(1), isNumber('a'), isNumber(1)]).toEqual([true, false, false, true]);
});

it('forgets a schema that Ajv refuses as well', () => {
  const $id = 'https://example.com/other';
  expect(() => compileSchema({ $id, type: 'nonsense' }, 'draft-07')).toThrow();
  expect(compileSchema({ $id, type: 'integer' }, 'draft-07')(1)).toBe(true);
});
