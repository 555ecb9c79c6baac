import {
  childPointer,
  equal,
  isObject,
  isSchema,
  type JsonSchema,
  type JsonValue,
  type Location,
  type SchemaObject,
} from '@chirograph/schema';
import { diagnose } from '../diagnostics/index.ts';
import { type NodeId, nodeId } from '../model/index.ts';
import type { LoadContext } from './load-context.ts';
import { mergePatch } from './merge-patch.ts';

/**
 * The headers of a message whose traits have headers too: all of them where they are about different things, so that a
 * trait's keep their name. Where two of them speak of one thing the later one decides ("Traits Merge Mechanism").
 * @param layers the schemas in the order of merging
 */
export function layerHeaders(
  context: LoadContext,
  layers: readonly NodeId[],
  { name, at }: { readonly name: string; readonly at: Location },
): NodeId {
  const id = `${nodeId(at)}+traits`;
  const schema = { id, at, name, dialect: 'draft-07' as const };
  context.nodes.add('schemas', { ...schema, json: { allOf: layers.map(($ref) => ({ $ref })) } });
  // What the layers say is known when all that has been begun is read.
  context.enqueueLast(() => {
    const read = layers.map((it) => context.nodes.get('schemas', it)?.json ?? true);
    if (read.every((it, index) => read.slice(index + 1).every((later) => areApart(it, later)))) return;
    reportLost(context, layers, read);
    const json = read.reduce((target, patch) => merged(context, target, patch));
    context.nodes.add('schemas', { ...schema, json, mergedFrom: layers });
  });
  return id;
}

/** A merge patch takes a list as a whole: of two lists of required headers the later one stands (RFC 7396, section 2). */
function reportLost(context: LoadContext, layers: readonly NodeId[], read: readonly JsonSchema[]): void {
  let former: readonly string[] = [];
  for (const [index, json] of read.entries()) {
    const required = isObject(json) && Array.isArray(json.required) ? json.required.map(String) : undefined;
    if (required === undefined) continue;
    const names = former.filter((it) => !required.includes(it));
    const at = context.nodes.get('schemas', layers[index]!)?.at;
    if (names.length > 0 && at) {
      const place = { file: at.file, pointer: childPointer(at.pointer, 'required') };
      context.report(diagnose('message/required-replaced', place, { names, all: [...required, ...names] }));
    }
    former = required;
  }
}

/** Whether two schemas of objects hold side by side just as they do merged. */
function areApart(a: JsonSchema, b: JsonSchema): boolean {
  if (typeof a === 'boolean' || typeof b === 'boolean') return a === true && b === true;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((keyword) => {
    if (SAID_FOR_PEOPLE.has(keyword)) return true;
    const [one, other] = [a[keyword], b[keyword]];
    if (keyword === 'type') return one === undefined || other === undefined || equal(one, other);
    if (keyword === 'required') return one === undefined || other === undefined || equal(one, other);
    if (keyword !== 'properties') return false;
    if (!isObject(one) || !isObject(other)) return true;
    return Object.keys(other).every((name) => one[name] === undefined || equal(one[name], other[name]!));
  });
}

const SAID_FOR_PEOPLE = new Set(['title', 'description', 'examples', 'default', 'deprecated', '$comment']);

/** Of two references, and of what is no object, the later one stands; what one refers to is merged with what is written. */
function merged(context: LoadContext, target: JsonSchema, patch: JsonSchema): JsonSchema {
  if (typeof target === 'boolean' || typeof patch === 'boolean') return patch;
  if (target.$ref !== undefined && patch.$ref !== undefined) return patch;
  const [one, other] = [target, patch].map((it) => referred(context, it));
  if (!one || !other) return patch;
  const { properties: _, ...rest } = other;
  return { ...mergePatch(one, rest), ...membersOf(context, one.properties, other.properties) };
}

function membersOf(
  context: LoadContext,
  one: JsonValue | undefined,
  other: JsonValue | undefined,
): SchemaObject {
  if (!isObject(one) || !isObject(other)) {
    const properties = other ?? one;
    return properties === undefined ? {} : { properties };
  }
  const properties: Record<string, JsonValue> = { ...one };
  for (const [name, later] of Object.entries(other)) {
    const former = one[name];
    properties[name] = isSchema(former) && isSchema(later) ? merged(context, former, later) : later;
  }
  return { properties };
}

/** What a schema that is a reference refers to. */
function referred({ nodes }: LoadContext, schema: SchemaObject): SchemaObject | undefined {
  if (typeof schema.$ref !== 'string') return schema;
  const json = nodes.get('schemas', schema.$ref)?.json;
  return isObject(json) ? (json as SchemaObject) : undefined;
}
