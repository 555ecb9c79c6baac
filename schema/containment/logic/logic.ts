import { compareRationals, rationalKey } from '../../json/rational.ts';
import type { Languages } from '../../patterns/language.ts';
import {
  type Atom,
  type Formula,
  JSON_TYPES,
  type JsonType,
  type Shape,
  type Side,
  type Target,
} from './formula.ts';

/** The constructors of formulas and shapes, over one store of languages. */
export interface Logic {
  readonly languages: Languages;
  readonly any: Formula;
  readonly none: Formula;
  atom(atom: Atom): Formula;
  reference(target: Target, type: JsonType): Formula;
  and(of: Iterable<Formula>): Formula;
  or(of: Iterable<Formula>): Formula;
  not(of: Formula): Formula;
  /** Every JSON value, and no JSON value. */
  readonly anything: Shape;
  readonly nothing: Shape;
  /** The values of one type that satisfy a formula. */
  only(type: JsonType, formula: Formula): Shape;
  /** All values of other types, and those of one type that satisfy a formula: what a keyword says. */
  when(type: JsonType, formula: Formula): Shape;
  shapeOf(target: Target): Shape;
  both(of: Iterable<Shape>): Shape;
  either(of: Iterable<Shape>): Shape;
  complement(of: Shape): Shape;
}

/** A fresh store of interned formulas and shapes. Terms of different stores must not meet. */
export function createLogic(languages: Languages): Logic {
  const formulas = new Map<string, Formula>();
  const negations = new Map<Formula, Formula>();
  const shapes = new Map<string, Shape>();
  const complements = new Map<Shape, Shape>();

  const any = intern('any', (id) => ({ id, kind: 'any' }));
  const none = intern('none', (id) => ({ id, kind: 'none' }));
  const anything = shape(() => any);
  const nothing = shape(() => none);

  function intern(key: string, create: (id: number) => Formula): Formula {
    const known = formulas.get(key);
    if (known !== undefined) return known;
    const formula = create(formulas.size);
    formulas.set(key, formula);
    return formula;
  }

  function atom(given: Atom): Formula {
    return trivial(given) ?? intern(atomKey(given), (id) => ({ ...given, id }));
  }

  /** What an atom says where it says nothing, or nothing can satisfy it. */
  function trivial(given: Atom): Formula | undefined {
    switch (given.kind) {
      case 'language':
        if (given.language === languages.all) return any;
        return given.language === languages.none ? none : undefined;
      case 'length':
        return counted(given.side, given.count, Infinity);
      case 'items':
        return counted(given.side, given.count, given.shape === nothing ? 0 : given.to - given.from);
      case 'members': {
        const empty = given.shape === nothing || given.names === languages.none;
        return counted(given.side, given.count, empty ? 0 : Infinity);
      }
      case 'among':
        if (given.values.length > 0) return undefined;
        return given.negated ? any : none;
      default:
        return undefined;
    }
  }

  function counted(side: Side, count: number, possible: number): Formula | undefined {
    if (side === 'atLeast') return count <= 0 ? any : count > possible ? none : undefined;
    return count < 0 ? none : count >= possible ? any : undefined;
  }

  function reference(target: Target, type: JsonType, negated = false): Formula {
    const key = `reference ${target.key} ${type} ${negated}`;
    return intern(key, (id) => ({ id, kind: 'reference', target, type, negated }));
  }

  function join(kind: 'and' | 'or', given: Iterable<Formula>): Formula {
    const [unit, zero] = kind === 'and' ? [any, none] : [none, any];
    const parts = new Set<Formula>();
    for (const part of given) {
      if (part === zero) return zero;
      if (part.kind === kind) for (const inner of part.of) parts.add(inner);
      else if (part !== unit) parts.add(part);
    }
    if (parts.size > 1) {
      for (const part of parts) if (parts.has(not(part))) return zero;
      mergeScalars(kind, parts);
      if (parts.has(zero)) return zero;
      parts.delete(unit);
    }
    const [first, ...others] = parts;
    if (first === undefined) return unit;
    if (others.length === 0) return first;
    const of = [...parts].sort((a, b) => a.id - b.id);
    return intern(`${kind} ${of.map((part) => part.id).join()}`, (id) => ({ id, kind, of }));
  }

  /** Makes one atom of all languages, and one of all sets of numbers: they are closed under both operators. */
  function mergeScalars(kind: 'and' | 'or', parts: Set<Formula>): void {
    const found: (Formula & { kind: 'language' })[] = [];
    const sets: (Formula & NumberSet)[] = [];
    for (const part of parts) {
      if (part.kind === 'language') found.push(part);
      else if (part.kind === 'among') sets.push(part);
    }
    if (found.length > 1) {
      for (const part of found) parts.delete(part);
      const joined = languages[kind](found.map(({ language }) => language));
      parts.add(atom({ kind: 'language', language: joined }));
    }
    if (sets.length > 1) {
      for (const part of sets) parts.delete(part);
      parts.add(atom(sets.reduce<NumberSet>((a, b) => joinNumbers(kind, a, b), sets[0]!)));
    }
  }

  function not(of: Formula): Formula {
    const known = negations.get(of);
    if (known !== undefined) return known;
    const result = negate(of);
    negations.set(of, result);
    if (!negations.has(result)) negations.set(result, of);
    return result;
  }

  function negate(of: Formula): Formula {
    switch (of.kind) {
      case 'any':
        return none;
      case 'none':
        return any;
      case 'and':
        return join('or', of.of.map(not));
      case 'or':
        return join('and', of.of.map(not));
      case 'reference':
        return reference(of.target, of.type, !of.negated);
      case 'boolean':
        return atom({ ...of, value: !of.value });
      case 'above':
        return atom({ ...of, kind: 'below', inclusive: !of.inclusive });
      case 'below':
        return atom({ ...of, kind: 'above', inclusive: !of.inclusive });
      case 'language':
        return atom({ ...of, language: languages.not(of.language) });
      case 'length':
      case 'items':
      case 'members':
        return of.side === 'atLeast'
          ? atom({ ...of, side: 'atMost', count: of.count - 1 })
          : atom({ ...of, side: 'atLeast', count: of.count + 1 });
      case 'multiple':
      case 'among':
      case 'predicate':
      case 'unique':
      case 'opaque':
        return atom({ ...of, negated: !of.negated });
    }
  }

  function shape(component: (type: JsonType) => Formula): Shape {
    const parts = {
      null: component('null'),
      boolean: component('boolean'),
      number: component('number'),
      string: component('string'),
      array: component('array'),
      object: component('object'),
    };
    const key = JSON_TYPES.map((type) => parts[type].id).join();
    const known = shapes.get(key);
    if (known !== undefined) return known;
    const result: Shape = { id: shapes.size, ...parts };
    shapes.set(key, result);
    return result;
  }

  function complement(of: Shape): Shape {
    const known = complements.get(of);
    if (known !== undefined) return known;
    const result = shape((type) => not(of[type]));
    complements.set(of, result);
    if (!complements.has(result)) complements.set(result, of);
    return result;
  }

  return {
    languages,
    any,
    none,
    atom,
    reference,
    and: (of) => join('and', of),
    or: (of) => join('or', of),
    not,
    anything,
    nothing,
    only: (type, formula) => shape((other) => (other === type ? formula : none)),
    when: (type, formula) => shape((other) => (other === type ? formula : any)),
    shapeOf: (target) => shape((type) => reference(target, type)),
    both: (of) => {
      const parts = [...of];
      return parts.length === 1
        ? parts[0]!
        : shape((type) =>
            join(
              'and',
              parts.map((part) => part[type]),
            ),
          );
    },
    either: (of) => {
      const parts = [...of];
      return parts.length === 1
        ? parts[0]!
        : shape((type) =>
            join(
              'or',
              parts.map((part) => part[type]),
            ),
          );
    },
    complement,
  };
}

