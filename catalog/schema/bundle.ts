import type { NodeId, Schema } from '@chirograph/contract/model';
import {
  conjoin,
  isObject,
  type JsonSchema,
  type JsonValue,
  mapSubschemas,
  type SchemaObject,
} from '@chirograph/schema';
import { slug } from '../text/slug.ts';

const DIALECTS = {
  'draft-07': { uri: 'http://json-schema.org/draft-07/schema#', definitions: 'definitions' },
  '2019-09': { uri: 'https://json-schema.org/draft/2019-09/schema', definitions: '$defs' },
  '2020-12': { uri: 'https://json-schema.org/draft/2020-12/schema', definitions: '$defs' },
} as const;

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
  const { uri, definitions } = DIALECTS[schema.dialect];
  const bundling = new Bundling(schemas, root, definitions);
  const body = bundling.write(schema.json);
  const shared = bundling.shared();
  return {
    $schema: uri,
    title,
    ...(typeof body === 'boolean' ? (body ? {} : { not: {} }) : body),
    ...(Object.keys(shared).length > 0 && { [definitions]: shared }),
  };
}

/** The names that the bundled document gives to the schemas it takes in, in the order in which it meets them. */
class Bundling {
  readonly #schemas: Readonly<Record<NodeId, Schema>>;
  readonly #definitions: string;
  readonly #names: Map<NodeId, string | undefined>;

  constructor(schemas: Readonly<Record<NodeId, Schema>>, root: NodeId, definitions: string) {
    this.#schemas = schemas;
    this.#definitions = definitions;
    this.#names = new Map([[root, undefined]]);
  }

  /** The schema with each `$ref` pointing into the document. */
  write(schema: JsonSchema): JsonSchema {
    if (typeof schema === 'boolean') return schema;
    if (typeof schema.$ref === 'string') return { $ref: this.#pointerTo(schema.$ref) };
    const merged = this.#merged(schema, new Set());
    if (merged) return this.write(merged);
    // A base URI in the middle of the document would lead its references astray.
    const { $id: _id, $schema: _schema, ...content } = schema;
    return mapSubschemas(content, (child) => this.write(child));
  }

  /** The definitions that the document needs; writing one may ask for more. */
  shared(): SchemaObject {
    const written: Record<string, JsonValue> = {};
    for (const [id, name] of this.#names) {
      if (name !== undefined) written[name] = this.write(this.#schemas[id]?.json ?? true);
    }
    return written;
  }

  #pointerTo(id: NodeId): string {
    if (!this.#names.has(id)) {
      const wanted = slug(this.#schemas[id]?.name ?? 'Schema');
      const taken = new Set(this.#names.values());
      let name = wanted;
      for (let next = 2; taken.has(name); next += 1) name = `${wanted}-${next}`;
      this.#names.set(id, name);
    }
    const name = this.#names.get(id);
    return name === undefined ? '#' : `#/${this.#definitions}/${name}`;
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
