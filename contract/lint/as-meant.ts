import {
  isObject,
  type JsonSchema,
  type JsonValue,
  mapSubschemas,
  type SchemaObject,
} from '@chirograph/schema';
import { oncePer, type Schema, type Workspace } from '../model/index.ts';
import { type Misnomer, misnomersIn, misnomersOf } from './keywords.ts';

/**
 * The workspace with each misspelt keyword of its schemas spelt as it was meant, so that one slip is one finding: a field
 * under `propertes` is not unknown besides. The same workspace where nothing is misspelt.
 */
export const asMeant = oncePer((workspace: Workspace): Workspace => {
  const places = misnomersOf(workspace);
  if (places.length === 0) return workspace;
  const misspelt = new Set(places.map(({ owner }) => owner));
  const meant = [...misspelt].map((id): [string, Schema] => {
    const schema = workspace.schemas[id]!;
    return [id, { ...schema, json: respelt(schema.json, workspace) }];
  });
  return {
    ...workspace,
    schemas: { ...workspace.schemas, ...Object.fromEntries(meant) },
    // What a misspelt keyword refers to has not been loaded.
    faults: [...(workspace.faults ?? []), ...places.map(({ at }) => at)],
  };
});

function respelt(schema: JsonSchema, workspace: Workspace): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const [first] = misnomersIn(schema);
  if (!first) return mapSubschemas(schema, (child) => respelt(child, workspace));
  return respelt(loosened(first, workspace), workspace);
}

/** References under a word that is no keyword have not been followed: what they lead to may be anything. */
function loosened({ meant, keyword }: Misnomer, { schemas }: Workspace): SchemaObject {
  const loosen = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return value.map(loosen);
    if (!isObject(value)) return value;
    if (typeof value.$ref === 'string' && !schemas[value.$ref]) return true;
    return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, loosen(it)]));
  };
  const { oneOf, ...rest } = Object.fromEntries(Object.entries(meant).map(([key, it]) => [key, loosen(it)]));
  if (oneOf === undefined) return rest;
  return { ...rest, [keyword === 'oneOf' ? 'anyOf' : 'oneOf']: oneOf };
}
