import { childPointer, isSchema, type JsonSchema, subschemas } from '@chirograph/schema';
import { diagnose } from '../../diagnostics/index.ts';
import type { NodeId } from '../../model/index.ts';
import { circlesIn } from '../circles.ts';
import type { Rule } from '../rule.ts';
import { keywordsIn, schemasOf } from '../schema-nodes.ts';

/** Keywords whose schemas are asked of the same value as the schema that they stand in. */
const IN_PLACE = new Set([
  ...['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else'],
  ...['dependentSchemas', 'dependencies'],
]);

/** A schema that asks itself of the same value has no answer: no validator comes to an end (core, section 7). */
export const ownPart: Rule = {
  codes: ['schema/own-part'],
  *check(workspace) {
    const parts = new Map<NodeId, ReadonlyMap<NodeId, readonly string[]>>();
    for (const schema of schemasOf(workspace)) {
      const own = keywordsIn(schema).has('$ref') ? partsOf(schema.json) : undefined;
      if (own && own.size > 0) parts.set(schema.id, own);
    }
    for (const circle of circlesIn(new Map([...parts].map(([id, to]) => [id, to.keys()])))) {
      const [first = ''] = circle;
      const found = workspace.schemas[first];
      if (!found) continue;
      const names = [...circle, first].map((id) => workspace.schemas[id]?.name ?? id);
      const pointer = childPointer(found.at.pointer, ...(parts.get(first)?.get(circle[1] ?? first) ?? []));
      yield diagnose('schema/own-part', { file: found.at.file, pointer }, { names });
    }
  },
};

/** What a schema asks of the same value by reference, and where it does. */
function partsOf(json: JsonSchema): ReadonlyMap<NodeId, readonly string[]> {
  const found = new Map<NodeId, readonly string[]>();
  const visit = (schema: JsonSchema, path: readonly string[]) => {
    if (typeof schema === 'boolean') return;
    if (typeof schema.$ref === 'string' && !found.has(schema.$ref)) found.set(schema.$ref, path);
    for (const { path: step, schema: inner } of subschemas(schema))
      if (IN_PLACE.has(String(step[0])) && isSchema(inner)) visit(inner, [...path, ...step.map(String)]);
  };
  visit(json, []);
  return found;
}
