import { type JsonSchema, mapSubschemas, type Schema, type Workspace } from '../model/index.ts';
import { misnomersIn } from './keywords.ts';
import { allSchemas } from './schema-nodes.ts';

/**
 * The workspace with each misspelt keyword of its schemas spelt as it was meant, so that one slip is one finding: a field
 * under `propertes` is not unknown besides. The same workspace where nothing is misspelt.
 */
export function asMeant(workspace: Workspace): Workspace {
  const places = allSchemas(workspace).filter(({ schema }) => misnomersIn(schema).length > 0);
  if (places.length === 0) return workspace;
  const misspelt = new Set(places.map(({ owner }) => owner));
  const meant = [...misspelt].map((id): [string, Schema] => {
    const schema = workspace.schemas[id]!;
    return [id, { ...schema, json: respelt(schema.json) }];
  });
  return {
    ...workspace,
    schemas: { ...workspace.schemas, ...Object.fromEntries(meant) },
    // What a misspelt keyword refers to has not been loaded.
    faults: [...(workspace.faults ?? []), ...places.map(({ at }) => at)],
  };
}

function respelt(schema: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const [first] = misnomersIn(schema);
  return first ? respelt(first.meant) : mapSubschemas(schema, respelt);
}
