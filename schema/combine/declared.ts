import { isObject, type JsonValue } from '../json/json-value.ts';
import type { Definition, Dialect, JsonSchema } from '../keywords/schema.ts';
import { isSchema } from '../keywords/subschemas.ts';
import { regExpOf } from '../patterns/reg-exp.ts';
import { allOfParts, type SchemaPart } from './all-of-parts.ts';
import { below, childrenAt, type Definitions, keysOf, layered, tupleSize, valuesOf } from './part-values.ts';

/** Definitions and the one among them that is meant. */
export interface Rooted {
  readonly schemas: Definitions;
  readonly root: string;
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
  const limits = new Limits(schemas, schemas[root]?.dialect ?? 'draft-07');
  const names = limits.of(allOfParts(schemas, { $ref: root }));
  if (names === true) return body;
  const whole = limits.add({ allOf: [{ $ref: body.root }, names] });
  return { schemas: Object.assign(layered(body.schemas), limits.made), root: whole };
}

/** Definitions that limit names and nothing else, one for each field; fields described by the same schemas share theirs. */
class Limits {
  readonly made: Record<string, Definition> = {};
  #count = 0;
  readonly #schemas: Definitions;
  readonly #dialect: Dialect;
  readonly #known = new Map<string, string>();

  constructor(schemas: Definitions, dialect: Dialect) {
    this.#schemas = schemas;
    this.#dialect = dialect;
  }

  add(json: JsonSchema): string {
    const id = `declared:${this.#count}`;
    this.#count += 1;
    this.made[id] = { name: 'Declared', dialect: this.#dialect, json };
    return id;
  }

  /** A reference to the schema that limits the names of a field; the empty schema where it limits nothing. */
  of(parts: readonly SchemaPart[]): JsonSchema {
    if (parts.length === 0) return true;
    const key = keyOf(parts);
    const id = this.#known.get(key);
    if (id !== undefined) return { $ref: id };
    // A field that contains itself refers to the schema that is being made.
    const place = this.add(true);
    this.#known.set(key, place);
    const json = this.#limits(parts, new Set());
    this.made[place] = { ...this.made[place]!, json };
    return json === true ? true : { $ref: place };
  }

  /** @param chosen owners of a `oneOf` of which one branch is among the parts already */
  #limits(parts: readonly SchemaPart[], chosen: ReadonlySet<string>): JsonSchema {
    const union = parts.find((it) => Array.isArray(it.json.oneOf) && !chosen.has(keyOf([it])));
    if (union && chosen.size < MOST_UNIONS) return this.#byBranch(union, parts, chosen);
    const all = inPlace(this.#schemas, parts, chosen);
    const json = { ...this.#objects(all), ...this.#lists(all) };
    return Object.keys(json).length === 0 ? true : json;
  }

  /** A value takes its names from the branch that it meets. */
  #byBranch(union: SchemaPart, parts: readonly SchemaPart[], before: ReadonlySet<string>): JsonSchema {
    const rest = new Set([...before, keyOf([union])]);
    const branches = union.json.oneOf as readonly JsonValue[];
    const open = branches.flatMap((branch, index) => {
      if (!isSchema(branch)) return [];
      const chosen = allOfParts(this.#schemas, branch, below(union, 'oneOf', index));
      const json = this.#limits([...parts, ...chosen], rest);
      return [json === true ? branch : { allOf: [branch, json] }];
    });
    const unlimited = open.every((it, index) => it === branches[index]);
    return unlimited ? true : { anyOf: open };
  }

  #objects(all: readonly SchemaPart[]): Record<string, JsonValue> {
    const names = [
      ...new Set([...keysOf(all, 'properties'), ...valuesOf(all, 'required').flat().map(String)]),
    ];
    const patterns = keysOf(all, 'patternProperties');
    const map = mapOf(this.#schemas, all);
    if ((names.length === 0 && patterns.length === 0 && map === undefined) || all.some(isFixed)) return {};
    const byPattern = (pattern: string) => childrenAt(this.#schemas, all, 'patternProperties', pattern);
    const ofName = (name: string) =>
      this.of([
        ...childrenAt(this.#schemas, all, 'properties', name),
        ...patterns.filter((it) => matches(it, name)).flatMap(byPattern),
        ...(map ?? []),
      ]);
    const ofPattern = (pattern: string) =>
      names.some((name) => matches(pattern, name)) ? true : this.of([...byPattern(pattern), ...(map ?? [])]);
    const properties = Object.fromEntries(names.map((name) => [name, ofName(name)]));
    const patternProperties = Object.fromEntries(patterns.map((pattern) => [pattern, ofPattern(pattern)]));
    const areNamesOpen = all.some(({ json }) => json.propertyNames !== undefined);
    return {
      properties,
      ...(patterns.length > 0 && { patternProperties }),
      additionalProperties: areNamesOpen || (map !== undefined && this.of(map)),
    };
  }

  #lists(all: readonly SchemaPart[]): Record<string, JsonValue> {
    const under = (...path: readonly (string | number)[]) => childrenAt(this.#schemas, all, ...path);
    const every = [...under('items'), ...under('contains')];
    const places = tupleSize(all);
    const items = this.of([...every, ...under('additionalItems')]);
    if (places === 0) return items === true ? {} : { items };
    const tuple = Array.from({ length: places }, (_, index) =>
      this.of([...every, ...under('items', index), ...under('prefixItems', index)]),
    );
    return this.#dialect === '2020-12'
      ? { prefixItems: tuple, items }
      : { items: tuple, additionalItems: items };
  }
}

/** Beyond so many nested choices a value may take its names from any branch. */
const MOST_UNIONS = 4;

/** All schemas that may apply to the same value, whichever branches it takes. */
function inPlace(
  schemas: Definitions,
  parts: readonly SchemaPart[],
  chosen: ReadonlySet<string>,
): SchemaPart[] {
  const found = new Map<string, SchemaPart>();
  const open = [...parts];
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
      for (const name of keysOf([one], keyword)) open.push(...childrenAt(schemas, [one], keyword, name));
  }
  return [...found.values()];
}

/** The schemas of an object's further properties, where one is written out; `{}` and `true` declare nothing. */
function mapOf(schemas: Definitions, all: readonly SchemaPart[]): SchemaPart[] | undefined {
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
function isFixed(conjunct: SchemaPart): boolean {
  const fixed = [...valuesOf([conjunct], 'const'), ...valuesOf([conjunct], 'enum').flat()];
  return fixed.some((it) => typeof it === 'object' && it !== null);
}

function matches(pattern: string, name: string): boolean {
  return regExpOf(pattern)?.test(name) ?? true;
}

function keyOf(parts: readonly SchemaPart[]): string {
  return [...new Set(parts.map(({ schema, path }) => `${schema}!${path.join('/')}`))].sort().join(' ');
}
