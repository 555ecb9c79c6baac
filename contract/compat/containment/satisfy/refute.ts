import type { Formula, ObjectAtom, Shape } from '../logic/formula.ts';
import type { Clause } from './clause.ts';
import type { Search } from './search.ts';

/**
 * Whether an object atom on names that are written out is impossible beside the others, judged name by name.
 * This is what tells the branches of a tagged union apart without trying them all.
 */
export function refutesMembers({ logic, provedEmpty }: Search, held: Clause, atom: Formula): boolean {
  if (atom.kind !== 'members' || atom.names.kind !== 'words') return false;
  const { both, complement, languages } = logic;
  const { words } = atom.names;
  if (words.length > 1) return false;
  const [name] = words;
  if (name === undefined) return false;
  const speaking = held
    .filter((other) => other.kind === 'members')
    .filter(({ names }) => languages.has(names, name));
  const base = speaking.filter(isBar).map(({ shape }) => complement(shape));
  const impossible = (...shapes: readonly Shape[]) => provedEmpty(both([...base, ...shapes]));
  if (atom.side === 'atLeast') return impossible(atom.shape);
  if (atom.count > 0) return false;
  return speaking.some(
    (need) =>
      need.side === 'atLeast' && need.names === atom.names && impossible(need.shape, complement(atom.shape)),
  );
}

function isBar({ side, count }: ObjectAtom): boolean {
  return side === 'atMost' && count === 0;
}
