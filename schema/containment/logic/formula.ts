/**
 * The logic that schemas are translated into. A formula speaks about the values of *one* JSON type; a schema
 * is six of them, a shape. So no atom needs the guard "if it is a number", and every atom has an atom
 * as its negation: the logic is closed under negation without a `not`.
 *
 * After Attouche, Baazizi, Colazzo, Ghelli, Sartiani, Scherzinger, "Witness Generation for JSON Schema"
 * (VLDB 2022), section 4; counting members and items by one operator is ours.
 */
import type { Rational } from '../../json/rational.ts';
import type { Language } from '../../patterns/language.ts';

/** The types of JSON values; `integer` is a set of numbers, not a type. */
export type JsonType = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

/** All types, cheapest witness first. */
export const JSON_TYPES: readonly JsonType[] = ['null', 'boolean', 'number', 'string', 'array', 'object'];

/**
 * A set of JSON values: for each type, the formula that its values of that type satisfy. `null` has two
 * formulas only, `any` and `none`. Interned like formulas.
 */
export type Shape = { readonly id: number } & { readonly [type in JsonType]: Formula };

/** A statement about the values of one type, in negation normal form. Interned: equal terms are one object. */
export type Formula = { readonly id: number } & (
  | { readonly kind: 'any' }
  | { readonly kind: 'none' }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Formula[] }
  /** What a schema that is not to be looked at yet says about values of `type`. */
  | {
      readonly kind: 'reference';
      readonly target: Target;
      readonly type: JsonType;
      readonly negated: boolean;
    }
  | Atom
);

/** A shape that is asked for only when a search gets there. Equal keys, equal shapes. */
export interface Target {
  readonly key: string;
  readonly shape: () => Shape;
  /** Recursion: a shape that is known once all is translated, or a format, known but costly. */
  readonly kind: 'recursion' | 'format';
}

export type Atom = BooleanAtom | NumberAtom | StringAtom | ArrayAtom | ObjectAtom | OpaqueAtom;

/** What a keyword demands that is not understood in full. It may hold or not, but equal keys hold alike. */
export interface OpaqueAtom {
  readonly kind: 'opaque';
  readonly key: string;
  readonly bounds: Bounds;
  readonly negated: boolean;
}

/** What is known of an opaque demand: formulas that follow where it holds, and where it does not. */
export interface Bounds {
  readonly ifSo: Formula;
  readonly ifNot: Formula;
}

export interface BooleanAtom {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export type NumberAtom =
  | { readonly kind: 'above' | 'below'; readonly bound: Rational; readonly inclusive: boolean }
  /** An integer times `of`, or not; `of` is positive. */
  | { readonly kind: 'multiple'; readonly of: Rational; readonly negated: boolean }
  /** One of the values, or none of them. */
  | { readonly kind: 'among'; readonly values: readonly Rational[]; readonly negated: boolean };

export type StringAtom =
  | { readonly kind: 'language'; readonly language: Language }
  /** At least or at most so many code points. */
  | { readonly kind: 'length'; readonly side: Side; readonly count: number }
  | { readonly kind: 'predicate'; readonly predicate: StringPredicate; readonly negated: boolean };

/** A test on strings of which only bounds are known: `inner` implies it, it implies `outer`. */
export interface StringPredicate {
  readonly key: string;
  readonly inner: Language;
  readonly outer: Language;
  readonly test: (value: string) => boolean;
  readonly samples: readonly string[];
}

export type Side = 'atLeast' | 'atMost';

export type ArrayAtom =
  /** At least or at most `count` of the items from index `from` up to but not including `to` have the shape. */
  | {
      readonly kind: 'items';
      readonly side: Side;
      readonly count: number;
      readonly from: number;
      readonly to: number;
      readonly shape: Shape;
    }
  /** All items differ, or two are equal. */
  | { readonly kind: 'unique'; readonly negated: boolean };

/** At least or at most `count` of the members whose name is in the language have a value of the shape. */
export interface ObjectAtom {
  readonly kind: 'members';
  readonly side: Side;
  readonly count: number;
  readonly names: Language;
  readonly shape: Shape;
}
