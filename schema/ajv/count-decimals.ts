import { createRequire } from 'node:module';
import type { Ajv, CodeKeywordDefinition } from 'ajv';
import { isMultipleOf, rationalOf } from '../json/rational.ts';

const require = createRequire(import.meta.url);

/**
 * Lets an Ajv count decimals: 19.99 is a multiple of 0.01, which it is not in binary fractions. Code that it prints calls
 * `isMultipleOf(value, unit)`.
 */
export function countDecimals(ajv: Ajv): void {
  const { _ } = require('ajv') as typeof import('ajv');
  const { useFunc } = require('ajv/dist/compile/util.js') as typeof import('ajv/dist/compile/util.js');
  const original = ajv.getKeyword('multipleOf') as CodeKeywordDefinition;
  ajv.removeKeyword('multipleOf').addKeyword({
    ...original,
    code(cxt) {
      const { gen, data, schemaCode } = cxt;
      cxt.fail(_`!${useFunc(gen, isMultiple)}(${data}, ${schemaCode})`);
    },
  });
}

const isMultiple = Object.assign(
  (value: number, unit: number) =>
    Number.isFinite(value) && isMultipleOf(rationalOf(value), rationalOf(unit)),
  { code: 'isMultipleOf' },
);
