import { createRequire } from 'node:module';
import type { Ajv, CodeKeywordDefinition } from 'ajv';

const require = createRequire(import.meta.url);

/**
 * Fixes `unevaluatedItems` of an Ajv, which takes "all items are evaluated", where that is found out only as a value is
 * looked at, for "one item is".
 */
export function fixUnevaluated(ajv: Ajv): void {
  const { _, Name } = require('ajv') as typeof import('ajv');
  const original = ajv.getKeyword('unevaluatedItems');
  if (typeof original !== 'object') return;
  const { code } = original as CodeKeywordDefinition;
  ajv.removeKeyword('unevaluatedItems').addKeyword({
    ...(original as CodeKeywordDefinition),
    code(cxt) {
      const { gen, data, it } = cxt;
      const { items } = it;
      if (items instanceof Name)
        it.items = gen.const('items', _`${items} === true ? ${data}.length : ${items} || 0`);
      code(cxt);
    },
  });
}
