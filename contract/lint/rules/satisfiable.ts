import { diagnose } from '../../diagnostics/index.ts';
import { contradictionOf } from '../contradiction.ts';
import type { Rule } from '../rule.ts';
import { schemaNodes } from '../schema-nodes.ts';

/**
 * A schema that no value can meet makes a message that nobody can send. What is found is a contradiction, never a
 * guess; not every contradiction is found.
 */
export const satisfiable: Rule = {
  codes: ['schema/unsatisfiable'],
  *check(workspace) {
    for (const { schema, at } of schemaNodes(workspace)) {
      const reason = contradictionOf(workspace, schema);
      if (reason !== undefined) yield diagnose('schema/unsatisfiable', { ...at, part: 'key' }, { reason });
    }
  },
};
