import type { NodeId, Schema } from '@chirograph/contract/model';
import {
  bundle as bundled,
  type Definition,
  type JsonSchema,
  mapSubschemas,
  reachableSchemas,
  type SchemaObject,
} from '@chirograph/schema';
import { allOfParts, conjoin, layered, META_SCHEMAS, ownKeywords } from '@chirograph/schema/combine';
import { slug } from '../text/slug.ts';

/**
 * A schema of the workspace as one document that stands alone. Whatever it refers to comes along under `definitions`
 * (`$defs` since 2019-09); an `allOf` of plain objects becomes one object. It accepts exactly what the schema accepts.
 * @param title what the document is called where the schema does not say
 */
export function bundle(
  schemas: Readonly<Record<NodeId, Schema>>,
  root: NodeId,
  title: string,
): SchemaObject | undefined {
  const schema = schemas[root];
  if (!schema) return undefined;
  const all = layered<Definition>(schemas);
  for (const id of reachableSchemas({ schemas }, root)) {
    const { name = 'Schema', dialect, json } = schemas[id] ?? { dialect: schema.dialect, json: true };
    all[id] = { name: slug(name), dialect, json: merged(schemas, json) };
  }
  const body = bundled({ schemas: all }, root, schema.dialect === 'draft-07' ? 'definitions' : '$defs');
  return {
    $schema: META_SCHEMAS[schema.dialect],
    title,
    ...(typeof body === 'boolean' ? (body ? {} : { not: {} }) : body),
  };
}

/** An `allOf` as one object, wherever it stands and may go. */
function merged(schemas: Readonly<Record<NodeId, Schema>>, schema: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean' || typeof schema.$ref === 'string') return schema;
  const whole = Array.isArray(schema.allOf) ? asOne(schemas, schema) : undefined;
  return mapSubschemas(whole ?? schema, (child) => merged(schemas, child));
}

/** A part's title and description are about the part, not about the whole. */
function asOne(schemas: Readonly<Record<NodeId, Schema>>, schema: SchemaObject): SchemaObject | undefined {
  const parts = allOfParts(schemas, schema).map(({ json }) => {
    const { title: _, description: __, ...content } = ownKeywords(json);
    return json === schema ? ownKeywords(json) : content;
  });
  return conjoin(...parts);
}
