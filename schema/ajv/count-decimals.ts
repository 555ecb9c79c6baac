import { _, type Ajv, type CodeKeywordDefinition } from 'ajv';
import { useFunc } from 'ajv/dist/compile/util.js';
import { isMultipleOf, rationalOf } from '../json/rational.ts';

/**
 * Lets an Ajv count decimals: 19.99 is a multiple of 0.01, which it is not in binary fractions. Code that it prints calls
 * `isMultipleOf(value, unit)`.
 */
export function countDecimals(ajv: Ajv): void {
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
