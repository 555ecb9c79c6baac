import { childPointer, isObject, type SchemaObject } from '@chirograph/schema';
import { diagnose } from '../../diagnostics/index.ts';
import type { Workspace } from '../../model/index.ts';
import type { Rule } from '../rule.ts';
import { conjuncts, inSchemas } from '../schema-nodes.ts';

/** What tells alternatives apart is there in every message (AsyncAPI 3, "Schema Object": `discriminator`). */
export const discriminator: Rule = {
  codes: ['schema/discriminator-optional'],
  check: (workspace) =>
    inSchemas(
      workspace,
      'discriminator',
      function* ({ schema, at }) {
        const { discriminator: name } = schema;
        if (typeof name !== 'string' || isAlwaysThere(workspace, schema, name)) return;
        const place = { file: at.file, pointer: childPointer(at.pointer, 'discriminator') };
        yield diagnose('schema/discriminator-optional', place, { name });
      },
      ['discriminator'],
    ),
};

/** Required by the schema itself, or by each of its alternatives. */
function isAlwaysThere(workspace: Workspace, schema: SchemaObject, name: string): boolean {
  return conjuncts(workspace, schema).some(
    (part) =>
      (Array.isArray(part.required) && part.required.includes(name)) ||
      [part.oneOf, part.anyOf].some(
        (list) =>
          Array.isArray(list) &&
          list.length > 0 &&
          list.every((it) => it === false || (isObject(it) && isAlwaysThere(workspace, it, name))),
      ),
  );
}
