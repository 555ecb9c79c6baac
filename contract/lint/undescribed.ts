import { isObject, regExpOf, type SchemaObject } from '@chirograph/schema';
import { type NodeId, oncePer, type Workspace } from '../model/index.ts';
import { conjuncts, inSchemas, nodesIn, type SchemaNode, schemasOf } from './schema-nodes.ts';

/** A key that a schema requires and that no schema around it describes. */
export interface Undescribed {
  readonly node: SchemaNode;
  readonly name: string;
  /** Its place in `required`. */
  readonly index: number;
  /** The keys that are described. */
  readonly described: ReadonlySet<string>;
}

const known = new WeakMap<Workspace, readonly Undescribed[]>();

/** The required keys of a workspace that nothing describes; none of schemas that describe no keys at all. */
export function undescribedIn(workspace: Workspace): readonly Undescribed[] {
  let found = known.get(workspace);
  if (!found) {
    const alone = inSchemas(workspace, 'undescribed', (node) => collect(workspace, node), ['required']);
    found = alone.filter(({ node, name }) => !isDescribedBeside(workspace, node, name));
    known.set(workspace, found);
  }
  return found;
}

const names = new WeakMap<Workspace, ReadonlyMap<SchemaObject, ReadonlySet<string>>>();

/** The undescribed keys of each schema that has any. */
function namesIn(workspace: Workspace): ReadonlyMap<SchemaObject, ReadonlySet<string>> {
  let found = names.get(workspace);
  if (!found) {
    const bySchema = Map.groupBy(undescribedIn(workspace), ({ node }) => node.schema);
    found = new Map([...bySchema].map(([schema, all]) => [schema, new Set(all.map(({ name }) => name))]));
    names.set(workspace, found);
  }
  return found;
}

/** True for a key that a schema requires and nothing describes: that it is missing is the schema's fault. */
export function isUndescribed(workspace: Workspace, schema: SchemaObject, name: string): boolean {
  return namesIn(workspace).get(schema)?.has(name) === true;
}

/** True for a key that is described by what a schema is put together with elsewhere, such as the headers of a trait. */
function isDescribedBeside(
  workspace: Workspace,
  { schema, around, owner }: SchemaNode,
  name: string,
): boolean {
  const whole = workspace.schemas[owner]?.json;
  if (schema !== whole && !around.some((it) => it === whole)) return false;
  return (companionsIn(workspace).get(owner) ?? [])
    .flatMap((it) => together(workspace, it))
    .some(({ properties }) => isObject(properties) && Object.hasOwn(properties, name));
}

/** By the schemas that are parts of others: these. */
const companionsIn = oncePer((workspace: Workspace): ReadonlyMap<NodeId, readonly SchemaObject[]> => {
  const found = new Map<NodeId, SchemaObject[]>();
  for (const schema of schemasOf(workspace)) {
    const merged = schema.mergedFrom && { allOf: schema.mergedFrom.map(($ref) => ({ $ref })) };
    for (const whole of merged ? [merged] : nodesIn(schema).map((it) => it.schema)) {
      for (const part of Array.isArray(whole.allOf) ? whole.allOf : []) {
        if (!isObject(part) || typeof part.$ref !== 'string') continue;
        const known = found.get(part.$ref);
        if (known) known.push(whole);
        else found.set(part.$ref, [whole]);
      }
    }
  }
  return found;
});

function collect(workspace: Workspace, node: SchemaNode): Undescribed[] {
  const { schema, around } = node;
  if (!Array.isArray(schema.required)) return [];
  const parts = [schema, ...around].flatMap((it) => together(workspace, it));
  const described = new Set(parts.flatMap((it) => Object.keys(isObject(it.properties) ? it.properties : {})));
  if (described.size === 0) return [];
  return [...schema.required.entries()].flatMap(([index, name]) =>
    typeof name !== 'string' || described.has(name) || isMatched(parts, name)
      ? []
      : [{ node, name, index, described }],
  );
}

/** What must hold, and what may: a key that is described in one alternative is not unknown. */
function together(workspace: Workspace, schema: SchemaObject): SchemaObject[] {
  return conjuncts(workspace, schema).flatMap((part) => [
    part,
    ...[part.anyOf, part.oneOf, part.then, part.else]
      .flat()
      .flatMap((it) => (isObject(it) ? conjuncts(workspace, it) : [])),
  ]);
}

function isMatched(parts: readonly SchemaObject[], name: string): boolean {
  return parts.some(({ patternProperties, additionalProperties }) => {
    if (isObject(additionalProperties)) return true;
    const patterns = Object.keys(isObject(patternProperties) ? patternProperties : {});
    return patterns.some((pattern) => regExpOf(pattern)?.test(name));
  });
}
