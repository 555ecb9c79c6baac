import { type JsonSchema, referencesOf } from '@chirograph/schema';
import { type NodeId, oncePer, type Workspace } from '../model/index.ts';

/** The schemas in which, or in what they refer to, a reference does not resolve: nobody knows all that they allow. */
export const lacking = oncePer(({ schemas, missing = [] }: Workspace): ReadonlySet<NodeId> => {
  const found = new Set<NodeId>();
  if (missing.length === 0) return found;
  const referrers = new Map<NodeId, NodeId[]>();
  const open: NodeId[] = [];
  for (const schema of Object.values(schemas)) {
    if ((schema.missing ?? []).length > 0) open.push(schema.id);
    for (const target of referencesOf(schema.json)) {
      const known = referrers.get(target);
      if (known) known.push(schema.id);
      else referrers.set(target, [schema.id]);
    }
  }
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(referrers.get(id) ?? []));
  }
  return found;
});

/**
 * True for a part of a schema in which, or in what it refers to, a reference does not resolve: nobody knows what it allows.
 * @param owner the schema of the workspace that the part stands in
 */
export function isPartMissing(
  workspace: Workspace,
  owner: NodeId,
  pointer: string,
  part: JsonSchema,
): boolean {
  if (workspace.schemas[owner]?.missing?.some((it) => `${it.pointer}/`.startsWith(`${pointer}/`)))
    return true;
  const incomplete = lacking(workspace);
  return incomplete.size > 0 && referencesOf(part).some((it) => incomplete.has(it));
}
