import { type JsonValue, objectOf as objectFrom } from '../../json/json-value.ts';
import type { Language } from '../../patterns/language.ts';
import type { ObjectAtom, Shape } from '../logic/formula.ts';
import type { Clause } from './clause.ts';
import { type NameClass, nameClasses } from './name-class.ts';
import { firstFound, NONE, OUT_OF_BUDGET, type Outcome } from './outcome.ts';
import { type Role, rolesOf, takenFrom } from './role.ts';
import type { Search } from './search.ts';
import type { WordSearch } from './word.ts';

interface Member {
  /** The place of its class in the list of classes. */
  readonly from: number;
  readonly shape: Shape;
}

/** Names that read well, tried before the shortest name that is allowed. */
const FRIENDLY_NAMES = ['extra', 'other', 'more', 'a', 'b', 'c', 'd', 'e'];

/** The most members that one need may ask for. */
const MOST_OF_A_KIND = 1000;

/** Where a need asks for more members than this, it is looked first whether every other one can be met at all. */
const MANY = 16;

/**
 * An object that satisfies the object atoms of a clause. Only members that meet a need are there; each takes
 * its name from a class of names that no atom tells apart, and a role towards the counts.
 */
export function objectOf(search: Search, clause: Clause): Outcome {
  const { logic, budget, satisfy } = search;
  const atoms = clause.filter((atom): atom is ObjectAtom => atom.kind === 'members');
  const bars = atoms.filter((atom) => atom.side === 'atMost' && atom.count === 0);
  const needs = atoms.filter((atom) => atom.side === 'atLeast');
  const limits = atoms.filter((atom) => atom.side === 'atMost' && atom.count > 0);
  if (needs.length === 0) return { kind: 'found', value: {} };

  const found = nameClasses(
    search,
    bars,
    needs.map(({ names }) => names),
    limits.map(({ names }) => names),
    needs.reduce((sum, { count }) => sum + count, 0),
  );
  if (found === undefined) return OUT_OF_BUDGET;
  const classes: readonly NameClass[] = found;
  const choicesFor = needs.map((_, index) =>
    [...classes.keys()].filter((place) => classes[place]!.covered[index]),
  );
  const order = [...needs.keys()].sort((a, b) => choicesFor[a]!.length - choicesFor[b]!.length);
  const size = Math.max(...needs.map(({ count }) => count));
  if (size > MANY && needs.some((need, index) => isHopeless(need, choicesFor[index]!))) return NONE;
  if (size > MOST_OF_A_KIND)
    return { kind: 'unknown', reason: `an object of ${size} members would be needed` };
  const names = classes.map((): string[] => []);
  const failed = new Set<string>();
  return extend(
    [],
    needs.map(({ count }) => count),
    limits.map(({ count }) => count),
    classes.map(() => 0),
  );

  /** Whether no member of any class can meet a need. */
  function isHopeless({ shape }: ObjectAtom, places: readonly number[]): boolean {
    return places.every((place) => satisfy(logic.both([classes[place]!.base, shape])).kind === 'none');
  }

  /** `used`: how many names of each class are taken. */
  function extend(
    members: readonly Member[],
    needed: readonly number[],
    left: readonly number[],
    used: readonly number[],
  ): Outcome {
    const urgent = order.find((index) => needed[index]! > 0);
    if (urgent === undefined) return complete(members);
    if (!budget.spend(1)) return OUT_OF_BUDGET;
    if (outnumbered(needed, left)) return NONE;
    const key = `${needed} ${left} ${used}`;
    if (failed.has(key)) return NONE;
    const outcome = firstFound(choicesFor[urgent]!, (from) => {
      const name = nameOf(from, used[from]!);
      if (name.kind !== 'found') return name;
      return firstFound(rolesIn(classes[from]!, needed), (role) => {
        if (!budget.spend(1)) return OUT_OF_BUDGET;
        if (!role.meets.includes(urgent) || role.uses.some((index) => left[index] === 0)) return NONE;
        const value = satisfy(role.shape);
        if (value.kind !== 'found') return value;
        const member = { from, shape: role.shape };
        return extend(
          [...members, member],
          takenFrom(needed, role.meets),
          takenFrom(left, role.uses),
          used.with(from, used[from]! + 1),
        );
      });
    });
    if (outcome.kind === 'none') failed.add(key);
    return outcome;
  }

  function rolesIn({ base, covered }: NameClass, needed: readonly number[]): Iterable<Role> {
    const open = [...needs.entries()].filter(([index]) => covered[index] && needed[index]! > 0);
    const counting = [...limits.entries()].filter(([index]) => covered[needs.length + index]);
    const shaped = ([index, { shape }]: readonly [number, ObjectAtom]) => [index, shape] as const;
    return rolesOf(logic, base, open.map(shaped), counting.map(shaped));
  }

  /** Whether some need asks for more members than a limit on all of them still allows. */
  function outnumbered(needed: readonly number[], left: readonly number[]): boolean {
    return limits.some((limit, l) =>
      needs.some(
        (need, n) =>
          needed[n]! > left[l]! &&
          (limit.shape === logic.anything || limit.shape === need.shape) &&
          choicesFor[n]!.every((place) => classes[place]!.covered[needs.length + l]),
      ),
    );
  }

  /** The name of member number `index` of the class at a place. */
  function nameOf(from: number, index: number): Outcome {
    const { names: allowed } = classes[from]!;
    const taken = names[from]!;
    while (taken.length <= index) {
      const result = nextName(allowed, taken);
      if (result.kind === 'none') return NONE;
      if (result.kind === 'unknown') return OUT_OF_BUDGET;
      taken.push(result.word);
    }
    return { kind: 'found', value: taken[index]! };
  }

  function nextName(allowed: Language, taken: readonly string[]): WordSearch {
    const { and, has, not, words } = logic.languages;
    if (allowed.kind === 'words') {
      const word = allowed.words[taken.length];
      return word === undefined ? { kind: 'none' } : { kind: 'found', word };
    }
    const numbered = `${FRIENDLY_NAMES[0]}${taken.length}`;
    const friendly = [...FRIENDLY_NAMES, numbered].find(
      (name) => !taken.includes(name) && has(allowed, name),
    );
    if (friendly !== undefined) return { kind: 'found', word: friendly };
    return search.findWord(and([allowed, not(words(taken))]));
  }

  function complete(members: readonly Member[]): Outcome {
    const used = classes.map(() => 0);
    const entries: (readonly [string, JsonValue])[] = [];
    for (const { from, shape } of members) {
      const [name, value] = [nameOf(from, used[from]!), satisfy(shape)];
      used[from]! += 1;
      if (name.kind !== 'found' || typeof name.value !== 'string' || value.kind !== 'found')
        return OUT_OF_BUDGET;
      entries.push([name.value, value.value]);
    }
    return { kind: 'found', value: objectFrom(entries) };
  }
}
