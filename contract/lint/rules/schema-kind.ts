import { childPointer, isObject, type Location, subschemas } from '@chirograph/schema';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import type { NodeId, Workspace } from '../../model/index.ts';
import { otherKindAt } from '../other-kind.ts';
import type { Rule } from '../rule.ts';
import { nodesIn } from '../schema-nodes.ts';
import { writtenAt } from '../written-at.ts';

/** Any object may pass for a schema: a payload that refers to a message would take everything, without a word. */
export const schemaKind: Rule = {
  codes: ['reference/wrong-kind'],
  *check(workspace) {
    const documents = new Set(workspace.services.map((it) => it.at.file));
    const wrong = new Map<NodeId, string>();
    for (const { id, at } of Object.values(workspace.schemas)) {
      const isDocument = at.pointer === '' && documents.has(at.file);
      const found = isDocument ? 'the whole AsyncAPI document' : otherKindAt(at);
      if (found !== undefined) wrong.set(id, found);
    }
    if (wrong.size > 0) yield* references(workspace, wrong);
  },
};

function* references(workspace: Workspace, wrong: ReadonlyMap<NodeId, string>): Iterable<Diagnostic> {
  const finding = (ref: unknown, at: Location) => {
    const found = typeof ref === 'string' ? wrong.get(ref) : undefined;
    if (found === undefined) return [];
    const place = { file: at.file, pointer: childPointer(at.pointer, '$ref') };
    return [diagnose('reference/wrong-kind', place, { wanted: 'a schema', found })];
  };
  for (const { payload, headers, at } of [...workspace.messages, ...(workspace.spare ?? [])]) {
    for (const [key, id] of Object.entries({ payload, headers })) {
      const own = { file: at.file, pointer: childPointer(at.pointer, key) };
      const inner = { file: at.file, pointer: childPointer(own.pointer, 'schema') };
      yield* finding(
        id,
        writtenAt(workspace, { file: at.file, pointer: `${inner.pointer}/$ref` }) ? inner : own,
      );
    }
  }
  for (const { schema, at } of Object.values(workspace.schemas).flatMap(nodesIn)) {
    for (const { path, schema: child } of subschemas(schema)) {
      if (!isObject(child)) continue;
      yield* finding(child.$ref, { file: at.file, pointer: childPointer(at.pointer, ...path) });
    }
  }
}
