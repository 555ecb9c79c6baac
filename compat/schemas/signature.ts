import { createHash } from 'node:crypto';
import { type NodeId, oncePer, type Schema } from '@chirograph/contract/model';
import {
  isObject,
  isSchema,
  type JsonObject,
  type JsonSchema,
  type JsonValue,
  mapSubschemas,
} from '@chirograph/schema';
import type { Definitions } from '@chirograph/schema/combine';

/** Keywords that tell people something and validators nothing. */
const ANNOTATIONS = new Set(['$comment', 'deprecated', 'description', 'examples', 'externalDocs', 'title']);

const NONE: ReadonlySet<string> = new Set();

/** A schema's own text, with holes where it refers to others. */
interface Template {
  readonly text: string;
  readonly refs: readonly NodeId[];
}

/**
 * Answers for each schema a string that two schemas share only when they say the same, word for word, wherever they and
 * what they refer to are written. Each schema's own text is made once, so that a thousand messages with one envelope cost
 * little more than their own lines.
 * @param counts `validation`: words for people make no difference
 */
export function signatures(
  schemas: Definitions,
  counts: 'all' | 'validation' = 'all',
): (root: NodeId) => string {
  const templates = new Map<NodeId, Template>();
  const templateOf = (id: NodeId): Template => {
    const known = templates.get(id);
    if (known) return known;
    const refs: NodeId[] = [];
    const avro = (schemas[id] as Partial<Schema> | undefined)?.avro;
    if (avro !== undefined) {
      const template = { text: `avro${JSON.stringify(sorted(avro))}`, refs };
      templates.set(id, template);
      return template;
    }
    const text = JSON.stringify(
      holed(
        sorted(schemas[id]?.json ?? true) as JsonSchema,
        refs,
        counts === 'validation' ? ANNOTATIONS : NONE,
      ),
    );
    const template = { text: `${schemas[id]?.dialect}${text}`, refs };
    templates.set(id, template);
    return template;
  };
  return (root) => {
    const numbers = new Map<NodeId, number>([[root, 0]]);
    const texts: string[] = [];
    for (const id of numbers.keys()) {
      const { text, refs } = templateOf(id);
      for (const ref of refs) if (!numbers.has(ref)) numbers.set(ref, numbers.size);
      texts.push(text, refs.map((ref) => numbers.get(ref)).join(','));
    }
    return texts.join('\n');
  };
}

/** So many references deep what `meaningKey` is asked for is told apart. */
const DEPTH = 12;

/** What is longer stands for itself by its hash. */
const LONGEST = 200;

/**
 * A string that two parts of schemas share when they mean the same, whether they are written in place or referred to; annotations
 * are left out. The time that it takes grows with the definitions that a part leads to, not with the ways that lead to them.
 * What differs only behind more than DEPTH references is not told apart: this explains a change, and decides nothing.
 */
export function meaningKey(schemas: Definitions, json: JsonValue | undefined): string {
  const known = keysOfReferences(schemas);
  const keyOf = (value: JsonValue | undefined, depth: number): string => {
    if (Array.isArray(value))
      return short(`[${(value as readonly JsonValue[]).map((it) => keyOf(it, depth)).join()}]`);
    if (!isObject(value)) return JSON.stringify(value ?? null);
    const { $ref } = value;
    if (typeof $ref === 'string' && schemas[$ref]) return keyOfReference($ref, depth);
    const kept = Object.keys(value).filter((key) => !isAnnotation(value, key));
    return short(
      `{${kept
        .sort()
        .map((key) => `${JSON.stringify(key)}:${keyOf(value[key], depth)}`)
        .join()}}`,
    );
  };
  const keyOfReference = (id: NodeId, depth: number): string => {
    if (depth === 0) return '...';
    const name = `${depth} ${id}`;
    const found = known.get(name) ?? keyOf(schemas[id]?.json, depth - 1);
    known.set(name, found);
    return found;
  };
  return keyOf(json, DEPTH);
}

const keysOfReferences = oncePer((_: Definitions) => new Map<string, string>());

function short(text: string): string {
  return text.length <= LONGEST ? text : createHash('sha256').update(text).digest('base64');
}

/**
 * A schema's meaning as a string, references followed: for telling small parts apart. Annotations are left out. Of what is
 * very large the references that come last are told by name.
 */
export function meaningOf(schemas: Definitions, json: JsonValue | undefined): string {
  let left = MOST_FOLLOWED;
  const follow = (value: JsonValue | undefined, open: readonly NodeId[]): JsonValue => {
    if (Array.isArray(value)) return (value as readonly JsonValue[]).map((it) => follow(it, open));
    if (!isObject(value)) return value ?? null;
    const { $ref } = value;
    if (typeof $ref === 'string' && schemas[$ref]) {
      const depth = open.indexOf($ref);
      left -= 1;
      if (left < 0) return schemas[$ref].name;
      return depth >= 0 ? `circle ${open.length - depth}` : follow(schemas[$ref].json, [...open, $ref]);
    }
    const kept = Object.keys(value).filter((key) => !isAnnotation(value, key));
    return Object.fromEntries(kept.sort().map((key) => [key, follow(value[key], open)]));
  };
  return JSON.stringify(follow(json, []));
}

/** So many references are followed: definitions that others share are met once for each way that leads to them. */
const MOST_FOLLOWED = 200;

/** A property may be called `title`; then its value is a schema. */
function isAnnotation(value: JsonObject, key: string): boolean {
  return ANNOTATIONS.has(key) && (!isSchema(value[key]) || typeof value[key] === 'boolean');
}

/** A schema with its references taken out, in the order of its sorted keys. */
function holed(json: JsonSchema, refs: NodeId[], leftOut: ReadonlySet<string>): JsonSchema {
  if (typeof json === 'boolean') return json;
  if (typeof json.$ref === 'string') {
    refs.push(json.$ref);
    return { $ref: '' };
  }
  const own =
    leftOut.size > 0 ? Object.fromEntries(Object.entries(json).filter(([key]) => !leftOut.has(key))) : json;
  return mapSubschemas(own, (part) => holed(part, refs, leftOut));
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key] ?? null)]),
  );
}
