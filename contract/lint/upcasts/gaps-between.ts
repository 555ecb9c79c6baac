import {
  certainParts,
  type Evaluator,
  fingerprint,
  isObject,
  isSchema,
  type JsonSchema,
  type JsonValue,
  namesIn,
  propertyIn,
  requiredIn,
  type SchemaObject,
  typesOf,
  VARYING,
} from '@chirograph/schema';
import type { Gap, Workspace } from '../../model/index.ts';
import { comparisonBy, typesAbout } from './keyword-gaps.ts';
import { isSame } from './same.ts';

/**
 * Why a value of `narrow` need not be one of `wide`. Empty only where every value is: what cannot be compared is a gap.
 * Properties that `narrow` does not name are taken not to be there.
 */
export function gapsBetween(
  workspace: Workspace,
  evaluator: Evaluator,
  narrow: JsonSchema,
  wide: JsonSchema,
): readonly Gap[] {
  return new Comparison(workspace, evaluator).gaps(narrow, wide, []);
}

class Comparison {
  readonly #workspace: Workspace;
  readonly #evaluator: Evaluator;
  /** Pairs under way: values are finite, so a pair that comes up within itself adds nothing. */
  readonly #underWay = new Set<string>();

  constructor(workspace: Workspace, evaluator: Evaluator) {
    this.#workspace = workspace;
    this.#evaluator = evaluator;
  }

  gaps(narrow: JsonSchema, wide: JsonSchema, path: readonly string[]): readonly Gap[] {
    const pair = `${fingerprint(narrow)} ${fingerprint(wide)}`;
    if (wide === true || this.#underWay.has(pair)) return [];
    const parts = certainParts(this.#workspace, narrow);
    if (!parts) return [];
    this.#underWay.add(pair);
    const found = this.#values(narrow, parts, wide, path) ?? this.#parts(parts, wide, path);
    this.#underWay.delete(pair);
    return found;
  }

  /** Few values are tried one by one. */
  #values(
    narrow: JsonSchema,
    parts: readonly SchemaObject[],
    wide: JsonSchema,
    path: readonly string[],
  ): readonly Gap[] | undefined {
    const listed = parts.flatMap((it): (readonly JsonValue[])[] =>
      it.const !== undefined ? [[it.const]] : Array.isArray(it.enum) ? [it.enum as readonly JsonValue[]] : [],
    )[0];
    const refused = listed?.find(
      (it) => this.#evaluator.matches(narrow, it) && !this.#evaluator.matches(wide, it),
    );
    if (!listed) return undefined;
    return refused === undefined ? [] : [{ path, why: `may be \`${JSON.stringify(refused)}\`` }];
  }

  #parts(parts: readonly SchemaObject[], wide: JsonSchema, path: readonly string[]): readonly Gap[] {
    const wanted = certainParts(this.#workspace, wide);
    if (!wanted) return [{ path, why: 'may be there, and nothing is allowed there' }];
    const left = wanted.map((it) => withoutShared(parts, it)).filter((it) => Object.keys(it).length > 0);
    if (left.length === 0) return [];
    return this.#byBranches(parts, left, path) ?? distinct(left.flatMap((it) => this.#part(parts, it, path)));
  }

  /** Of alternatives each is held against what is wanted: they may well name properties of their own. */
  #byBranches(
    parts: readonly SchemaObject[],
    wanted: readonly SchemaObject[],
    path: readonly string[],
  ): readonly Gap[] | undefined {
    for (const [index, part] of parts.entries()) {
      const keyword = Array.isArray(part.anyOf) ? 'anyOf' : 'oneOf';
      const branches = part[keyword];
      if (!Array.isArray(branches)) continue;
      const { [keyword]: _, ...rest } = part;
      const others = parts.with(index, rest);
      for (const branch of branches.filter(isSchema)) {
        const found = this.gaps({ allOf: [...others, branch] }, { allOf: wanted }, path);
        if (found.length > 0) return found;
      }
      return [];
    }
    return undefined;
  }

