/**
 * Schemas into logic: each keyword says what it demands of the values of one type and is silent on the others
 * (JSON Schema core, section 7.6.1).
 */
import { isObject, type JsonObject, member } from '../../json/json-value.ts';
import type { CheckingKeyword } from '../../keywords/keyword-table.ts';
import { type Bounds, JSON_TYPES, type Shape } from '../logic/formula.ts';
import type { Logic } from '../logic/logic.ts';
import { arrayKeywords } from './array-keywords.ts';
import type { Place, SchemaDocument } from './document.ts';
import type { Keyword, Translation } from './keyword.ts';
import { logicKeywords } from './logic-keywords.ts';
import { numberKeywords } from './number-keywords.ts';
import { objectKeywords } from './object-keywords.ts';
import { stringKeywords } from './string-keywords.ts';
import type { Strings } from './strings.ts';
import { unevaluatedKeywords } from './unevaluated-keywords.ts';
import { valueKeywords } from './value-keywords.ts';

const KEYWORDS: Readonly<Record<CheckingKeyword, Keyword>> = {
  ...valueKeywords,
  ...logicKeywords,
  ...numberKeywords,
  ...stringKeywords,
  ...arrayKeywords,
  ...objectKeywords,
  ...unevaluatedKeywords,
};

const isChecking = (name: string): name is CheckingKeyword => Object.hasOwn(KEYWORDS, name);

/** Why something in a schema is not understood. */
export interface Gaps {
  /** Nothing is known of what it demands. */
  readonly opaque: string[];
  /** Bounds of what it demands are known. */
  readonly bounded: string[];
}

/**
 * The shape of a whole document. What is not understood becomes an opaque formula; the reason is added to
 * `gaps`.
 */
export function translate(logic: Logic, strings: Strings, document: SchemaDocument, gaps: Gaps): Shape {
  const done = new Map<string, Shape>();
  const open = new Map<string, number>();
  let descents = 0;

  function shapeAt(place: Place): Shape {
    const key = document.keyOf(place);
    const known = done.get(key);
    if (known !== undefined) return known;
    open.set(key, descents);
    const shape = shapeOf(place);
    open.delete(key);
    done.set(key, shape);
    return shape;
  }

  function shapeOf(place: Place): Shape {
    const { schema } = place;
    if (typeof schema === 'boolean') return schema ? logic.anything : logic.nothing;
    if (!isObject(schema))
      return opaque(`schema ${document.keyOf(place)}`, 'a schema is an object or a boolean');
    const reference = member(schema, '$ref');
    if (document.dialect === 'draft-07' && typeof reference === 'string')
      return refer(document.resolve(reference, place), reference, place);
    return logic.both(keywordShapes(schema, place));
  }

  function* keywordShapes(schema: JsonObject, place: Place): Iterable<Shape> {
    const translation = translationAt(schema, place);
    for (const [name, value] of Object.entries(schema)) {
      if (!isChecking(name)) continue;
      const shape = KEYWORDS[name](value, translation);
      yield shape ?? opaque(`${document.keyOf(place)}/${name}`, `${name} is malformed`);
    }
  }

  function translationAt(schema: JsonObject, place: Place): Translation {
    return {
      logic,
      strings,
      schema,
      place,
      document,
      bounded,
      opaque: (key, reason) => opaque(`${document.keyOf(place)} ${key}`, reason),
      inPlace: (part, ...path) => shapeAt(document.descend(place, part, path)),
      child: (part, ...path) => {
        descents += 1;
        const shape = shapeAt(document.descend(place, part, path));
        descents -= 1;
        return shape;
      },
      refer: (reference) => refer(document.resolve(reference, place), reference, place),
      referDynamically: (reference) => refer(document.resolveDynamic(reference, place), reference, place),
      at: reached,
    };
  }

  function refer(target: Place | undefined, reference: string, from: Place): Shape {
    if (target !== undefined) return reached(target);
    return opaque(`$ref ${document.danglingKey(reference, from)}`, `$ref ${reference} does not resolve`);
  }

  /** The shape of a place that may be in translation already: recursion becomes a reference. */
  function reached(place: Place): Shape {
    const key = document.keyOf(place);
    const started = open.get(key);
    if (started === undefined) return shapeAt(place);
    if (started === descents)
      return opaque(`loop ${key}`, `a reference to ${place.base}#${place.pointer} leads back to itself`);
    return logic.shapeOf({ kind: 'recursion', key, shape: () => translated(key) });
  }

  function translated(key: string): Shape {
    const shape = done.get(key);
    if (shape === undefined) throw new Error(`${key} is asked for before it is translated`);
    return shape;
  }

  function opaque(key: string, reason: string): Shape {
    gaps.opaque.push(reason);
    const bounds = { ifSo: logic.any, ifNot: logic.any };
    const formula = logic.atom({ kind: 'opaque', key, bounds, negated: false });
    return logic.both(JSON_TYPES.map((type) => logic.when(type, formula)));
  }

  function bounded(key: string, reason: string, bounds: Bounds): Shape {
    gaps.bounded.push(reason);
    return logic.when('object', logic.atom({ kind: 'opaque', key, bounds, negated: false }));
  }

  return shapeAt(document.root);
}
