import type { NodeId } from '@chirograph/contract/model';
import { type Definition, isObject, type JsonSchema, type JsonValue } from '@chirograph/schema';
import {
  allOfParts,
  childrenAt,
  type Definitions,
  hasChild,
  keysOf,
  layered,
  type Rooted,
  type SchemaPart,
  tupleSize,
} from '@chirograph/schema/combine';

/**
 * Two schemas without what they have in common: fields of which both say word for word the same may hold anything in
 * both. What each demands is then the demand of its reduced schema and of the common part together, so that one contains
 * the other when the reduced one does. (The converse does not hold as such: a value found for the reduced schemas has
 * still to be filled up and put to the test.) Undefined where nothing can be left out.
 */
export function reduce(one: Rooted, other: Rooted): readonly [Rooted, Rooted] | undefined {
  if (one.schemas[one.root]?.dialect !== other.schemas[other.root]?.dialect) return undefined;
  const both: Both = {
    one: allOfParts(one.schemas, { $ref: one.root }),
    other: allOfParts(other.schemas, { $ref: other.root }),
  };
  if (both.one.length === 0 || both.other.length === 0) return undefined;
  const work = { left: MOST_WORK };
  const exact = { one: exactText(one.schemas, work), other: exactText(other.schemas, work) };
  let left = 0;

  const build = (field: Both, open: ReadonlySet<string>): readonly [JsonSchema, JsonSchema] => {
    const key = keyOf(field);
    if (work.left <= 0) return [true, true];
    if (open.has(key) || isInterwoven(field)) return [whole(field.one), whole(field.other)];
    const inner = new Set([...open, key]);
    const others = new Set(keysOf(field.other, 'properties'));
    const shared = keysOf(field.one, 'properties').filter((it) => others.has(it));
    const names = new Set(shared);
    const members = new Map<string, readonly [JsonSchema, JsonSchema]>();
    for (const name of shared) {
      const child = childOf(field, 'properties', name);
      if (isSame(child)) left += 1;
      else members.set(name, build(child, inner));
    }
    const isList = [field.one, field.other].every((it) => hasChild(it, 'items') && tupleSize(it) === 0);
    const items = isList ? childOf(field, 'items') : undefined;
    const element = items && (isSame(items) ? 'same' : build(items, inner));
    if (element === 'same') left += 1;
    const side = (conjuncts: readonly SchemaPart[], index: 0 | 1): JsonSchema => ({
      allOf: conjuncts.map(({ json }) => strip(json, names, isList)),
      ...(members.size > 0 && {
        properties: Object.fromEntries([...members].map(([name, pair]) => [name, pair[index]])),
      }),
      ...(Array.isArray(element) && { items: element[index] }),
    });
    return [side(field.one, 0), side(field.other, 1)];
  };

  const childOf = (field: Both, ...path: string[]): Both => ({
    one: childrenAt(one.schemas, field.one, ...path),
    other: childrenAt(other.schemas, field.other, ...path),
  });

  const isSame = (field: Both) => {
    const text = (conjuncts: readonly SchemaPart[], of: (json: JsonValue) => string) =>
      conjuncts
        .map(({ json }) => of(json))
        .sort()
        .join('\n');
    return text(field.one, exact.one) === text(field.other, exact.other);
  };

  const [first, second] = build(both, new Set());
  if (left === 0 || work.left <= 0) return undefined;
  return [rootedAt(one, first), rootedAt(other, second)];
}

/** So many values are looked at: definitions that many others refer to are met once for each way that leads to them. */
const MOST_WORK = 1_000_000;

interface Both {
  readonly one: readonly SchemaPart[];
  readonly other: readonly SchemaPart[];
}

/** A schema that knows what its neighbours have judged cannot be taken apart from them. */
function isInterwoven({ one, other }: Both): boolean {
  return [...one, ...other].some(({ json }) =>
    Object.keys(json).some((keyword) => /^unevaluated|^\$(dynamic|recursive|anchor|id)/.test(keyword)),
  );
}

function whole(conjuncts: readonly SchemaPart[]): JsonSchema {
  return { allOf: conjuncts.map(({ json }) => json) };
}

/** A schema's own keywords. Properties told elsewhere keep their names, which `additionalProperties` looks at. */
function strip(json: SchemaPart['json'], shared: ReadonlySet<string>, isList: boolean): JsonSchema {
  const { allOf: _, definitions: __, $defs: ___, ...rest } = json;
  const kept: Record<string, JsonValue> = { ...rest };
  if (isObject(json.properties)) {
    kept.properties = Object.fromEntries(
      Object.entries(json.properties).map(([name, it]) => [name, shared.has(name) ? true : it]),
    );
  }
  if (isList) delete kept.items;
  return kept;
}

function rootedAt({ schemas, root }: Rooted, json: JsonSchema): Rooted {
  const id: NodeId = `reduced:${root}`;
  const owner = schemas[root];
  if (!owner) return { schemas, root };
  const reduced: Definition = { ...owner, json };
  return { schemas: Object.assign(layered(schemas), { [id]: reduced }), root: id };
}

/** So many definitions are followed from one to the next: the stack ends. */
const MOST_DEPTH = 200;

/** A schema with its references followed, letter for letter: equal texts, equal meaning. */
function exactText(schemas: Definitions, work: { left: number }): (json: JsonValue) => string {
  const follow = (value: JsonValue, open: readonly NodeId[]): JsonValue => {
    work.left -= 1;
    if (open.length > MOST_DEPTH) work.left = 0;
    if (work.left <= 0) return null;
    if (Array.isArray(value)) return (value as readonly JsonValue[]).map((it) => follow(it, open));
    if (!isObject(value)) return value;
    const { $ref } = value;
    if (typeof $ref === 'string' && schemas[$ref]) {
      const depth = open.indexOf($ref);
      return depth >= 0
        ? { '\u0000circle': open.length - depth }
        : { '\u0000followed': follow(schemas[$ref].json, [...open, $ref]) };
    }
    return Object.fromEntries(
      Object.keys(value)
        .sort()
        .map((key) => [key, follow(value[key] ?? null, open)]),
    );
  };
  return (json) => JSON.stringify(follow(json, []));
}

function keyOf({ one, other }: Both): string {
  const text = (list: readonly SchemaPart[]) =>
    list.map((it) => `${it.schema}!${it.path.join('/')}`).join(' ');
  return `${text(one)} | ${text(other)}`;
}
