import { childPointer, isObject } from '@chirograph/schema';
import { diagnose } from '../../diagnostics/index.ts';
import type { Rule } from '../rule.ts';
import { inAllSchemas } from '../schema-nodes.ts';

/** Half of a surrogate pair is no character: no property of such a name can be sent in UTF-8, and validators fail on it. */
export const loneSurrogate: Rule = {
  codes: ['schema/lone-surrogate'],
  *check(workspace) {
    const found = inAllSchemas(workspace, 'lone-surrogate', ({ schema, at }) =>
      NAMING.flatMap((keyword) => {
        const names = schema[keyword];
        const all = isObject(names) ? Object.keys(names) : Array.isArray(names) ? names : [];
        return all.flatMap((name, i) =>
          typeof name === 'string' && !name.isWellFormed()
            ? [
                {
                  name,
                  at: {
                    file: at.file,
                    pointer: childPointer(at.pointer, keyword, isObject(names) ? name : i),
                  },
                },
              ]
            : [],
        );
      }),
    );
    for (const { name, at } of found)
      yield diagnose('schema/lone-surrogate', { ...at, part: 'key' }, { name });
  },
};

/** Keywords that name properties, by their keys or their items. */
const NAMING = [
  'properties',
  'required',
  'patternProperties',
  'dependencies',
  'dependentRequired',
  'dependentSchemas',
];
