import { isObject, isSchema, type JsonSchema, type SchemaObject } from '@chirograph/schema';
import type { NodeId } from './location.ts';
import { oncePerPair } from './once-per.ts';
import type { Workspace } from './workspace.ts';

/**
 * The schemas that say something of the field at a path: through `$ref`, `allOf`, and the branches of `anyOf`, `oneOf`
 * and `if`. Empty where no schema knows the field.
 */
export function fieldSchemas(
  workspace: Workspace,
  root: NodeId,
  path: readonly string[],
): readonly JsonSchema[] {
  let here = parts(workspace, workspace.schemas[root]?.json ?? true);
  for (const name of path) {
    here = here.flatMap((schema) => propertyOf(schema, name)).flatMap((schema) => parts(workspace, schema));
  }
  return here;
}

/** A schema and every schema that applies to the same value. */
function parts(workspace: Workspace, schema: JsonSchema): readonly JsonSchema[] {
  return typeof schema === 'boolean' ? [schema] : partsFrom(workspace, schema);
}

const partsFrom = oncePerPair((workspace: Workspace, schema: SchemaObject) =>
  partsOf(workspace, schema, new Set()),
);

function partsOf(workspace: Workspace, schema: JsonSchema, seen: ReadonlySet<string>): JsonSchema[] {
  if (typeof schema === 'boolean') return [schema];
  if (typeof schema.$ref === 'string') {
    if (seen.has(schema.$ref)) return [];
    return partsOf(workspace, workspace.schemas[schema.$ref]?.json ?? true, new Set([...seen, schema.$ref]));
  }
  const applied = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => {
    const list = schema[keyword];
    return Array.isArray(list) ? list.filter(isSchema) : [];
  });
  const branches = [schema.then, schema.else].filter(isSchema);
  return [schema, ...[...applied, ...branches].flatMap((it) => partsOf(workspace, it, seen))];
}

function propertyOf(schema: JsonSchema, name: string): JsonSchema[] {
  if (typeof schema === 'boolean') return [];
  const { properties, additionalProperties } = schema;
  const own = isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (isSchema(own)) return [own];
  return isObject(additionalProperties) ? [additionalProperties] : [];
}
