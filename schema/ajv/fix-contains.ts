import { createRequire } from 'node:module';
import type { Ajv, CodeKeywordDefinition } from 'ajv';

const require = createRequire(import.meta.url);

/**
 * Fixes `contains` of an Ajv, which remembers across arrays: of `[[1], []]` it takes the second to contain what the first
 * did, since it sets the variable of the verdict in the loop over the items alone. Here it is set before.
 */
export function fixContains(ajv: Ajv): void {
  const { _ } = require('ajv') as typeof import('ajv');
  const { Type } = require('ajv/dist/compile/util.js') as typeof import('ajv/dist/compile/util.js');
  const original = ajv.getKeyword('contains') as CodeKeywordDefinition;
  ajv.removeKeyword('contains').addKeyword({
    ...original,
    code(cxt) {
      const { minContains, maxContains } = cxt.it.opts.next ? cxt.parentSchema : {};
      if (maxContains !== undefined || (minContains ?? 1) !== 1) return original.code(cxt);
      const { gen, data, it } = cxt;
      it.items = true;
      cxt.setParams({ min: 1 });
      const found = gen.let('found', false);
      gen.forRange('i', 0, _`${data}.length`, (i) => {
        const isFound = gen.name('_found');
        cxt.subschema(
          { keyword: 'contains', dataProp: i, dataPropType: Type.Num, compositeRule: true },
          isFound,
        );
        gen.if(isFound, () => gen.assign(found, true).break());
      });
      cxt.result(found, () => cxt.reset());
    },
  });
}
