import { type JsonSchema, mapSubschemas, type Schema, type Workspace } from '../model/index.ts';
import { misnomersIn } from './keywords.ts';
import { allSchemas } from './schema-nodes.ts';

/**
 * The workspace with each misspelt keyword of its schemas spelt as it was meant, so that one slip is one finding: a field
 * under `propertes` is not unknown besides. The same workspace where nothing is misspelt.
 */
export function asMeant(workspace: Workspace): Workspace {
  const misspelt = new Set(
    allSchemas(workspace).flatMap(({ schema, owner }) => (misnomersIn(schema).length > 0 ? [owner] : [])),
  );
  if (misspelt.size === 0) return workspace;
  const meant = [...misspelt].map((id): [string, Schema] => {
    const schema = workspace.schemas[id]!;
    return [id, { ...schema, json: respelt(schema.json) }];
  });
  return { ...workspace, schemas: { ...workspace.schemas, ...Object.fromEntries(meant) } };
}

function respelt(schema: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const [first] = misnomersIn(schema);
  return first ? respelt(first.meant) : mapSubschemas(schema, respelt);
}
