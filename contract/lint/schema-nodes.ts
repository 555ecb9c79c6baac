import {
  isSchema,
  type Location,
  type NodeId,
  type SchemaObject,
  subschemas,
  type Workspace,
} from '../model/index.ts';
import { childPointer, isObject } from '../source/index.ts';
import { otherKindAt } from './other-kind.ts';

/** A schema somewhere in the workspace, and what its surroundings say of the same value. */
export interface SchemaNode {
  readonly schema: SchemaObject;
  readonly at: Location;
  /** The schemas that hold for the same value: those around it (`allOf` and the like), outermost first. */
  readonly around: readonly SchemaObject[];
  /** Within a condition (`not`, `if`): it need not be met by anything. */
  readonly isCondition: boolean;
  /** The schema of the workspace that it stands in. */
  readonly owner: NodeId;
}

/** Keywords whose schemas are about the same value as the schema that they stand in. */
const BESIDE = new Set(['allOf', 'anyOf', 'oneOf', 'then', 'else', 'dependentSchemas']);

/** Keywords whose schemas say what is not, or only when something is: they need not be met by anything. */
const CONDITIONS = new Set(['not', 'if']);

const nodes = new WeakMap<
  Workspace,
  { readonly all: readonly SchemaNode[]; readonly met: readonly SchemaNode[] }
>();

/** Every schema of a workspace and every schema inside one, but conditions; each once. */
export function schemaNodes(workspace: Workspace): readonly SchemaNode[] {
  return nodesOf(workspace).met;
}

/** Every schema of a workspace and every schema inside one; each once. */
export function allSchemas(workspace: Workspace): readonly SchemaNode[] {
  return nodesOf(workspace).all;
}

function nodesOf(workspace: Workspace) {
  let found = nodes.get(workspace);
  if (!found) {
    const all = collect(workspace);
    found = { all, met: all.filter((it) => !it.isCondition) };
    nodes.set(workspace, found);
  }
  return found;
}

function collect(workspace: Workspace): SchemaNode[] {
  const found: SchemaNode[] = [];
  const visit = (node: SchemaNode): void => {
    found.push(node);
    for (const { path, schema } of subschemas(node.schema)) {
      const [keyword] = path;
      if (typeof schema === 'boolean') continue;
      visit({
        schema,
        at: { file: node.at.file, pointer: childPointer(node.at.pointer, ...path) },
        around: BESIDE.has(String(keyword)) ? [...node.around, node.schema] : [],
        isCondition: node.isCondition || CONDITIONS.has(String(keyword)),
        owner: node.owner,
      });
    }
  };
  for (const { id, json, at } of Object.values(workspace.schemas)) {
    // A message that something takes for a schema has no keywords to speak of.
    if (typeof json === 'object' && otherKindAt(at) === undefined)
      visit({ schema: json, at, around: [], isCondition: false, owner: id });
  }
  return found;
}

/** The schemas that a value must all meet: one, its `allOf`, and what they refer to. */
export function conjuncts(
  workspace: Workspace,
  schema: SchemaObject,
  seen = new Set<string>(),
): SchemaObject[] {
  const parts: SchemaObject[] = [schema];
  if (typeof schema.$ref === 'string' && !seen.has(schema.$ref)) {
    seen.add(schema.$ref);
    const target = workspace.schemas[schema.$ref]?.json;
    if (isObject(target)) parts.push(...conjuncts(workspace, target, seen));
  }
  for (const it of Array.isArray(schema.allOf) ? schema.allOf : []) {
    if (isSchema(it) && isObject(it)) parts.push(...conjuncts(workspace, it, seen));
  }
  return parts;
}
