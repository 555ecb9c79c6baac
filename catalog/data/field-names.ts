import { type Message, type NodeId, oncePer, type Workspace } from '@chirograph/contract/model';
import { isObject, type JsonSchema, subschemas } from '@chirograph/schema';

/** The names of the fields of a message's payload, its envelope left out: every message has that. Sorted. */
export function fieldNamesOf(workspace: Workspace, { payload, contract }: Message): string[] {
  if (payload === undefined) return [];
  const envelope = new Set(
    Object.entries(contract.envelope).flatMap(([part, { path }]) =>
      part === 'data' ? [] : [path.join('/')],
    ),
  );
  const names = new Set<string>();
  const seen = new Set<NodeId>();
  const visit = (id: NodeId) => {
    if (seen.has(id)) return;
    seen.add(id);
    const own = ownNames(workspace).get(id);
    for (const name of own?.names ?? []) if (!envelope.has(name)) names.add(name);
    for (const target of own?.refs ?? []) visit(target);
  };
  visit(payload);
  return [...names].sort();
}

/** Of each schema what it names itself and what it refers to: read once, however many messages share it. */
const ownNames = oncePer(({ schemas }: Workspace) => {
  const found = new Map<NodeId, { readonly names: readonly string[]; readonly refs: readonly NodeId[] }>();
  for (const { id, json } of Object.values(schemas)) {
    const names: string[] = [];
    const refs: NodeId[] = [];
    const visit = (schema: JsonSchema) => {
      if (typeof schema === 'boolean') return;
      if (typeof schema.$ref === 'string') refs.push(schema.$ref);
      if (isObject(schema.properties)) names.push(...Object.keys(schema.properties));
      for (const child of subschemas(schema)) visit(child.schema);
    };
    visit(json);
    found.set(id, { names, refs });
  }
  return found;
});
