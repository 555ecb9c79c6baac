/**
 * What a valid schema has evaluated of an instance: the annotations that `unevaluatedProperties` and
 * `unevaluatedItems` read (JSON Schema core, sections 10.3, 11.2 and 11.3). They depend on which subschemas
 * hold, so they come as cases; the cases of a schema cover all its instances.
 */
import { isArray, isObject, type JsonObject, type JsonValue, member } from '../json/json-value.ts';
import type { Language } from '../language/language.ts';
import type { Shape } from '../logic/formula.ts';
import type { Logic } from '../logic/logic.ts';
import type { Place, SchemaDocument } from './document.ts';
import { namesSpokenOf } from './object-keywords.ts';
import type { Strings } from './strings.ts';

/** What has been evaluated of an instance that is valid and has the shape `when`. */
export interface Evaluated {
  readonly when: Shape;
  /** The names of evaluated members. */
  readonly names: Language;
  /** How many items from the first on; Infinity for all. */
  readonly items: number;
  /** Shapes that make an item evaluated wherever it stands (`contains`, since 2020-12). */
  readonly containing: readonly Shape[];
}

/** What the cases are computed with. */
export interface EvaluationTools {
  readonly logic: Logic;
  readonly strings: Strings;
  readonly document: SchemaDocument;
  readonly at: (place: Place) => Shape;
}

type Cases = readonly Evaluated[] | undefined;

/** More cases than this are not worth their cost. */
const MOST_CASES = 64;

/**
 * The cases of the schema at a place, `except` for one keyword of its own. Undefined where a pattern is not
 * regular, references go in a circle, or the cases are too many.
 */
export function evaluatedAt(tools: EvaluationTools, place: Place, except?: string): Cases {
  const { logic, document, at } = tools;
  const { both, complement, anything, languages } = logic;
  const nothingYet: Evaluated = { when: anything, names: languages.none, items: 0, containing: [] };
  return casesOf(place, new Set(), except);

  function casesOf(here: Place, path: ReadonlySet<string>, without?: string): Cases {
    const { schema } = here;
    if (!isObject(schema)) return [nothingYet];
    const key = document.keyOf(here);
    if (path.has(key)) return undefined;
    const inner = new Set(path).add(key);
    let cases: Cases = [nothingYet];
    for (const [keyword, value] of Object.entries(schema)) {
      if (keyword === without) continue;
      cases = product(cases, contribution(keyword, value, schema, here, inner));
    }
    return cases;
  }

  function contribution(
    keyword: string,
    value: JsonValue,
    schema: JsonObject,
    here: Place,
    path: ReadonlySet<string>,
  ): Cases {
    const below = (part: JsonValue, ...steps: string[]) => document.descend(here, part, steps);
    const listed = () => (isArray(value) ? value.map((part, i) => below(part, keyword, String(i))) : []);
    switch (keyword) {
      case 'properties':
      case 'patternProperties': {
        const { inner, outer } = namesSpokenOf(tools, { [keyword]: value });
        return inner === outer ? [{ ...nothingYet, names: inner }] : undefined;
      }
      case 'additionalProperties':
      case 'unevaluatedProperties':
        return [{ ...nothingYet, names: languages.all }];
      case 'prefixItems':
        return [
          { ...nothingYet, items: document.dialect === '2020-12' && isArray(value) ? value.length : 0 },
        ];
      case 'items':
        return [{ ...nothingYet, items: isArray(value) ? value.length : Infinity }];
      case 'additionalItems':
        return [
          {
            ...nothingYet,
            items: document.dialect === '2019-09' && isArray(member(schema, 'items')) ? Infinity : 0,
          },
        ];
      case 'unevaluatedItems':
        return [{ ...nothingYet, items: Infinity }];
      case 'contains':
        return [
          { ...nothingYet, containing: document.dialect === '2020-12' ? [at(below(value, keyword))] : [] },
        ];
      case 'allOf':
        return listed()
          .map((part) => casesOf(part, path))
          .reduce(product, [nothingYet]);
      case 'anyOf':
        return listed()
          .map((part) => optional(part, at(part), path))
          .reduce(product, [nothingYet]);
      case 'oneOf': {
        const branches = listed().map((part) => onlyWhen(at(part), casesOf(part, path)));
        const known = branches.filter((branch) => branch !== undefined);
        return known.length === branches.length ? known.flat() : undefined;
      }
      case 'if':
        return conditional(below(value, 'if'), schema, below, path);
      case 'dependentSchemas':
      case 'dependencies': {
        if (!isObject(value)) return [nothingYet];
        const parts = Object.entries(value).filter(([, part]) => !isArray(part));
        return parts
          .map(([name, part]) => optional(below(part, keyword, name), present(name), path))
          .reduce(product, [nothingYet]);
      }
      case '$ref':
      case '$dynamicRef':
      case '$recursiveRef': {
        const find = keyword === '$ref' ? document.resolve : document.resolveDynamic;
        const target = typeof value === 'string' ? find(value, here) : undefined;
        return target && casesOf(target, path);
      }
      default:
        return [nothingYet];
    }
  }

  /** The cases of a subschema that counts when the instance has a shape, and of its absence otherwise. */
  function optional(part: Place, when: Shape, path: ReadonlySet<string>): Cases {
    const cases = casesOf(part, path);
    if (cases === undefined || cases.every(isEmpty)) return cases && [nothingYet];
    const counted = onlyWhen(when, cases);
    return counted && [...counted, { ...nothingYet, when: complement(when) }];
  }

  function conditional(
    condition: Place,
    schema: JsonObject,
    below: (part: JsonValue, ...steps: string[]) => Place,
    path: ReadonlySet<string>,
  ): Cases {
    const holds = at(condition);
    const [whenTrue, whenFalse] = [member(schema, 'then'), member(schema, 'else')];
    const yes = product(
      casesOf(condition, path),
      whenTrue === undefined ? [nothingYet] : casesOf(below(whenTrue, 'then'), path),
    );
    const no: Cases = whenFalse === undefined ? [nothingYet] : casesOf(below(whenFalse, 'else'), path);
    const [taken, refused] = [onlyWhen(holds, yes), onlyWhen(complement(holds), no)];
    return taken && refused && [...taken, ...refused];
  }

  function present(name: string): Shape {
    const names = languages.words([name]);
    return logic.only(
      'object',
      logic.atom({ kind: 'members', side: 'atLeast', count: 1, names, shape: anything }),
    );
  }

  function onlyWhen(when: Shape, cases: Cases): Cases {
    return cases?.map((each) => ({ ...each, when: both([when, each.when]) }));
  }

  function isEmpty({ names, items, containing }: Evaluated): boolean {
    return names === languages.none && items === 0 && containing.length === 0;
  }

  function product(a: Cases, b: Cases): Cases {
    if (a === undefined || b === undefined || a.length * b.length > MOST_CASES) return undefined;
    return a.flatMap((x) =>
      b.map((y) => ({
        when: both([x.when, y.when]),
        names: languages.or([x.names, y.names]),
        items: Math.max(x.items, y.items),
        containing: [...x.containing, ...y.containing],
      })),
    );
  }
}
