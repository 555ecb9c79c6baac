import type { ArrayAtom, Formula, NumberAtom, ObjectAtom, Shape } from '../logic/formula.ts';
import type { Clause } from './clause.ts';
import { isContradictory, isNumberAtom, numberFits } from './number.ts';
import type { Search } from './search.ts';

type Items = Extract<ArrayAtom, { kind: 'items' }>;

/**
 * Whether an atom is impossible beside those that hold, judged by what can be seen at a glance: bounds and sizes,
 * and members and items that are named one by one. This is what tells the branches of a tagged union, or of a
 * union of ranges, apart without trying them all.
 */
export function refutesAtom(search: Search, held: Clause, atom: Formula): boolean {
  switch (atom.kind) {
    case 'above':
    case 'below':
    case 'multiple':
    case 'among':
      return refutesNumber(held, atom);
    case 'length':
      return held.some((other) => other.kind === 'length' && isBeyond(other, atom));
    case 'items':
      return refutesItems(search, held, atom);
    case 'members':
      return refutesMembers(search, held, atom);
    default:
      return false;
  }
}

/** How many listed numbers are looked at one by one. */
const FEW = 64;

function refutesNumber(held: Clause, atom: NumberAtom): boolean {
  const atoms = [...held.filter(isNumberAtom), atom];
  const listed = atoms.find((other) => other.kind === 'among' && !other.negated);
  if (listed?.kind !== 'among') return isContradictory(atoms);
  const { values } = listed;
  return values.length <= FEW && !values.some((value) => atoms.every((other) => numberFits(other, value)));
}

interface Sized {
  readonly side: 'atLeast' | 'atMost';
  readonly count: number;
}

/** Whether one asks for more than the other allows. */
function isBeyond(a: Sized, b: Sized): boolean {
  if (a.side === b.side) return false;
  return a.side === 'atLeast' ? a.count > b.count : b.count > a.count;
}

function refutesItems(search: Search, held: Clause, atom: Items): boolean {
  const { anything } = search.logic;
  const items = held.filter((other): other is Items => other.kind === 'items');
  if (atom.shape === anything) {
    const size = { side: atom.side, count: atom.from + atom.count };
    return items.some(
      (other) =>
        other.shape === anything && isBeyond({ side: other.side, count: other.from + other.count }, size),
    );
  }
  if (atom.to !== atom.from + 1) return false;
  const isHere = ({ from, to }: Items) => from <= atom.from && atom.to <= to;
  const isExactlyHere = ({ from, to }: Items) => from === atom.from && to === atom.to;
  return refutesAtPlace(search, items.filter(isHere), isExactlyHere, atom);
}

function refutesMembers(search: Search, held: Clause, atom: ObjectAtom): boolean {
  const { anything, languages } = search.logic;
  const members = held.filter((other): other is ObjectAtom => other.kind === 'members');
  if (atom.shape === anything && atom.names.kind === 'not' && isTooMany(search, [...members, atom]))
    return true;
  const [name, ...others] = atom.names.kind === 'words' ? atom.names.words : [];
  if (name === undefined || others.length > 0) return false;
  const speaking = members.filter(({ names }) => languages.has(names, name));
  return refutesAtPlace(search, speaking, ({ names }) => names === atom.names, atom);
}

/** Whether more members are asked for than a limit, or the names that are not barred, allow. */
function isTooMany({ logic: { anything, languages } }: Search, members: readonly ObjectAtom[]): boolean {
  let [least, most] = [0, Infinity];
  for (const { side, count, names, shape } of members) {
    if (shape !== anything || names.kind !== 'not' || names.of.kind !== 'words') continue;
    if (side === 'atMost') most = Math.min(most, count + names.of.words.length);
    else if (names === languages.all) least = Math.max(least, count);
  }
  return least > most;
}

/** The same for a place that holds one value at most: whatever is asked of it is asked of this value. */
function refutesAtPlace<Atom extends Sized & { readonly shape: Shape }>(
  { logic: { both, complement }, provedEmpty }: Search,
  speaking: readonly Atom[],
  isExactlyHere: (other: Atom) => boolean,
  atom: Sized & { readonly shape: Shape },
): boolean {
  if (atom.side === 'atLeast' && atom.count > 1) return true;
  if (atom.side === 'atMost' && atom.count > 0) return false;
  const bars = speaking.filter(({ side, count }) => side === 'atMost' && count === 0);
  const needs = speaking.filter((other) => other.side === 'atLeast' && isExactlyHere(other));
  // A bar says nothing where there need not be a value.
  if (atom.side === 'atMost' && needs.length === 0) return false;
  const own = atom.side === 'atLeast' ? atom.shape : complement(atom.shape);
  const asked = [own, ...needs.map(({ shape }) => shape), ...bars.map(({ shape }) => complement(shape))];
  return provedEmpty(both(asked));
}
