import { oncePerPair, type Workspace } from '@chirograph/contract/model';
import { isSchema, type JsonSchema, type JsonValue, type SchemaObject } from '@chirograph/schema';
import {
  allOfParts,
  BOUNDS,
  eachProperty,
  isAnnotation,
  mergeParts,
  type Reconcile,
  strictly,
} from '@chirograph/schema/combine';

/**
 * A schema without `allOf`, where its parts can be told as one: an envelope and a message become one object with one
 * list of properties. For printing only: of two formats or patterns the later stands. Of several conditions, all but the
 * first stay in an `allOf` of conditions alone. Parts that say something else which has no place beside the others leave the
 * `allOf` as it is.
 */
export function flatten(workspace: Workspace, schema: JsonSchema): JsonSchema {
  return typeof schema === 'boolean' || !Array.isArray(schema.allOf)
    ? schema
    : withoutAllOf(workspace, schema);
}

const withoutAllOf = oncePerPair((workspace: Workspace, schema: SchemaObject): JsonSchema => {
  const { allOf, ...own } = schema;
  const parts = [...(allOf as readonly JsonValue[]).filter(isSchema), own];
  const described = describedReference(parts);
  if (described) return described;
  const all = merged(workspace, schema);
  if (all === undefined) return schema;
  // A reference that already says all that was merged keeps its name.
  const text = constraints(all);
  const whole = parts.find((it) => {
    const said = typeof it === 'object' && it.$ref !== undefined ? merged(workspace, it) : undefined;
    return said !== undefined && constraints(said) === text;
  });
  return whole === undefined ? all : { ...annotationsOf(all), allOf: [whole] };
});

/** What a schema says by itself and by what it refers to; the schema itself where that cannot be told as one. */
export function withoutReferences(workspace: Workspace, schema: JsonSchema): JsonSchema {
  return typeof schema === 'boolean' ? schema : (merged(workspace, schema) ?? schema);
}

const merged = oncePerPair((workspace: Workspace, schema: SchemaObject): SchemaObject | undefined => {
  // Met again before the answer is known, the schema contains itself.
  if (pending.has(schema)) return undefined;
  pending.add(schema);
  try {
    const both: Reconcile = (a, b) => flatten(workspace, { allOf: [a, b] });
    const { plain, conditions } = apart(allOfParts(workspace.schemas, schema).map((it) => it.json));
    const all = mergeParts(plain, strictly({ ...SHOWN_BY_NO_TYPE, properties: eachProperty(both) }));
    return all && conditions.length > 0 ? { ...all, allOf: conditions } : all;
  } finally {
    pending.delete(schema);
  }
});

const pending = new Set<SchemaObject>();

/** Parts, and by themselves the conditions of those before which another one has such ones already. */
function apart(parts: readonly SchemaObject[]): { plain: SchemaObject[]; conditions: SchemaObject[] } {
  const taken = new Set<string>();
  const conditions: SchemaObject[] = [];
  const plain = parts.map((part) => {
    const found = CONDITIONS.filter(([first]) => first in part);
    const again = found.filter(([first]) => taken.has(first)).flat();
    for (const [first] of found) taken.add(first);
    if (again.length === 0) return part;
    const entries = Object.entries(part);
    conditions.push(Object.fromEntries(entries.filter(([keyword]) => again.includes(keyword))));
    return Object.fromEntries(entries.filter(([keyword]) => !again.includes(keyword)));
  });
  return { plain, conditions };
}

/** Whether a part says nothing but what holds under a condition. */
export function isCondition(part: JsonSchema): part is SchemaObject {
  return typeof part === 'object' && Object.keys(part).every((it) => CONDITIONAL.has(it));
}

/** Keywords that hold under a condition, each with those that mean nothing without it. */
const CONDITIONS: readonly (readonly [string, ...string[]])[] = [
  ['if', 'then', 'else'],
  ['dependencies'],
  ['dependentSchemas'],
  ['dependentRequired'],
];

const CONDITIONAL = new Set(CONDITIONS.flat());

const laterStands: Reconcile = (_, later) => later;

/** What constrains values in ways that types do not show. */
const SHOWN_BY_NO_TYPE: Readonly<Record<string, Reconcile>> = {
  format: laterStands,
  pattern: laterStands,
  multipleOf: laterStands,
  ...BOUNDS,
};

function constraints(schema: SchemaObject): string {
  const own = Object.entries(schema).filter(([keyword]) => !isAnnotation(keyword));
  return JSON.stringify(own.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function annotationsOf(schema: SchemaObject): SchemaObject {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => isAnnotation(keyword)));
}

/** A reference that the other parts only describe keeps its name: `allOf` is how draft-07 says more beside a `$ref`. */
function describedReference(parts: readonly JsonSchema[]): SchemaObject | undefined {
  const said = parts.filter((it) => typeof it !== 'object' || !Object.keys(it).every(isAnnotation));
  const [only] = said;
  if (said.length !== 1 || typeof only !== 'object') return undefined;
  const notes = parts.filter((it): it is SchemaObject => typeof it === 'object' && it !== only);
  if (only.$ref !== undefined) return Object.assign({}, ...notes, { allOf: [only] });
  // A part that is an `allOf` of one reference itself.
  const { allOf, ...own } = only;
  if (!Array.isArray(allOf) || !Object.keys(own).every(isAnnotation)) return undefined;
  const inner = describedReference(allOf.filter(isSchema));
  return inner && Object.assign({}, inner, own, ...notes, { allOf: inner.allOf });
}