  #part(parts: readonly SchemaObject[], wide: SchemaObject, path: readonly string[]): readonly Gap[] {
    const types = typesOf(parts);
    return Object.entries(wide).flatMap(([keyword, value]): readonly Gap[] => {
      const about = typesAbout(keyword);
      if (about === undefined) return [];
      if (about !== 'all' && types && !about.some((it) => types.has(it))) return [];
      if (!JOINT.has(keyword) && parts.some((it) => isSame(it[keyword], value))) return [];
      const compare = comparisonBy(keyword);
      if (compare) {
        const why = compare(
          parts,
          keyword === 'type' && wide.nullable === true ? [value, 'null'].flat() : value,
          types,
        );
        return why === undefined ? [] : [{ path, why }];
      }
      return this.#within(keyword, parts, wide, value, path);
    });
  }

  #within(
    keyword: string,
    parts: readonly SchemaObject[],
    wide: SchemaObject,
    value: JsonValue,
    path: readonly string[],
  ): readonly Gap[] {
    switch (keyword) {
      case 'required':
        return missing(parts, value).map((name) => ({ path: [...path, name], why: 'may be missing' }));
      case 'properties':
        return this.#properties(parts, value, path);
      case 'additionalProperties':
        return this.#others(parts, wide, value, path);
      case 'items':
        return this.#items(parts, value, path);
      case 'anyOf':
        return this.#anyOf(parts, value, path);
      default:
        return [{ path, why: `cannot be compared by \`${keyword}\`` }];
    }
  }

  #properties(parts: readonly SchemaObject[], wanted: JsonValue, path: readonly string[]): readonly Gap[] {
    return Object.entries(isObject(wanted) ? wanted : {}).flatMap(([name, wide]) => {
      const narrow = propertyIn(parts, name) ?? othersIn(parts, name);
      return narrow === undefined || !isSchema(wide) ? [] : this.gaps(narrow, wide, [...path, name]);
    });
  }

  #others(
    parts: readonly SchemaObject[],
    wide: SchemaObject,
    wanted: JsonValue,
    path: readonly string[],
  ): readonly Gap[] {
    if (!isSchema(wanted)) return [];
    const varying = [wide, ...parts].flatMap((it) =>
      VARYING.filter((keyword) => it[keyword] !== undefined),
    )[0];
    if (varying !== undefined) return [{ path, why: `cannot be compared by \`${varying}\`` }];
    const known = namesIn([wide]);
    const named = [...new Set([...namesIn(parts), ...requiredIn(parts)])].flatMap((name) => {
      if (known.has(name)) return [];
      const here = [...path, name];
      if (propertyIn(parts, name) === false) return [];
      if (wanted === false) return [{ path: here, why: 'has no place' }];
      return this.gaps(propertyIn(parts, name) ?? true, wanted, here);
    });
    const open = parts.map((it) => it.additionalProperties).find((it) => isObject(it));
    if (!isSchema(open)) return named;
    return [
      ...named,
      ...(wanted === false
        ? [{ path, why: 'may have keys that have no place' }]
        : this.gaps(open, wanted, path)),
    ];
  }

  #items(parts: readonly SchemaObject[], wanted: JsonValue, path: readonly string[]): readonly Gap[] {
    if (!isSchema(wanted)) return [{ path, why: 'cannot be compared by `items`' }];
    if (parts.some((it) => Array.isArray(it.items) || it.prefixItems !== undefined))
      return [{ path, why: 'cannot be compared by its items' }];
    const narrow = parts.map((it) => it.items).filter(isSchema);
    return this.gaps(narrow.length === 1 ? narrow[0]! : { allOf: narrow }, wanted, path);
  }

  #anyOf(parts: readonly SchemaObject[], wanted: JsonValue, path: readonly string[]): readonly Gap[] {
    const branches = Array.isArray(wanted) ? wanted.filter(isSchema) : [];
    const fits = branches.some((it) => this.gaps({ allOf: [...parts] }, it, path).length === 0);
    return fits ? [] : [{ path, why: 'may fit none of the branches of `anyOf`' }];
  }
}

/** Keywords that mean something else when another stands beside them. */
const JOINT = new Set([
  'if',
  'additionalProperties',
  'additionalItems',
  'items',
  'contains',
  'unevaluatedItems',
  'unevaluatedProperties',
  'type',
]);

function missing(parts: readonly SchemaObject[], wanted: JsonValue): string[] {
  const sure = requiredIn(parts);
  return (Array.isArray(wanted) ? wanted.map(String) : []).filter((it) => !sure.has(it));
}

/** What is known of a property that is not named; undefined where it is taken not to be there. */
function othersIn(parts: readonly SchemaObject[], name: string): JsonSchema | undefined {
  if (parts.some((it) => VARYING.some((keyword) => it[keyword] !== undefined))) return true;
  const open = parts.map((it) => it.additionalProperties).find((it) => isObject(it));
  if (isSchema(open)) return open;
  return requiredIn(parts).has(name) ? true : undefined;
}

/** What is wanted beside the conditions and alternatives that some part has too. */
function withoutShared(parts: readonly SchemaObject[], wanted: SchemaObject): SchemaObject {
  const shared = TOGETHER.filter(
    (keywords) =>
      wanted[keywords[0]] !== undefined &&
      parts.some((part) => keywords.every((it) => isSame(part[it], wanted[it]))),
  ).flat();
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([keyword]) =>
        (typesAbout(keyword) !== undefined || keyword === 'nullable') && !shared.includes(keyword),
    ),
  );
}

const TOGETHER: readonly (readonly [string, ...string[]])[] = [
  ['anyOf'],
  ['oneOf'],
  ['not'],
  ['if', 'then', 'else'],
];

function distinct(gaps: readonly Gap[]): readonly Gap[] {
  return [...new Map(gaps.map((it) => [JSON.stringify(it), it])).values()];
}
