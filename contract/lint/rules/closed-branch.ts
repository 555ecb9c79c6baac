import { childPointer, type JsonValue, type SchemaObject } from '@chirograph/schema';
import { diagnose } from '../../diagnostics/index.ts';
import type { Workspace } from '../../model/index.ts';
import { closedBranchesIn } from '../closed-branches.ts';
import { evaluatorOf } from '../evaluator-of.ts';
import { isOfSchema, refusedIn } from '../example-faults.ts';
import type { Rule } from '../rule.ts';
import { inSchemas } from '../schema-nodes.ts';

/** What one part of an `allOf` describes and another refuses can never be sent. An error where an example shows it. */
export const closedBranch: Rule = {
  codes: ['schema/closed-branch'],
  *check(workspace) {
    const branches = closedBranchesIn(workspace);
    if (branches.size === 0) return;
    const refusing = new Set([
      ...refusedIn(workspace).ofSchemas.map((it) => it.schema),
      ...refusingValues(workspace),
    ]);
    for (const { schema, at, refused } of branches.values()) {
      const pointer = childPointer(at.pointer, 'additionalProperties');
      const place = { file: at.file, pointer, part: 'key' } as const;
      const found = diagnose('schema/closed-branch', place, { names: [...refused] });
      yield refusing.has(schema) ? { ...found, severity: 'error' } : found;
    }
  },
};

/** The schemas at fault for examples and defaults that schemas give. */
function refusingValues(workspace: Workspace): SchemaObject[] {
  return inSchemas(
    workspace,
    'refusing-values',
    ({ schema, at }) => {
      const values = [schema.default, ...(Array.isArray(schema.examples) ? schema.examples : [])];
      return values
        .filter((it) => it !== undefined)
        .flatMap((it) => evaluatorOf(workspace).faultsOf(schema, it as JsonValue, at))
        .filter((it) => isOfSchema(workspace, it))
        .map((it) => it.schema);
    },
    ['default', 'examples'],
  );
}
