/**
 * What a valid schema has evaluated of an instance: the annotations that `unevaluatedProperties` and
 * `unevaluatedItems` read (JSON Schema core, sections 10.3, 11.2 and 11.3). Each keyword contributes something
 * where the subschemas around it hold; what is evaluated is what any contribution covers.
 */
import { isArray, isObject, type JsonObject, type JsonValue, member } from '../../json/json-value.ts';
import type { Language } from '../../patterns/language.ts';
import type { Shape } from '../logic/formula.ts';
import type { Logic } from '../logic/logic.ts';
import type { Place, SchemaDocument } from './document.ts';
import { namesSpokenOf } from './object-keywords.ts';
import type { Strings } from './strings.ts';

/** What is evaluated of an instance that is valid and has the shape `when`. */
export interface Evaluated {
  readonly when: Shape;
  readonly what:
    | { readonly kind: 'members'; readonly names: Language }
    /** So many items from the first on; Infinity for all. */
    | { readonly kind: 'items'; readonly count: number }
    /** The items of a shape, wherever they stand (`contains`, since 2020-12). */
    | { readonly kind: 'contained'; readonly shape: Shape };
}

/** What contributions are computed with. */
export interface EvaluationTools {
  readonly logic: Logic;
  readonly strings: Strings;
  readonly document: SchemaDocument;
  readonly at: (place: Place) => Shape;
}

/** Undefined where what is evaluated is not known. */
type Contributions = readonly Evaluated[] | undefined;

/**
 * The contributions of the schema at a place, `except` for one keyword of its own. Undefined where a pattern is
 * not regular or references go in a circle.
 */
export function evaluatedAt(tools: EvaluationTools, place: Place, except?: string): Contributions {
  const { logic, document, at } = tools;
  const { both, complement, anything, languages } = logic;
  return contributionsOf(place, new Set(), except);

  function contributionsOf(here: Place, path: ReadonlySet<string>, without?: string): Contributions {
    const { schema } = here;
    if (!isObject(schema)) return [];
    const key = document.keyOf(here);
    if (path.has(key)) return undefined;
    const inner = new Set(path).add(key);
    return together(
      Object.entries(schema)
        .filter(([keyword]) => keyword !== without)
        .map(([keyword, value]) => contribution(keyword, value, schema, here, inner)),
    );
  }

  function contribution(
    keyword: string,
    value: JsonValue,
    schema: JsonObject,
    here: Place,
    path: ReadonlySet<string>,
  ): Contributions {
    const below = (part: JsonValue, ...steps: string[]) => document.descend(here, part, steps);
    const listed = () => (isArray(value) ? value.map((part, i) => below(part, keyword, String(i))) : []);
    switch (keyword) {
      case 'properties':
      case 'patternProperties': {
        const { inner, outer } = namesSpokenOf(tools, { [keyword]: value });
        return inner === outer ? members(inner) : undefined;
      }
      case 'additionalProperties':
      case 'unevaluatedProperties':
        return members(languages.all);
      case 'prefixItems':
        return document.dialect === '2020-12' && isArray(value) ? items(value.length) : [];
      case 'items':
        return items(isArray(value) ? value.length : Infinity);
      case 'additionalItems':
        return document.dialect === '2019-09' && isArray(member(schema, 'items')) ? items(Infinity) : [];
      case 'unevaluatedItems':
        return items(Infinity);
      case 'contains': {
        if (document.dialect !== '2020-12') return [];
        return [{ when: anything, what: { kind: 'contained', shape: at(below(value, keyword)) } }];
      }
      case 'allOf':
        return together(listed().map((part) => contributionsOf(part, path)));
      case 'anyOf':
      case 'oneOf':
        return together(listed().map((part) => onlyWhen(at(part), contributionsOf(part, path))));
      case 'if':
        return conditional(below(value, 'if'), schema, below, path);
      case 'dependentSchemas':
      case 'dependencies': {
        if (!isObject(value)) return [];
        const parts = Object.entries(value).filter(([, part]) => !isArray(part));
        return together(
          parts.map(([name, part]) =>
            onlyWhen(present(name), contributionsOf(below(part, keyword, name), path)),
          ),
        );
      }
      case '$ref':
      case '$dynamicRef':
      case '$recursiveRef': {
        const find = keyword === '$ref' ? document.resolve : document.resolveDynamic;
        const target = typeof value === 'string' ? find(value, here) : undefined;
        return target && contributionsOf(target, path);
      }
      default:
        return [];
    }
  }

  function members(names: Language): Contributions {
    return [{ when: anything, what: { kind: 'members', names } }];
  }

  function items(count: number): Contributions {
    return [{ when: anything, what: { kind: 'items', count } }];
  }

  function conditional(
    condition: Place,
    schema: JsonObject,
    below: (part: JsonValue, ...steps: string[]) => Place,
    path: ReadonlySet<string>,
  ): Contributions {
    const holds = at(condition);
    const branch = (keyword: string) => {
      const part = member(schema, keyword);
      return part === undefined ? [] : contributionsOf(below(part, keyword), path);
    };
    return together([
      onlyWhen(holds, contributionsOf(condition, path)),
      onlyWhen(holds, branch('then')),
      onlyWhen(complement(holds), branch('else')),
    ]);
  }

  function present(name: string): Shape {
    const names = languages.words([name]);
    return logic.only(
      'object',
      logic.atom({ kind: 'members', side: 'atLeast', count: 1, names, shape: anything }),
    );
  }

  function onlyWhen(when: Shape, contributions: Contributions): Contributions {
    return contributions?.map((each) => ({ ...each, when: both([when, each.when]) }));
  }
}

function together(parts: readonly Contributions[]): Contributions {
  const known = parts.filter((part) => part !== undefined);
  return known.length === parts.length ? known.flat() : undefined;
}
