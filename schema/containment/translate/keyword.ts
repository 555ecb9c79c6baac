import type { JsonObject, JsonValue } from '../../json/json-value.ts';
import type { Bounds, Shape } from '../logic/formula.ts';
import type { Logic } from '../logic/logic.ts';
import type { Place, SchemaDocument } from './document.ts';
import type { Strings } from './strings.ts';

/** What a keyword demands, or undefined where its value is malformed. */
export type Keyword = (value: JsonValue, translation: Translation) => Shape | undefined;

/** What a keyword's translation may ask. */
export interface Translation {
  readonly logic: Logic;
  readonly strings: Strings;
  /** The schema that holds the keyword, for those that read their siblings. */
  readonly schema: JsonObject;
  readonly place: Place;
  readonly document: SchemaDocument;
  /** A shape of which nothing is known; `key` names the part of the schema that it stands for. */
  readonly opaque: (key: string, reason: string) => Shape;
  /** A demand on objects of which only bounds are known, except that the same key means the same demand. */
  readonly bounded: (key: string, reason: string, bounds: Bounds) => Shape;
  /** The shape of a subschema that speaks about the same value. */
  readonly inPlace: (schema: JsonValue, ...path: string[]) => Shape;
  /** The shape of a subschema that speaks about an item, a member or a name. */
  readonly child: (schema: JsonValue, ...path: string[]) => Shape;
  readonly refer: (reference: string) => Shape;
  /** The same for references that depend on how the schema was reached. */
  readonly referDynamically: (reference: string) => Shape;
  readonly at: (place: Place) => Shape;
}

/** The value as a count (lengths, sizes): an integer that is not negative; 2.0 is one. */
export function countOf(value: JsonValue): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}
