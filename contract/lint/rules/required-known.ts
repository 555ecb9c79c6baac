import { childPointer } from '@chirograph/schema';
import { diagnose, suggest } from '../../diagnostics/index.ts';
import type { Workspace } from '../../model/index.ts';
import { contradictionOf } from '../contradiction.ts';
import { refusedIn } from '../example-faults.ts';
import type { Rule } from '../rule.ts';
import type { SchemaNode } from '../schema-nodes.ts';
import { undescribedIn } from '../undescribed.ts';

/** A required key that no schema describes is mostly one that was misspelt or renamed. */
export const requiredKnown: Rule = {
  codes: ['schema/required-unknown'],
  *check(workspace) {
    for (const { node, name, index, described } of undescribedIn(workspace)) {
      // Where the key is not allowed either, no value can meet the schema: that is said of it.
      if (contradictionOf(workspace, node.schema)?.keyword === 'required') continue;
      const { file, pointer } = node.at;
      const place = { file, pointer: childPointer(pointer, 'required', index) };
      const found = diagnose('schema/required-unknown', place, {
        name,
        suggestion: suggest(name, described),
      });
      yield isRefused(workspace, node, name) ? { ...found, severity: 'error' } : found;
    }
  },
};

/** True where an example of a message lacks the key: it was written for another schema. */
function isRefused(workspace: Workspace, { schema }: SchemaNode, name: string): boolean {
  return refusedIn(workspace).ofSchemas.some(
    (it) => it.schema === schema && it.problem.kind === 'missing-key' && it.problem.keys.includes(name),
  );
}
