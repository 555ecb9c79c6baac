import {
  isSchema,
  type Location,
  type Schema,
  type SchemaObject,
  subschemas,
  type Workspace,
} from '../model/index.ts';
import { childPointer, isObject } from '../source/index.ts';

/** A schema somewhere in the workspace, and what its surroundings say of the same value. */
export interface SchemaNode {
  readonly schema: SchemaObject;
  readonly at: Location;
  /** The schemas that hold for the same value: those around it (`allOf` and the like), outermost first. */
  readonly around: readonly SchemaObject[];
}

/** Keywords whose schemas are about the same value as the schema that they stand in. */
const BESIDE = new Set(['allOf', 'anyOf', 'oneOf', 'then', 'else', 'dependentSchemas']);

/** Keywords whose schemas say what is not, or only when something is: they need not be met by anything. */
const CONDITIONS = new Set(['not', 'if']);

const nodes = new WeakMap<Workspace, readonly SchemaNode[]>();

/** Every schema of a workspace and every schema inside one, but conditions; each once. */
export function schemaNodes(workspace: Workspace): readonly SchemaNode[] {
  let found = nodes.get(workspace);
  if (!found) {
    found = collect(workspace);
    nodes.set(workspace, found);
  }
  return found;
}

function collect({ schemas }: Workspace): SchemaNode[] {
  return Object.values(schemas).flatMap(nodesIn);
}

/** Those of a schema follow from nothing but itself. */
const known = new WeakMap<Schema, readonly SchemaNode[]>();

/** A schema of the workspace and every schema inside it, but conditions. */
export function nodesIn(schema: Schema): readonly SchemaNode[] {
  let found = known.get(schema);
  if (!found) {
    found = collectIn(schema);
    known.set(schema, found);
  }
  return found;
}

function collectIn({ json, at }: Schema): SchemaNode[] {
  const found: SchemaNode[] = [];
  const visit = (node: SchemaNode): void => {
    found.push(node);
    for (const { path, schema } of subschemas(node.schema)) {
      const [keyword] = path;
      if (typeof schema === 'boolean' || CONDITIONS.has(String(keyword))) continue;
      visit({
        schema,
        at: { file: node.at.file, pointer: childPointer(node.at.pointer, ...path) },
        around: BESIDE.has(String(keyword)) ? [...node.around, node.schema] : [],
      });
    }
  };
  if (typeof json === 'object') visit({ schema: json, at, around: [] });
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
