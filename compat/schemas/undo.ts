import type { NodeId, Schema } from '@chirograph/contract/model';
import {
  isObject,
  isSchema,
  type JsonObject,
  type JsonValue,
  mapSubschemas,
  type SchemaObject,
} from '@chirograph/schema';
import { layered, type SchemaPlace } from '@chirograph/schema/combine';
import type { SchemaEdit } from '../change.ts';
import type { Schemas, Sides } from './aspect.ts';

/**
 * The schemas of the head with some changes undone: what the base had stands in place of what the head has. Undefined
 * where the head has no place for it (a schema that became `true`).
 */
export function undo(edits: readonly SchemaEdit[], { base, head }: Sides): Schemas | undefined {
  const schemas = layered(together(base, head));
  for (const edit of edits) {
    const [target] = edit.head;
    if (!target) return undefined;
    for (const place of edit.head) update(schemas, place, (json) => without(json, edit));
    for (const place of edit.base) {
      const former = jsonAt(base, place);
      if (former === undefined) continue;
      for (const keyword of edit.keywords) {
        if (!Object.hasOwn(former, keyword)) continue;
        const { [keyword]: value } = renameRefs({ [keyword]: former[keyword] as JsonValue });
        const places = edit.entries && VALUES.has(keyword) ? edit.head : [target];
        for (const it of places)
          update(schemas, it, (json) => restored(json, keyword, value ?? null, edit.entries));
      }
    }
  }
  return schemas;
}

const VALUES = new Set(['enum', 'const']);

/** The ids of base schemas, made different from those of the head. */
function baseId(id: NodeId): NodeId {
  return `base:${id}`;
}

const known = new WeakMap<Schemas, WeakMap<Schemas, Schemas>>();

/** The schemas of the head and, by other ids, those of the base. */
function together(base: Schemas, head: Schemas): Schemas {
  const ofBase = known.get(base) ?? new WeakMap<Schemas, Schemas>();
  known.set(base, ofBase);
  const made = ofBase.get(head) ?? { ...head, ...apart(base) };
  ofBase.set(head, made);
  return made;
}

function apart(base: Schemas): Schemas {
  return Object.fromEntries(
    Object.values(base).map((schema) => [
      baseId(schema.id),
      {
        ...schema,
        id: baseId(schema.id),
        json: typeof schema.json === 'boolean' ? schema.json : renameRefs(schema.json),
      },
    ]),
  );
}

function renameRefs(json: SchemaObject): SchemaObject {
  if (typeof json.$ref === 'string') return { ...json, $ref: baseId(json.$ref) };
  return mapSubschemas(json, (part) => (typeof part === 'boolean' ? part : renameRefs(part)));
}

function without(json: JsonObject, { keywords, entries }: SchemaEdit): JsonObject {
  const kept: Record<string, JsonValue> = { ...json };
  for (const keyword of keywords) {
    const value = json[keyword];
    if (value === undefined) continue;
    if (entries === undefined) delete kept[keyword];
    else if (isObject(value) && !VALUES.has(keyword)) {
      kept[keyword] = Object.fromEntries(Object.entries(value).filter(([name]) => !entries.includes(name)));
    } else if (keyword === 'enum' && Array.isArray(value)) {
      kept[keyword] = value.filter((it) => !entries.includes(JSON.stringify(it)));
    } else if (keyword === 'required' && Array.isArray(value)) {
      kept[keyword] = value.filter((it) => !entries.includes(it));
    }
  }
  return kept;
}

function restored(
  json: JsonObject,
  keyword: string,
  value: JsonValue,
  entries: readonly string[] | undefined,
): JsonObject {
  if (entries === undefined) {
    if (!Object.hasOwn(json, keyword)) return { ...json, [keyword]: value };
    const others = Array.isArray(json.allOf) ? (json.allOf as readonly JsonValue[]) : [];
    return { ...json, allOf: [...others, { [keyword]: value }] };
  }
  if (VALUES.has(keyword)) return withValues(json, keyword === 'const' ? [value] : value, entries);
  const own = json[keyword];
  if (Array.isArray(value)) {
    const names = value.filter((it) => entries.includes(it));
    if (names.length === 0) return json;
    return { ...json, [keyword]: [...(Array.isArray(own) ? own : []), ...names] };
  }
  if (!isObject(value)) return json;
  const picked = Object.fromEntries(Object.entries(value).filter(([name]) => entries.includes(name)));
  if (Object.keys(picked).length === 0) return json;
  return { ...json, [keyword]: { ...(isObject(own) ? own : {}), ...picked } };
}

function withValues(json: JsonObject, value: JsonValue, entries: readonly string[]): JsonObject {
  if (!Array.isArray(value)) return json;
  const back = value.filter((it) => entries.includes(JSON.stringify(it)));
  const { const: only, ...rest } = json;
  const now = Array.isArray(json.enum) ? json.enum : only === undefined ? undefined : [only];
  if (now === undefined || back.length === 0) return json;
  const texts = new Set(now.map((it) => JSON.stringify(it)));
  return { ...rest, enum: [...now, ...back.filter((it) => !texts.has(JSON.stringify(it)))] };
}

/** Replaces the JSON at a place; a place that is not there is left alone. */
export function update(
  schemas: Record<NodeId, Schema>,
  { schema, path }: SchemaPlace,
  change: (json: JsonObject) => JsonObject,
): void {
  const owner = schemas[schema];
  if (!owner) return;
  const at = (value: JsonValue, rest: readonly (string | number)[]): JsonValue => {
    const [part, ...more] = rest;
    if (part === undefined) return isObject(value) ? change(value) : value;
    if (Array.isArray(value)) {
      return (value as readonly JsonValue[]).map((it, index) => (index === Number(part) ? at(it, more) : it));
    }
    if (!isObject(value) || !Object.hasOwn(value, part)) return value;
    return { ...value, [part]: at(value[part] ?? null, more) };
  };
  const json = at(owner.json, path);
  if (isSchema(json)) schemas[schema] = { ...owner, json };
}

/** The object at a place; undefined where there is none. */
export function jsonAt(schemas: Schemas, { schema, path }: SchemaPlace): JsonObject | undefined {
  let value: JsonValue | undefined = schemas[schema]?.json;
  for (const part of path) {
    if (Array.isArray(value)) value = (value as readonly JsonValue[])[Number(part)];
    else value = isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }
  return isObject(value) ? value : undefined;
}
