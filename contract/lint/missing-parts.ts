import { type JsonSchema, reachableSchemas } from '@chirograph/schema';
import { layered } from '@chirograph/schema/combine';
import type { NodeId, Workspace } from '../model/index.ts';

/** The part of a schema as a schema of its own; no id of the workspace, which are places. */
const PART = 'part';

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
  const own = schemas[owner];
  if (own?.missing?.some((it) => `${it.pointer}/`.startsWith(`${pointer}/`))) return true;
  const rooted = layered<{ readonly json: JsonSchema }>(schemas);
  rooted[PART] = { json: part };
  return reachableSchemas({ schemas: rooted }, PART).some(
    (id) => id !== PART && id !== owner && (schemas[id]?.missing?.length ?? 0) > 0,
  );
}
