import { oncePer, type Workspace } from '@chirograph/contract/model';
import { type Dialect, type JsonSchema, laterKeywords, mapSubschemas, subschemas } from '@chirograph/schema';

/**
 * The workspace without the keywords that the dialects of its schemas do not have, so that types promise no more than
 * validators check. The same workspace where there are none.
 */
export const asRead = oncePer((workspace: Workspace): Workspace => {
  const affected = Object.entries(workspace.schemas).filter(([, it]) => saysLater(it.json, it.dialect));
  if (affected.length === 0) return workspace;
  const schemas = affected.map(([id, it]) => [id, { ...it, json: withoutLater(it.json, it.dialect) }]);
  return { ...workspace, schemas: { ...workspace.schemas, ...Object.fromEntries(schemas) } };
});

function saysLater(schema: JsonSchema, dialect: Dialect): boolean {
  if (typeof schema === 'boolean' || dialect === '2020-12') return false;
  return (
    laterKeywords(schema, dialect).length > 0 ||
    subschemas(schema).some((it) => saysLater(it.schema, dialect))
  );
}

function withoutLater(schema: JsonSchema, dialect: Dialect): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const later = laterKeywords(schema, dialect).map(({ keyword }) => keyword);
  const kept = Object.entries(schema).filter(([keyword]) => !later.includes(keyword));
  return mapSubschemas(Object.fromEntries(kept), (child) => withoutLater(child, dialect));
}
