import type { NodeId, Schema } from '@chirograph/contract/model';
import {
  bundle as bundled,
  conjoin,
  type Definition,
  isObject,
  type JsonSchema,
  type JsonValue,
  mapSubschemas,
  reachableSchemas,
  type SchemaObject,
} from '@chirograph/schema';
import { layered, META_SCHEMAS } from '@chirograph/schema/combine';
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
  const merging = new Merging(schemas);
  const merged = layered<Definition>(schemas);
  for (const id of reachableSchemas({ schemas }, root)) {
    const { name = 'Schema', dialect, json } = schemas[id] ?? { dialect: schema.dialect, json: true };
    merged[id] = { name: slug(name), dialect, json: merging.merged(json) };
  }
  const body = bundled({ schemas: merged }, root, schema.dialect === 'draft-07' ? 'definitions' : '$defs');
  return {
    $schema: META_SCHEMAS[schema.dialect],
    title,
    ...(typeof body === 'boolean' ? (body ? {} : { not: {} }) : body),
  };
}

/** An `allOf` of plain objects as one object, wherever it stands. */
class Merging {
  readonly #schemas: Readonly<Record<NodeId, Schema>>;

  constructor(schemas: Readonly<Record<NodeId, Schema>>) {
    this.#schemas = schemas;
  }

  merged(schema: JsonSchema): JsonSchema {
    if (typeof schema === 'boolean' || typeof schema.$ref === 'string') return schema;
    const merged = this.#merged(schema, new Set());
    return merged ? this.merged(merged) : mapSubschemas(schema, (child) => this.merged(child));
  }

  /** An `allOf` as one object; undefined where there is none or where it must stay. */
  #merged({ allOf, ...own }: SchemaObject, seen: ReadonlySet<NodeId>): SchemaObject | undefined {
    if (!Array.isArray(allOf)) return undefined;
    let joined: SchemaObject = {};
    for (const part of allOf) {
      const plain = this.#plain(part, seen);
      const both = plain && conjoin(joined, plain);
      if (!both) return undefined;
      joined = both;
    }
    // A part's title and description are about the part, not about the whole.
    const { title: _title, description: _description, ...content } = joined;
    return conjoin(content, own);
  }

  /** What a part of an `allOf` stands for, without references and `allOf` of its own. */
  #plain(part: JsonValue, seen: ReadonlySet<NodeId>): SchemaObject | undefined {
    if (!isObject(part)) return undefined;
    if (typeof part.$ref !== 'string') return Array.isArray(part.allOf) ? this.#merged(part, seen) : part;
    if (seen.has(part.$ref)) return undefined;
    return this.#plain(this.#schemas[part.$ref]?.json ?? true, new Set([...seen, part.$ref]));
  }
}
