import { childPointer, isObject } from '@chirograph/schema';
import { diagnose } from '../../diagnostics/index.ts';
import type { Rule } from '../rule.ts';
import { inAllSchemas, type SchemaNode } from '../schema-nodes.ts';

/** Half of a surrogate pair is no character: no property of such a name can be sent in UTF-8, and validators fail on it. */
export const loneSurrogate: Rule = {
  codes: ['schema/lone-surrogate'],
  *check(workspace) {
    const found = inAllSchemas(workspace, 'lone-surrogate', brokenNamesIn, NAMING);
    for (const { name, at } of found)
      yield diagnose('schema/lone-surrogate', { ...at, part: 'key' }, { name });
  },
};

function* brokenNamesIn({ schema, at: { file, pointer } }: SchemaNode) {
  for (const keyword of NAMING) {
    const names = schema[keyword];
    const all = isObject(names) ? Object.keys(names) : Array.isArray(names) ? names : [];
    for (const [i, name] of all.entries()) {
      if (typeof name !== 'string' || name.isWellFormed()) continue;
      yield { name, at: { file, pointer: childPointer(pointer, keyword, isObject(names) ? name : i) } };
    }
  }
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
