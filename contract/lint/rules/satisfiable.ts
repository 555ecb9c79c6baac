import { childPointer } from '@chirograph/schema';
import { diagnose } from '../../diagnostics/index.ts';
import { contradictionsIn } from '../contradiction.ts';
import { endlessIn } from '../endless.ts';
import type { Rule } from '../rule.ts';

/**
 * A schema that no value can meet makes a message that nobody can send. What is found is a contradiction, never a
 * guess; not every contradiction is found.
 */
export const satisfiable: Rule = {
  codes: ['schema/unsatisfiable'],
  *check(workspace) {
    for (const [schema, { at, reason, keyword }] of contradictionsIn(workspace)) {
      const isOwn = keyword !== undefined && keyword in schema;
      const pointer = isOwn ? childPointer(at.pointer, keyword) : at.pointer;
      yield diagnose('schema/unsatisfiable', { file: at.file, pointer, part: 'key' }, { reason });
    }
    for (const { at, names } of endlessIn(workspace)) {
      const reason = `each of its values must hold another one of the same kind, without end: ${names.join(' -> ')}`;
      yield diagnose('schema/unsatisfiable', { ...at, part: 'key' }, { reason });
    }
  },
};
