import { isSchema, type JsonSchema, type NodeId, type Schema } from '../../model/index.ts';
import { isObject, type JsonValue } from '../../source/index.ts';
import { namesIn, valuesOf } from './aspect.ts';
import { tupleSize } from './lists.ts';
import { requiredOf } from './objects.ts';
import { below, type Conjunct, childrenAt, conjunctsOf, expand, layered, type Schemas } from './schemas.ts';

/** Schemas and the one among them that is meant. */
export interface Rooted {
  readonly schemas: Schemas;
  readonly root: NodeId;
}

/**
 * What a producer writes who writes only what its contract declares: the instances of a schema in which no object has a
 * property that no schema names at its place. An object of which nothing is named is free: there the contract says that
 * anything may stand. See docs/compat.md, "Two policies".
 *
 * The answer is the schema itself and, beside it, one that limits names alone. It is built field by field, from all
 * schemas that apply to the field at once: to close each of them by itself would refuse what its neighbours declare.
 * @param body what stands for the schema itself in the answer, where that is a reduced one
 */
export function declared({ schemas, root }: Rooted, body: Rooted = { schemas, root }): Rooted {
  const dialect = schemas[root]?.dialect ?? 'draft-07';
  const made: Record<NodeId, Schema> = {};
  const known = new Map<string, NodeId>();
  const at = { file: '', pointer: '' };

  const add = (json: JsonSchema): NodeId => {
    const id = `declared:${Object.keys(made).length}`;
    made[id] = { id, at, name: 'Declared', dialect, json };
    return id;
  };

  /** A reference to the schema that limits the names of a field; the empty schema where it limits nothing. */
  const limit = (conjuncts: readonly Conjunct[]): JsonSchema => {
    if (conjuncts.length === 0) return true;
    const key = keyOf(conjuncts);
    const id = known.get(key);
    if (id !== undefined) return { $ref: id };
    const place = add(true);
    known.set(key, place);
    const json = limits(conjuncts, new Set());
    made[place] = { ...made[place]!, json };
    return json === true ? true : { $ref: place };
  };

  /** @param chosen owners of a `oneOf` of which one branch is among the conjuncts already */
  const limits = (conjuncts: readonly Conjunct[], chosen: ReadonlySet<string>): JsonSchema => {
    const union = conjuncts.find((it) => Array.isArray(it.json.oneOf) && !chosen.has(keyOf([it])));
    if (union && chosen.size < MOST_UNIONS) {
      const rest = new Set([...chosen, keyOf([union])]);
      const branches = union.json.oneOf as readonly JsonValue[];
      const open = branches.flatMap((branch, index) => {
        if (!isSchema(branch)) return [];
        const parts = expand(schemas, below(union, 'oneOf', index), branch);
        const json = limits([...conjuncts, ...parts], rest);
        return [json === true ? branch : { allOf: [branch, json] }];
      });
      const unlimited = open.every((it, index) => it === branches[index]);
      return unlimited ? true : { anyOf: open };
    }
    return fieldLimits(inPlace(schemas, conjuncts, chosen));
  };

  const fieldLimits = (all: readonly Conjunct[]): JsonSchema => {
    const json = { ...objectLimits(all), ...listLimits(all) };
    return Object.keys(json).length === 0 ? true : json;
  };

  const objectLimits = (all: readonly Conjunct[]): Record<string, JsonValue> => {
    const names = new Set([...namesIn(all, 'properties'), ...requiredOf(all)]);
    const patterns = namesIn(all, 'patternProperties');
    const map = mapOf(schemas, all);
    if ((names.size === 0 && patterns.length === 0 && map === undefined) || all.some(isFixed)) return {};
    const values = (name: string) => [
      ...childrenAt(schemas, all, 'properties', name),
      ...patterns
        .filter((it) => matches(it, name))
        .flatMap((it) => childrenAt(schemas, all, 'patternProperties', it)),
      ...(map ?? []),
    ];
    const properties = Object.fromEntries([...names].map((name) => [name, limit(values(name))]));
    const patternProperties = Object.fromEntries(
      patterns.map((pattern) => [
        pattern,
        [...names].some((name) => matches(pattern, name))
          ? true
          : limit([...childrenAt(schemas, all, 'patternProperties', pattern), ...(map ?? [])]),
      ]),
    );
    const further = all.some(({ json }) => json.propertyNames !== undefined)
      ? true
      : map !== undefined && limit(map);
    return {
      properties,
      ...(patterns.length > 0 && { patternProperties }),
      additionalProperties: further,
    };
  };

  const listLimits = (all: readonly Conjunct[]): Record<string, JsonValue> => {
    const every = [...childrenAt(schemas, all, 'items'), ...childrenAt(schemas, all, 'contains')];
    const places = tupleSize(all);
    const items = limit([...every, ...childrenAt(schemas, all, 'additionalItems')]);
    if (places === 0) return items === true ? {} : { items };
    const tuple = Array.from({ length: places }, (_, index) =>
      limit([
        ...every,
        ...childrenAt(schemas, all, 'items', index),
        ...childrenAt(schemas, all, 'prefixItems', index),
      ]),
    );
    return dialect === '2020-12' ? { prefixItems: tuple, items } : { items: tuple, additionalItems: items };
  };

  const names = limit(conjunctsOf(schemas, root));
  if (names === true) return body;
  const whole = add({ allOf: [{ $ref: body.root }, names] });
  return { schemas: Object.assign(layered(body.schemas), made), root: whole };
}

