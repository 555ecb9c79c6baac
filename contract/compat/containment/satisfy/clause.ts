import type { Budget } from '../budget.ts';
import type { Atom, Formula } from '../logic/formula.ts';
import type { Logic } from '../logic/logic.ts';
import { firstFound, NONE, OUT_OF_BUDGET, type Outcome } from './outcome.ts';

/** Atoms that are to hold together. */
export type Clause = readonly Atom[];

/** A branch of the search: what holds so far, and the alternatives not yet chosen from. */
interface Branch {
  readonly holds: Set<Formula>;
  readonly atoms: Atom[];
  choices: (readonly Formula[])[];
}

/**
 * Visits the clauses of a formula's disjunctive normal form until one has a value. Clauses that hold an atom
 * and its negation are cut early; an alternative whose negation holds is dropped, and the last one left is
 * taken (unit propagation). Opaque atoms count as holding: the clauses cover at least the formula.
 */
export function eachClause(
  logic: Logic,
  budget: Budget,
  formula: Formula,
  visit: (clause: Clause) => Outcome,
): Outcome {
  return explore({ holds: new Set(), atoms: [], choices: [] }, [formula]);

  function explore(branch: Branch, given: readonly Formula[]): Outcome {
    if (!budget.spend(1)) return OUT_OF_BUDGET;
    if (!assume(branch, given) || !propagate(branch)) return NONE;
    const choice = branch.choices.reduce<readonly Formula[] | undefined>(
      (least, next) => (least === undefined || next.length < least.length ? next : least),
      undefined,
    );
    if (choice === undefined) return visit(branch.atoms);
    const choices = branch.choices.filter((other) => other !== choice);
    return firstFound(choice, (alternative) =>
      explore({ holds: new Set(branch.holds), atoms: [...branch.atoms], choices: [...choices] }, [
        alternative,
      ]),
    );
  }

  /** Lets formulas hold; false if they contradict what holds. */
  function assume(branch: Branch, given: readonly Formula[]): boolean {
    const pending = [...given];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (next.kind === 'none' || branch.holds.has(logic.not(next))) return false;
      if (next.kind === 'any' || branch.holds.has(next)) continue;
      branch.holds.add(next);
      switch (next.kind) {
        case 'and':
          pending.push(...next.of);
          break;
        case 'or':
          branch.choices.push(next.of);
          break;
        case 'reference': {
          const meant = next.target.shape()[next.type];
          pending.push(next.negated ? logic.not(meant) : meant);
          break;
        }
        default:
          branch.atoms.push(next);
      }
    }
    return true;
  }

  /** Takes choices that are forced until none is; false if one has no alternative left. */
  function propagate(branch: Branch): boolean {
    for (;;) {
      const forced: Formula[] = [];
      const left: (readonly Formula[])[] = [];
      for (const choice of branch.choices) {
        if (choice.some((alternative) => branch.holds.has(alternative))) continue;
        const alive = choice.filter((alternative) => !branch.holds.has(logic.not(alternative)));
        if (alive.length === 0) return false;
        if (alive.length === 1) forced.push(alive[0]!);
        else left.push(alive);
      }
      branch.choices = left;
      if (forced.length === 0) return true;
      if (!assume(branch, forced)) return false;
    }
  }
}
