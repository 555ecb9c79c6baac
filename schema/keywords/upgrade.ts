import { isArray, isObject, type JsonObject, type JsonValue, member } from '../json/json-value.ts';
import { isDeclared } from './dialect.ts';
import type { JsonSchema } from './schema.ts';
import { mapSubschemas } from './subschemas-of.ts';

/** Draft-04 itself, its hyper-schema, and the self-describing schemas of Snowplow, which add a name to it. */
const DRAFT_04 =
  /^https?:\/\/(json-schema\.org\/draft-0[45]\/(hyper-)?schema|iglucentral\.com\/schemas\/com\.snowplowanalytics\.self-desc\/schema\/jsonschema\/1-0-0)#?$/;

/**
 * Rewrites what draft-04 and OpenAPI 3.0 say in their own way into draft-07: boolean `exclusiveMinimum` and
 * `exclusiveMaximum`, `id` (where `$schema` says draft-04), and `nullable` beside `type` (where there is no
 * `$schema`). Other schemas come back as they are.
 */
export function upgraded(schema: JsonSchema): JsonSchema {
  if (!isObject(schema)) return schema;
  const declared = member(schema, '$schema');
  const isDraft04 = typeof declared === 'string' && DRAFT_04.test(declared);
  if (!isDraft04 && isDeclared(schema)) return schema;
  const { $schema: _, ...rest } = upgrade(schema);
  return isDraft04 ? { $schema: 'http://json-schema.org/draft-07/schema#', ...rest } : rest;

  function upgrade(old: JsonObject): JsonObject {
    const next: Record<string, JsonValue> = { ...old };
    exclusive(next, 'minimum', 'exclusiveMinimum');
    exclusive(next, 'maximum', 'exclusiveMaximum');
    const { id, type, nullable } = next;
    if (isDraft04 && next.$schema === declared) delete next.$schema;
    if (isDraft04 && typeof id === 'string') {
      delete next.id;
      next.$id = id;
    }
    if (!isDraft04 && nullable === true && type !== undefined) {
      next.type = isArray(type) ? [...new Set([...type, 'null'])] : [...new Set([type, 'null'])];
    }
    return mapSubschemas(next, (part) => (isObject(part) ? upgrade(part) : part));
  }
}

/** A schema whose bounds are numbers: draft-04 says by a boolean whether the bound beside it is meant. */
export function withNumericBounds(schema: JsonObject): JsonObject {
  if (typeof schema.exclusiveMinimum !== 'boolean' && typeof schema.exclusiveMaximum !== 'boolean')
    return schema;
  const next: Record<string, JsonValue> = { ...schema };
  exclusive(next, 'minimum', 'exclusiveMinimum');
  exclusive(next, 'maximum', 'exclusiveMaximum');
  return next;
}

function exclusive(schema: Record<string, JsonValue>, bound: string, flag: string): void {
  const isExclusive = schema[flag];
  if (typeof isExclusive !== 'boolean') return;
  delete schema[flag];
  const value = schema[bound];
  if (!isExclusive || value === undefined) return;
  delete schema[bound];
  schema[flag] = value;
}
