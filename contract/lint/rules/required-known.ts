import { diagnose, suggest } from '../../diagnostics/index.ts';
import { childPointer } from '../../source/index.ts';
import { contradictionOf } from '../contradiction.ts';
import type { Rule } from '../rule.ts';
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
      yield diagnose('schema/required-unknown', place, { name, suggestion: suggest(name, described) });
    }
  },
};
