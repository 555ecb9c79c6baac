import {
  isObject,
  isSchema,
  type JsonSchema,
  type JsonValue,
  type Location,
  referencesOf,
  type SchemaObject,
} from '@chirograph/schema';
import type { NodeId, Schema, Workspace } from '../model/index.ts';
import { circlesIn } from './circles.ts';
import { only, typesOf } from './contradiction.ts';
import { ownPartsIn } from './own-parts.ts';
import { conjuncts } from './schema-nodes.ts';

/** Schemas of which every value holds another value of the same schemas: none comes to an end. */
export interface Endless {
  readonly at: Location;
  /** The names of the schemas, from the first one back to itself. */
  readonly names: readonly string[];
}

/**
 * The circles of schemas that require one another without a way out. A schema of which anything finite is a value is none
 * of them; where that is hard to tell, it counts as one.
 */
export function endlessIn(workspace: Workspace): Endless[] {
  const { schemas } = workspace;
  const open = new Map<NodeId, readonly Need[]>();
  const ownParts = new Set(ownPartsIn(workspace).flatMap(({ circle }) => circle));
  for (const { id, json } of withCircles(workspace)) {
    // Of what is its own part that is said, and nothing else.
    if (ownParts.has(id)) continue;
    const needs = typeof json === 'boolean' ? [] : needsOf(conjuncts(workspace, json));
    if (needs.length > 0) open.set(id, needs);
  }
  // From below: what needs only that which ends, ends as well.
  for (let before = -1; before !== open.size; ) {
    before = open.size;
    for (const [id, needs] of open) if (!needs.some((it) => isBlocked(workspace, it, open))) open.delete(id);
  }
  const edges = new Map(
    [...open].map(([id, needs]) => [id, needs.flatMap((it) => namesIn(workspace, it, open))]),
  );
  return circlesIn(edges).flatMap((circle) => {
    const [first = ''] = circle;
    const schema = schemas[first];
    return schema ? [{ at: schema.at, names: [...circle, first].map((id) => schemas[id]?.name ?? id) }] : [];
  });
}

/** The schemas that lead to a circle of references; whatever else there is ends. */
function withCircles({ schemas }: Workspace): Schema[] {
  const users = new Map<NodeId, NodeId[]>();
  const left = new Map<NodeId, number>();
  for (const { id, json } of Object.values(schemas)) {
    const targets = new Set(referencesOf(json).filter((it) => it in schemas));
    left.set(id, targets.size);
    for (const it of targets) {
      const known = users.get(it);
      if (known) known.push(id);
      else users.set(it, [id]);
    }
  }
  const ending = [...left].flatMap(([id, count]) => (count === 0 ? [id] : []));
  for (let id = ending.pop(); id !== undefined; id = ending.pop()) {
    left.delete(id);
    for (const user of users.get(id) ?? []) {
      const count = (left.get(user) ?? 0) - 1;
      left.set(user, count);
      if (count === 0) ending.push(user);
    }
  }
  return [...left.keys()].flatMap((id) => schemas[id] ?? []);
}

/** A value that no value of a schema can do without, by the schemas of which it must meet all, one list for each choice. */
type Need = readonly (readonly JsonSchema[])[];

type Open = ReadonlyMap<NodeId, unknown>;

/** What everything holds that meets all of some schemas; nothing where a string, say, does. */
function needsOf(parts: readonly SchemaObject[]): Need[] {
  if (parts.some((it) => it.const !== undefined || it.enum !== undefined)) return [];
  // A branch that is no schema has its own finding, and may have been meant as a way out.
  const choices = parts.flatMap((it) =>
    [it.anyOf, it.oneOf]
      .filter((all): all is JsonSchema[] => Array.isArray(all) && all.every((one) => isSchema(one)))
      .map((all): Need => all.map((one) => [one])),
  );
  const types = typesOf(parts);
  if (only(types, 'object')) return [...choices, ...membersOf(parts)];
  if (only(types, 'array')) return [...choices, ...itemsOf(parts)];
  return choices;
}

function membersOf(parts: readonly SchemaObject[]): Need[] {
  const required = new Set(
    parts.flatMap((it) => (Array.isArray(it.required) ? it.required.map(String) : [])),
  );
  return [...required].map(
    (name): Need => [
      parts.flatMap(({ properties, additionalProperties }) => {
        const own = isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
        return schemasIn(own ?? additionalProperties);
      }),
    ],
  );
}

function itemsOf(parts: readonly SchemaObject[]): Need[] {
  const isNeeded = parts.some(({ minItems }) => typeof minItems === 'number' && minItems > 0);
  return isNeeded ? [[parts.flatMap(({ items }) => schemasIn(items))]] : [];
}

function schemasIn(value: JsonValue | undefined): JsonSchema[] {
  return isSchema(value) ? [value] : [];
}

/** Whether none of the choices of a need can be had without a schema that is open. */
function isBlocked(workspace: Workspace, need: Need, open: Open): boolean {
  return need.every((all) => all.some((it) => blockersOf(workspace, it, open).length > 0));
}

function namesIn(workspace: Workspace, need: Need, open: Open): NodeId[] {
  return need.flat().flatMap((it) => blockersOf(workspace, it, open));
}

/** The open schemas that stand in the way of a value. What a closed one asks for has been found. */
function blockersOf(workspace: Workspace, schema: JsonSchema, open: Open): NodeId[] {
  if (typeof schema === 'boolean') return [];
  const own = partsInPlace(schema);
  const referred = own.flatMap(({ $ref }) => (typeof $ref === 'string' && open.has($ref) ? [$ref] : []));
  if (referred.length > 0) return referred;
  return needsOf(own).flatMap((it) => (isBlocked(workspace, it, open) ? namesIn(workspace, it, open) : []));
}

/** A schema and the parts of its `allOf` that are written in it. */
function partsInPlace(schema: SchemaObject): SchemaObject[] {
  const inner = Array.isArray(schema.allOf) ? schema.allOf.filter(isSchema).filter(isObject) : [];
  return [schema, ...inner.flatMap((it) => partsInPlace(it as SchemaObject))];
}
