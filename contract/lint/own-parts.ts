import { isSchema, type JsonSchema, subschemas } from '@chirograph/schema';
import { type NodeId, oncePer, type Workspace } from '../model/index.ts';
import { circlesIn } from './circles.ts';
import { keywordsIn, schemasOf } from './schema-nodes.ts';

/** Schemas that are asked of the same value in a circle, and where the first one asks the second. */
export interface OwnParts {
  readonly circle: readonly NodeId[];
  readonly path: readonly string[];
}

/** Keywords whose schemas are asked of the same value as the schema that they stand in. */
const IN_PLACE = new Set([
  ...['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else'],
  ...['dependentSchemas', 'dependencies'],
]);

/** The schemas that ask themselves of the same value: it has no answer (core, section 7). */
export const ownPartsIn = oncePer((workspace: Workspace): readonly OwnParts[] => {
  const parts = new Map<NodeId, ReadonlyMap<NodeId, readonly string[]>>();
  for (const schema of schemasOf(workspace)) {
    const own = keywordsIn(schema).has('$ref') ? partsOf(schema.json) : undefined;
    if (own && own.size > 0) parts.set(schema.id, own);
  }
  return circlesIn(new Map([...parts].map(([id, to]) => [id, to.keys()]))).map((circle) => {
    const [first = '', second = first] = circle;
    return { circle, path: parts.get(first)?.get(second) ?? [] };
  });
});

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
