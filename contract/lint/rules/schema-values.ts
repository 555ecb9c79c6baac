import { childPointer, type JsonValue, locationOf, type SchemaObject, wordsFor } from '@chirograph/schema';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import type { Workspace } from '../../model/index.ts';
import { evaluatorOf } from '../evaluator-of.ts';
import { isOfSchema } from '../example-faults.ts';
import type { Rule } from '../rule.ts';
import { inSchemas, type SchemaNode } from '../schema-nodes.ts';
import { writtenAt } from '../written-at.ts';

/**
 * The defaults and examples that a schema gives are what it wants. In a schema within another, where the official parser
 * never looks, what is wrong is warned of: it describes, and makes no message invalid.
 */
export const schemaValues: Rule = {
  codes: ['schema/default-invalid', 'schema/example-invalid'],
  check: (workspace) =>
    inSchemas(
      workspace,
      'schema-values',
      function* (node) {
        const { schema } = node;
        if (schema.default !== undefined) {
          yield* check(workspace, node, schema.default, ['default'], 'schema/default-invalid');
        }
        for (const [index, example] of (Array.isArray(schema.examples) ? schema.examples : []).entries()) {
          yield* check(workspace, node, example as JsonValue, ['examples', index], 'schema/example-invalid');
        }
      },
      ['default', 'examples'],
    ),
};

function* check(
  workspace: Workspace,
  { schema, at, around, owner }: SchemaNode,
  value: JsonValue,
  path: readonly (string | number)[],
  code: 'schema/default-invalid' | 'schema/example-invalid',
): Iterable<Diagnostic> {
  if (around.length > 0) return;
  const isWhole = workspace.schemas[owner]?.json === schema;
  // OpenAPI's `example` is no keyword: it is read as it was meant, and makes no document invalid.
  const isForeign = path[0] === 'examples' && isWritten('example') && !isWritten('examples');
  const place = {
    file: at.file,
    pointer: childPointer(at.pointer, ...(isForeign ? ['example'] : path)),
  };
  function isWritten(key: string): boolean {
    return writtenAt(workspace, { file: at.file, pointer: childPointer(at.pointer, key) }) !== undefined;
  }
  for (const fault of evaluatorOf(workspace).faultsOf(schema as SchemaObject, value, place)) {
    if (isOfSchema(workspace, fault)) continue;
    const where = locationOf(fault.trail);
    const found = diagnose(code, where, wordsFor(fault, writtenAt(workspace, where)));
    yield isWhole && !isForeign ? found : { ...found, severity: 'warning' };
  }
}
