import { type JsonValue, objectOf as objectFrom } from '../json/json-value.ts';
import type { Language } from '../language/language.ts';
import type { ObjectAtom, Shape } from '../logic/formula.ts';
import type { Clause } from './clause.ts';
import { type NameClass, nameClasses } from './name-class.ts';
import { firstFound, NONE, OUT_OF_BUDGET, type Outcome } from './outcome.ts';
import { type Role, rolesOf, takenFrom } from './role.ts';
import type { Search } from './search.ts';

interface Member {
  readonly from: NameClass;
  readonly shape: Shape;
}

/** Names that read well, tried before the shortest name that is allowed. */
const FRIENDLY_NAMES = ['extra', 'other', 'more', 'a', 'b', 'c', 'd', 'e'];

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
  );
  if (found === undefined) return OUT_OF_BUDGET;
  const classes: readonly NameClass[] = found;
  const choicesFor = needs.map((_, index) => classes.filter(({ covered }) => covered[index]));
  const order = [...needs.keys()].sort((a, b) => choicesFor[a]!.length - choicesFor[b]!.length);
  const names = new Map<NameClass, string[]>();
  const failed = new Set<string>();
  return extend(
    [],
    needs.map(({ count }) => count),
    limits.map(({ count }) => count),
  );

  function extend(members: readonly Member[], needed: readonly number[], left: readonly number[]): Outcome {
    const urgent = order.find((index) => needed[index]! > 0);
    if (urgent === undefined) return complete(members);
    if (!budget.spend(1 + classes.length)) return OUT_OF_BUDGET;
    if (outnumbered(needed, left)) return NONE;
    const key = `${needed} ${left} ${classes.map((of) => usesOf(of, members))}`;
    if (failed.has(key)) return NONE;
    const outcome = firstFound(choicesFor[urgent]!, (from) => {
      const name = nameOf(from, usesOf(from, members));
      if (name.kind !== 'found') return name;
      return firstFound(rolesIn(from, needed), (role) => {
        if (!budget.spend(1)) return OUT_OF_BUDGET;
        if (!role.meets.includes(urgent) || role.uses.some((index) => left[index] === 0)) return NONE;
        const value = satisfy(role.shape);
        if (value.kind !== 'found') return value;
        const member = { from, shape: role.shape };
        return extend([...members, member], takenFrom(needed, role.meets), takenFrom(left, role.uses));
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
          choicesFor[n]!.every(({ covered }) => covered[needs.length + l]),
      ),
    );
  }

  /** The name of the class's member number `index`. */
  function nameOf(from: NameClass, index: number): Outcome {
    const { and, has, not, words } = logic.languages;
    const taken = names.get(from) ?? [];
    names.set(from, taken);
    while (taken.length <= index) {
      const left: Language = and([from.names, not(words(taken))]);
      const friendly = FRIENDLY_NAMES.find((name) => from.names.kind !== 'words' && has(left, name));
      const result =
        friendly === undefined ? search.findWord(left) : { kind: 'found' as const, word: friendly };
      if (result.kind === 'none') return NONE;
      if (result.kind === 'unknown') return OUT_OF_BUDGET;
      taken.push(result.word);
    }
    return { kind: 'found', value: taken[index]! };
  }

  function complete(members: readonly Member[]): Outcome {
    const used = new Map<NameClass, number>();
    const entries: (readonly [string, JsonValue])[] = [];
    for (const { from, shape } of members) {
      const index = used.get(from) ?? 0;
      used.set(from, index + 1);
      const [name, value] = [nameOf(from, index), satisfy(shape)];
      if (name.kind !== 'found' || typeof name.value !== 'string' || value.kind !== 'found')
        return OUT_OF_BUDGET;
      entries.push([name.value, value.value]);
    }
    return { kind: 'found', value: objectFrom(entries) };
  }
}

function usesOf(of: NameClass, members: readonly Member[]): number {
  return members.filter(({ from }) => from === of).length;
}
