import { childPointer, isObject, type Location } from '@chirograph/schema';
import { diagnose } from '../../diagnostics/index.ts';
import type { Rule } from '../rule.ts';
import { inAllSchemas } from '../schema-nodes.ts';

/** Half of a surrogate pair is no character: no property of such a name can be sent in UTF-8, and validators fail on it. */
export const loneSurrogate: Rule = {
  codes: ['schema/lone-surrogate'],
  *check(workspace) {
    const found = inAllSchemas(
      workspace,
      'lone-surrogate',
      function* ({ schema, at }) {
        for (const keyword of NAMING) {
          const names = schema[keyword];
          if (isObject(names)) {
            for (const name in names)
              if (!name.isWellFormed()) yield { name, at: placeIn(at, keyword, name) };
          } else if (Array.isArray(names)) {
            for (const [i, name] of names.entries())
              if (typeof name === 'string' && !name.isWellFormed())
                yield { name, at: placeIn(at, keyword, i) };
          }
        }
      },
      NAMING,
    );
    for (const { name, at } of found)
      yield diagnose('schema/lone-surrogate', { ...at, part: 'key' }, { name });
  },
};

function placeIn({ file, pointer }: Location, keyword: string, key: string | number): Location {
  return { file, pointer: childPointer(pointer, keyword, key) };
}

/** Keywords that name properties, by their keys or their items. */
const NAMING = [
  'properties',
  'required',
  'patternProperties',
  'dependencies',
  'dependentRequired',
  'dependentSchemas',
];