/** Beyond so many nested choices a value may take its names from any branch. */
const MOST_UNIONS = 4;

/** All schemas that may apply to the same value, whichever branches it takes. */
function inPlace(schemas: Schemas, conjuncts: readonly Conjunct[], chosen: ReadonlySet<string>): Conjunct[] {
  const found = new Map<string, Conjunct>();
  const open = [...conjuncts];
  for (let one = open.pop(); one; one = open.pop()) {
    const key = keyOf([one]);
    if (found.has(key)) continue;
    found.set(key, one);
    const lists = ['anyOf', ...(chosen.has(key) ? [] : ['oneOf'])];
    for (const keyword of lists) {
      const list = one.json[keyword];
      if (!Array.isArray(list)) continue;
      for (const index of list.keys()) open.push(...childrenAt(schemas, [one], keyword, index));
    }
    for (const keyword of ['if', 'then', 'else']) open.push(...childrenAt(schemas, [one], keyword));
    for (const keyword of ['dependencies', 'dependentSchemas'])
      for (const name of namesIn([one], keyword)) open.push(...childrenAt(schemas, [one], keyword, name));
  }
  return [...found.values()];
}

/** The schemas of an object's further properties, where one is written out; `{}` and `true` declare nothing. */
function mapOf(schemas: Schemas, all: readonly Conjunct[]): Conjunct[] | undefined {
  const maps = all.filter(({ json }) =>
    ['additionalProperties', 'unevaluatedProperties'].some((keyword) => {
      const value = json[keyword];
      return isObject(value) && Object.keys(value).length > 0;
    }),
  );
  if (maps.length === 0) return undefined;
  return [
    ...childrenAt(schemas, maps, 'additionalProperties'),
    ...childrenAt(schemas, maps, 'unevaluatedProperties'),
  ];
}

/** Whether whole objects are written out as values: they declare what they hold. */
function isFixed(conjunct: Conjunct): boolean {
  const fixed = [...valuesOf([conjunct], 'const'), ...valuesOf([conjunct], 'enum').flat()];
  return fixed.some((it) => typeof it === 'object' && it !== null);
}

function matches(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(name);
  } catch {
    return true;
  }
}

function keyOf(conjuncts: readonly Conjunct[]): string {
  return [...new Set(conjuncts.map(({ schema, path }) => `${schema}!${path.join('/')}`))].sort().join(' ');
}
