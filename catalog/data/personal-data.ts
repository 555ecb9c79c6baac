import { type Message, type NodeId, oncePer, type Workspace } from '@chirograph/contract/model';
import { type JsonSchema, referencesOf, subschemas } from '@chirograph/schema';

/** The ids of the schemas of a message that mark data about a person (`x-personal-data`), in order. */
export function personalDataOf(workspace: Workspace, { payload, headers }: Message): NodeId[] {
  const marked = markedSchemas(workspace);
  if (marked.size === 0) return [];
  return [payload, headers].flatMap((root) => (root === undefined ? [] : reached(workspace, root, marked)));
}

/** The schemas that hold a mark themselves, whatever they refer to. */
const markedSchemas = oncePer(({ schemas }: Workspace): ReadonlySet<NodeId> => {
  return new Set(Object.values(schemas).flatMap(({ id, json }) => (isMarked(json) ? [id] : [])));
});

function isMarked(json: JsonSchema): boolean {
  if (typeof json === 'boolean') return false;
  const mark = json['x-personal-data'];
  return (
    (mark !== undefined && mark !== false && mark !== 'none') ||
    subschemas(json).some((it) => isMarked(it.schema))
  );
}

function reached(workspace: Workspace, root: NodeId, marked: ReadonlySet<NodeId>): NodeId[] {
  const seen = new Set<NodeId>();
  const found: NodeId[] = [];
  const visit = (id: NodeId) => {
    if (seen.has(id)) return;
    seen.add(id);
    if (marked.has(id)) found.push(id);
    for (const target of referencesOf(workspace.schemas[id]?.json ?? true)) visit(target);
  };
  visit(root);
  return found;
}
