import type { NodeId, Workspace } from '@chirograph/contract/model';
import { isObject, isSchema, type JsonSchema } from '@chirograph/schema';

/**
 * The schemas that every value at a path must meet: through `$ref` and `allOf`, but not through the branches of `anyOf`,
 * `oneOf` and `if`, of which a value may take another.
 */
export function certainSchemas(workspace: Workspace, root: NodeId, path: readonly string[]): JsonSchema[] {
  let here = parts(workspace, { $ref: root });
  for (const name of path) {
    here = here.flatMap((schema) => {
      const { properties } = typeof schema === 'object' ? schema : {};
      const own = isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
      return isSchema(own) ? parts(workspace, own) : [];
    });
  }
  return here;
}

function parts(workspace: Workspace, schema: JsonSchema, seen: readonly string[] = []): JsonSchema[] {
  if (typeof schema === 'boolean') return [schema];
  if (typeof schema.$ref === 'string') {
    if (seen.includes(schema.$ref)) return [];
    return parts(workspace, workspace.schemas[schema.$ref]?.json ?? true, [...seen, schema.$ref]);
  }
  const all = Array.isArray(schema.allOf) ? schema.allOf.filter(isSchema) : [];
  return [schema, ...all.flatMap((it) => parts(workspace, it, seen))];
}