type NumberSet = Extract<Atom, { kind: 'among' }>;

/** The union or intersection of two sets of numbers, each given by its members or by what it leaves out. */
function joinNumbers(kind: 'and' | 'or', a: NumberSet, b: NumberSet): NumberSet {
  // By De Morgan's laws the union is the complement of the intersection of the complements.
  if (kind === 'or') return opposite(joinNumbers('and', opposite(a), opposite(b)));
  if (a.negated && !b.negated) return joinNumbers('and', b, a);
  const inB = new Set(b.values.map(rationalKey));
  const [shared, own] = [
    a.values.filter((value) => inB.has(rationalKey(value))),
    a.values.filter((value) => !inB.has(rationalKey(value))),
  ];
  if (a.negated)
    return { kind: 'among', negated: true, values: [...own, ...b.values].sort(compareRationals) };
  return { kind: 'among', negated: false, values: b.negated ? own : shared };
}

function opposite(set: NumberSet): NumberSet {
  return { kind: 'among', values: set.values, negated: !set.negated };
}

function atomKey(atom: Atom): string {
  switch (atom.kind) {
    case 'boolean':
      return `boolean ${atom.value}`;
    case 'above':
    case 'below':
      return `${atom.kind} ${rationalKey(atom.bound)} ${atom.inclusive}`;
    case 'multiple':
      return `multiple ${rationalKey(atom.of)} ${atom.negated}`;
    case 'among':
      return `among ${atom.values.map(rationalKey).join()} ${atom.negated}`;
    case 'language':
      return `language ${atom.language.id}`;
    case 'length':
      return `length ${atom.side} ${atom.count}`;
    case 'predicate':
      return `predicate ${atom.predicate.key} ${atom.negated}`;
    case 'items':
      return `items ${atom.side} ${atom.count} ${atom.from} ${atom.to} ${atom.shape.id}`;
    case 'unique':
      return `unique ${atom.negated}`;
    case 'members':
      return `members ${atom.side} ${atom.count} ${atom.names.id} ${atom.shape.id}`;
    case 'opaque':
      return `opaque ${atom.key} ${atom.negated}`;
  }
}
