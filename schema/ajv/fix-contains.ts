import { createRequire } from 'node:module';
import type { Ajv, CodeKeywordDefinition } from 'ajv';

const require = createRequire(import.meta.url);

/**
 * Fixes `contains` of an Ajv. Its own remembers across arrays: of `[[1], []]` it takes the second to contain what the first
 * did. Behind a tuple it is not asked about `[]`. And all items count as evaluated, those too that do not match; see
 * `as-ajv-reads.ts` for those that do.
 */
export function fixContains(ajv: Ajv): void {
  const { _ } = require('ajv') as typeof import('ajv');
  const { Type } = require('ajv/dist/compile/util.js') as typeof import('ajv/dist/compile/util.js');
  const original = ajv.getKeyword('contains') as CodeKeywordDefinition;
  ajv.removeKeyword('contains').addKeyword({
    ...original,
    before: ajv.getKeyword('prefixItems') ? 'prefixItems' : 'items',
    code(cxt) {
      const { gen, data, it, parentSchema } = cxt;
      const { minContains: min = 1, maxContains: max } = it.opts.next ? parentSchema : {};
      cxt.setParams({ min, max });
      const count = gen.let('count', 0);
      gen.forRange('i', 0, _`${data}.length`, (i) => {
        const isFound = gen.name('_found');
        cxt.subschema(
          { keyword: 'contains', dataProp: i, dataPropType: Type.Num, compositeRule: true },
          isFound,
        );
        gen.if(isFound, () => gen.code(_`${count}++`));
        // Once it is known, the others are not asked.
        if (max === undefined) gen.if(_`${count} >= ${min}`, () => gen.break());
      });
      const enough = _`${count} >= ${min}`;
      cxt.result(max === undefined ? enough : _`${enough} && ${count} <= ${max}`, () => cxt.reset());
    },
  });
}
