import { childPointer } from '@chirograph/schema';
import { diagnose } from '../../diagnostics/index.ts';
import { ownPartsIn } from '../own-parts.ts';
import type { Rule } from '../rule.ts';

/** A schema that asks itself of the same value has no answer: no validator comes to an end. */
export const ownPart: Rule = {
  codes: ['schema/own-part'],
  *check(workspace) {
    for (const { circle, path } of ownPartsIn(workspace)) {
      const [first = ''] = circle;
      const found = workspace.schemas[first];
      if (!found) continue;
      const names = [...circle, first].map((id) => workspace.schemas[id]?.name ?? id);
      const pointer = childPointer(found.at.pointer, ...path);
      yield diagnose('schema/own-part', { file: found.at.file, pointer }, { names });
    }
  },
};
