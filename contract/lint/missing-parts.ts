import { type JsonSchema, reachableSchemas, subschemas } from '@chirograph/schema';
import type { NodeId, Workspace } from '../model/index.ts';

/**
 * True for a part of a schema in which, or in what it refers to, a reference does not resolve: nobody knows what it allows.
 * @param owner the schema of the workspace that the part stands in
 */
export function isPartMissing(
  { schemas, missing }: Workspace,
  owner: NodeId,
  pointer: string,
  part: JsonSchema,
): boolean {
  if ((missing ?? []).length === 0) return false;
  if (schemas[owner]?.missing?.some((it) => `${it.pointer}/`.startsWith(`${pointer}/`))) return true;
  return targetsIn(part).some(
    (target) =>
      schemas[target] &&
      reachableSchemas({ schemas }, target).some((id) => (schemas[id]?.missing ?? []).length > 0),
  );
}

/** The schemas of the workspace that a part refers to. */
function targetsIn(part: JsonSchema): string[] {
  if (typeof part === 'boolean') return [];
  if (typeof part.$ref === 'string') return [part.$ref];
  return subschemas(part).flatMap(({ schema }) => targetsIn(schema));
}
