import { childPointer, type JsonValue, type SchemaObject, wordsFor } from '@chirograph/schema';
import { diagnose } from '../../diagnostics/index.ts';
import type { Workspace } from '../../model/index.ts';
import { contradictionOf } from '../contradiction.ts';
import { evaluatorOf } from '../evaluator-of.ts';
import type { Rule } from '../rule.ts';
import { inSchemas } from '../schema-nodes.ts';
import { writtenAt } from '../written-at.ts';

/** A value of an `enum` that the rest of the schema refuses is no choice: a number among strings, a string without quotes. */
export const choices: Rule = {
  codes: ['schema/choice-impossible'],
  check: (workspace) =>
    inSchemas(
      workspace,
      'choices',
      function* ({ schema, at }) {
        if (!Array.isArray(schema.enum) || contradictionOf(workspace, schema) !== undefined) return;
        for (const [index, value] of (schema.enum as readonly JsonValue[]).entries()) {
          const place = { file: at.file, pointer: childPointer(at.pointer, 'enum', index) };
          const [fault] = faultsOf(workspace, schema, value, place);
          if (fault)
            yield diagnose('schema/choice-impossible', place, wordsFor(fault, writtenAt(workspace, place)));
        }
      },
      ['enum'],
    ),
};

function faultsOf(
  workspace: Workspace,
  schema: SchemaObject,
  value: JsonValue,
  at: { file: string; pointer: string },
) {
  const evaluator = evaluatorOf(workspace);
  return evaluator.matches(schema, value) ? [] : evaluator.faultsOf(schema, value, at);
}
