import { isArray, isObject, type JsonObject, type JsonValue, member } from '../json/json-value.ts';
import { isDeclared } from './dialect.ts';
import { exclusive, readKeywords } from './read-keywords.ts';
import type { JsonSchema } from './schema.ts';
import { mapSubschemas } from './subschemas-of.ts';

/** Draft-04 itself, its hyper-schema, and the self-describing schemas of Snowplow, which add a name to it. */
const DRAFT_04 =
  /^https?:\/\/(json-schema\.org\/draft-0[45]\/(hyper-)?schema|iglucentral\.com\/schemas\/com\.snowplowanalytics\.self-desc\/schema\/jsonschema\/1-0-0)#?$/;

const DRAFT_06 = /^https?:\/\/json-schema\.org\/draft-06\/(hyper-)?schema#?$/;

/**
 * Rewrites what draft-04 and OpenAPI 3.0 say in their own way into draft-07: boolean `exclusiveMinimum` and
 * `exclusiveMaximum`, `id` (where `$schema` says draft-04), the keywords that an older draft does not have, and `nullable` beside `type` (where there is no
 * `$schema`). Other schemas come back as they are.
 */
export function upgraded(schema: JsonSchema): JsonSchema {
  if (!isObject(schema)) return schema;
  const declared = member(schema, '$schema');
  const isDraft04 = typeof declared === 'string' && DRAFT_04.test(declared);
  const draft = isDraft04 ? 'draft-04' : DRAFT_06.test(String(declared)) ? 'draft-06' : undefined;
  if (draft === undefined && isDeclared(schema)) return schema;
  const { $schema: _, ...rest } = upgrade(schema);
  return draft !== undefined ? { $schema: 'http://json-schema.org/draft-07/schema#', ...rest } : rest;

  function upgrade(old: JsonObject): JsonObject {
    const next: Record<string, JsonValue> = { ...(draft ? readKeywords(old, draft).schema : old) };
    exclusive(next, 'minimum', 'exclusiveMinimum');
    exclusive(next, 'maximum', 'exclusiveMaximum');
    const { id, type, nullable } = next;
    if (draft && next.$schema === declared) delete next.$schema;
    if (isDraft04 && typeof id === 'string') {
      delete next.id;
      next.$id = id;
    }
    if (!draft && nullable === true && type !== undefined) {
      next.type = isArray(type) ? [...new Set([...type, 'null'])] : [...new Set([type, 'null'])];
    }
    return mapSubschemas(next, (part) => (isObject(part) ? upgrade(part) : part));
  }
}
