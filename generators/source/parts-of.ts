import type { NodeId, Workspace } from '@chirograph/contract/model';
import { isSchema, type JsonSchema } from '@chirograph/schema';

/** The schemas that a schema is made of by reference, near and far: it says all that they say. */
export function partsOf(
  workspace: Workspace,
  schema: JsonSchema,
  found = new Set<NodeId>(),
): ReadonlySet<NodeId> {
  if (typeof schema === 'boolean') return found;
  for (const part of Array.isArray(schema.allOf) ? schema.allOf.filter(isSchema) : [])
    partsOf(workspace, part, found);
  if (typeof schema.$ref !== 'string' || found.has(schema.$ref)) return found;
  found.add(schema.$ref);
  return partsOf(workspace, workspace.schemas[schema.$ref]?.json ?? true, found);
}
