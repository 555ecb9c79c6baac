import { diagnose } from '../../diagnostics/index.ts';
import { childPointer } from '../../source/index.ts';
import { closedBranchesIn } from '../closed-branches.ts';
import { refusedIn } from '../example-faults.ts';
import type { Rule } from '../rule.ts';

/** What one part of an `allOf` describes and another refuses can never be sent. An error where an example shows it. */
export const closedBranch: Rule = {
  codes: ['schema/closed-branch'],
  *check(workspace) {
    for (const { schema, at, refused } of closedBranchesIn(workspace).values()) {
      const pointer = childPointer(at.pointer, 'additionalProperties');
      const found = diagnose(
        'schema/closed-branch',
        { file: at.file, pointer, part: 'key' },
        { names: [...refused] },
      );
      const isRefused = refusedIn(workspace).ofSchemas.some((it) => it.schema === schema);
      yield isRefused ? { ...found, severity: 'error' } : found;
    }
  },
};
