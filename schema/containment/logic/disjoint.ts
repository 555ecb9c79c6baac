import { compareRationals, type Rational, rationalKey } from '../../json/rational.ts';
import { type Formula, JSON_TYPES, type JsonType, type ObjectAtom, type Shape } from './formula.ts';
import type { Logic } from './logic.ts';

/**
 * The values that exactly one of the shapes has (`oneOf`). Where no two of them share a value of some type, as
 * those of a tagged union, that is the values that one of them has: a formula that grows with their number and
 * not with its square.
 */
export function exactlyOne(logic: Logic, shapes: readonly Shape[]): Shape {
  const parts = JSON_TYPES.map((type) => {
    const formulas = shapes.map((shape) => shape[type]).filter((formula) => formula !== logic.none);
    const one = areDisjoint(logic, formulas, type) ? logic.or(formulas) : oneAlone(logic, formulas);
    return logic.only(type, one);
  });
  return logic.either(parts);
}

function oneAlone({ and, not, or }: Logic, formulas: readonly Formula[]): Formula {
  return or(formulas.map((formula, i) => and([formula, ...formulas.filter((_, j) => j !== i).map(not)])));
}

/** Whether it can be seen that no value satisfies two of the formulas. */
function areDisjoint(logic: Logic, formulas: readonly Formula[], type: JsonType): boolean {
  if (formulas.length <= 1) return true;
  if (type === 'number') return areApart(formulas);
  const tags = type === 'object' ? tagsOf(logic, formulas[0]!) : [];
  return tags.some((tag) => {
    const seen = new Set<string>();
    return formulas.every((formula) => {
      const values = tagValues(logic, formula, tag) ?? [];
      const isNew = values.length > 0 && !values.some((value) => seen.has(value));
      for (const value of values) seen.add(value);
      return isNew;
    });
  });
}

interface End {
  readonly bound: Rational;
  readonly inclusive: boolean;
}

/** An interval; open to the side that is undefined. */
interface Range {
  readonly above: End | undefined;
  readonly below: End | undefined;
}

/** Whether numbers lie in ranges that do not meet. */
function areApart(formulas: readonly Formula[]): boolean {
  const ranges = formulas.map(rangeOf).sort(byStart);
  return ranges.every(({ above }, i) => {
    const before = ranges[i - 1]?.below;
    if (i === 0) return true;
    if (above === undefined || before === undefined) return false;
    const order = compareRationals(before.bound, above.bound);
    return order < 0 || (order === 0 && !(before.inclusive && above.inclusive));
  });
}

/** Bounds that a formula has on its face; it may be narrower. */
function rangeOf(formula: Formula): Range {
  const parts = formula.kind === 'and' ? formula.of : [formula];
  const above = parts.find((part): part is Formula & End & { kind: 'above' } => part.kind === 'above');
  const below = parts.find((part): part is Formula & End & { kind: 'below' } => part.kind === 'below');
  return { above, below };
}

function byStart({ above: a }: Range, { above: b }: Range): number {
  if (a === undefined || b === undefined) return Number(b === undefined) - Number(a === undefined);
  return compareRationals(a.bound, b.bound);
}

function memberAtoms(formula: Formula): readonly ObjectAtom[] {
  const parts = formula.kind === 'and' ? formula.of : [formula];
  return parts.filter((part): part is Formula & ObjectAtom => part.kind === 'members');
}

/** The names that are required one by one. */
function tagsOf({ languages }: Logic, formula: Formula): readonly string[] {
  return memberAtoms(formula)
    .filter(({ side, names }) => side === 'atLeast' && names.kind === 'words' && names.words.length === 1)
    .flatMap(({ names }) => (names === languages.none || names.kind !== 'words' ? [] : names.words));
}

/** The values that a required member may have, by name; undefined where it is not required or they are many. */
function tagValues(logic: Logic, formula: Formula, tag: string): readonly string[] | undefined {
  const names = logic.languages.words([tag]);
  const atoms = memberAtoms(formula).filter((atom) => atom.names === names);
  if (!atoms.some(({ side }) => side === 'atLeast')) return undefined;
  const bar = atoms.find(({ side, count }) => side === 'atMost' && count === 0);
  return bar && valuesOf(logic, logic.complement(bar.shape));
}

function valuesOf({ any, none }: Logic, shape: Shape): readonly string[] | undefined {
  if (shape.array !== none || shape.object !== none) return undefined;
  const { boolean, number, string } = shape;
  if (string !== none && !(string.kind === 'language' && string.language.kind === 'words')) return undefined;
  if (number !== none && !(number.kind === 'among' && !number.negated)) return undefined;
  return [
    ...(shape.null === none ? [] : ['null']),
    ...(boolean === any ? ['true', 'false'] : boolean.kind === 'boolean' ? [`${boolean.value}`] : []),
    ...(number.kind === 'among' ? number.values.map(rationalKey) : []),
    ...(string.kind === 'language' && string.language.kind === 'words'
      ? string.language.words.map((word) => JSON.stringify(word))
      : []),
  ];
}
