import { oncePerPair, type Workspace } from '@chirograph/contract/model';
import {
  isObject,
  isSchema,
  type JsonSchema,
  type JsonValue,
  type SchemaObject,
  tighter,
} from '@chirograph/schema';

/**
 * A schema without `allOf`, where its parts can be told as one: an envelope and a message become one object with one
 * list of properties. For printing only: of two formats or patterns the later stands. Of several conditions, all but the
 * first stay in an `allOf` of conditions alone. A part that says something else which has no place beside the others leaves
 * the `allOf` as it is.
 */
export function flatten(workspace: Workspace, schema: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean' || !Array.isArray(schema.allOf)) return schema;
  return withoutAllOf(workspace, schema);
}

const withoutAllOf = oncePerPair((workspace: Workspace, schema: SchemaObject): JsonSchema => {
  // Whoever comes by here again before the answer is known has come full circle.
  if (pending.has(schema)) return schema;
  pending.add(schema);
  try {
    return merged(workspace, schema);
  } finally {
    pending.delete(schema);
  }
});

const pending = new Set<SchemaObject>();

function merged(workspace: Workspace, schema: SchemaObject): JsonSchema {
  const { allOf, ...own } = schema;
  const parts = [...(allOf as readonly JsonValue[]).filter(isSchema), own];
  const described = describedReference(parts);
  if (described) return described;
  let all: SchemaObject | undefined = {};
  const named: { readonly reference: JsonSchema; readonly plain: SchemaObject }[] = [];
  for (const part of parts) {
    const plain = withoutReferences(workspace, part);
    if (typeof plain === 'boolean' || plain === undefined) return schema;
    if (typeof part === 'object' && part.$ref !== undefined) named.push({ reference: part, plain });
    all = merge(workspace, all, withRoomFor(all, plain));
    if (all === undefined) return schema;
  }
  // A reference that already says all that was merged keeps its name.
  const text = named.length === 0 ? undefined : constraints(all);
  const whole = named.find(({ plain }) => constraints(plain) === text);
  return whole === undefined ? all : { ...annotationsOf(all), allOf: [whole.reference] };
}

/** A part whose conditions stand in an `allOf` of their own where another part has such ones already. */
function withRoomFor(all: SchemaObject, part: SchemaObject): SchemaObject {
  const taken = CONDITIONS.filter(([first]) => first in part && first in all).flat();
  if (taken.length === 0) return part;
  const entries = Object.entries(part);
  const condition = Object.fromEntries(entries.filter(([keyword]) => taken.includes(keyword)));
  const { allOf, ...others } = Object.fromEntries(entries.filter(([keyword]) => !taken.includes(keyword)));
  return { ...others, allOf: [...(Array.isArray(allOf) ? allOf : []), condition] };
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

function areConditions(value: JsonValue): value is SchemaObject[] {
  return Array.isArray(value) && value.filter(isSchema).every(isCondition);
}

function constraints(schema: SchemaObject): string {
  const own = Object.entries(schema).filter(([keyword]) => !ANNOTATIONS.has(keyword));
  return JSON.stringify(own.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function annotationsOf(schema: SchemaObject): SchemaObject {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => ANNOTATIONS.has(keyword)));
}

/** A reference that the other parts only describe keeps its name: `allOf` is how draft-07 says more beside a `$ref`. */
function describedReference(parts: readonly JsonSchema[]): SchemaObject | undefined {
  const said = parts.filter(
    (it) => typeof it !== 'object' || Object.keys(it).some((key) => !ANNOTATIONS.has(key)),
  );
  const [reference] = said;
  if (said.length !== 1 || typeof reference !== 'object' || reference.$ref === undefined) return undefined;
  const notes = parts.filter((it): it is SchemaObject => typeof it === 'object' && it !== reference);
  return Object.assign({}, ...notes, { allOf: [reference] });
}

/** What a part says by itself and by what it refers to, through references of references; undefined of a circle. */
export function withoutReferences(workspace: Workspace, part: JsonSchema): JsonSchema | undefined {
  const seen = new Set<string>();
  let notes: SchemaObject = {};
  let plain = flatten(workspace, part);
  for (let to = referenceOf(plain); to !== undefined; to = referenceOf(plain)) {
    if (seen.has(to)) return undefined;
    seen.add(to);
    notes = { ...(typeof plain === 'object' ? annotationsOf(plain) : {}), ...notes };
    plain = flatten(workspace, workspace.schemas[to]?.json ?? true);
  }
  return typeof plain === 'boolean' || seen.size === 0 ? plain : { ...plain, ...notes };
}

/** Where a flattened schema leads that is a reference, alone or with a description beside it. */
function referenceOf(schema: JsonSchema): string | undefined {
  if (typeof schema === 'boolean') return undefined;
  const [only, ...others] = Array.isArray(schema.allOf) ? schema.allOf : [schema];
  const isAlone = only === schema || Object.keys(schema).every((it) => it === 'allOf' || ANNOTATIONS.has(it));
  return isAlone && others.length === 0 && isObject(only) && typeof only.$ref === 'string'
    ? only.$ref
    : undefined;
}

/** What describes rather than constrains: the later word stands. */
const ANNOTATIONS = new Set([
  'title',
  'description',
  'examples',
  'default',
  'deprecated',
  '$comment',
  'readOnly',
  'writeOnly',
]);

/** What constrains values in ways that types do not show. */
const UNSEEN = new Set([
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minProperties',
  'maxProperties',
]);

function merge(workspace: Workspace, earlier: SchemaObject, later: SchemaObject): SchemaObject | undefined {
  const merged: Record<string, JsonValue> = { ...earlier };
  for (const [keyword, value] of Object.entries(later)) {
    const former = merged[keyword];
    if (former === undefined || ANNOTATIONS.has(keyword)) merged[keyword] = value;
    else if (UNSEEN.has(keyword)) merged[keyword] = tighter(keyword, former, value);
    else if (keyword === 'properties') merged.properties = mergeProperties(workspace, former, value);
    else if (keyword === 'required') merged.required = [...new Set([former, value].flat())];
    else if (keyword === 'allOf' && areConditions(former) && areConditions(value))
      merged.allOf = [...former, ...value];
    else if (JSON.stringify(former) !== JSON.stringify(value)) return undefined;
  }
  return merged;
}

function mergeProperties(workspace: Workspace, earlier: JsonValue, later: JsonValue): JsonValue {
  if (!isObject(earlier) || !isObject(later)) return later;
  const merged: Record<string, JsonValue> = { ...earlier };
  for (const [name, value] of Object.entries(later)) {
    const former = merged[name];
    merged[name] = former === undefined ? value : flatten(workspace, { allOf: [former, value] });
  }
  return merged;
}
