import type { Budget } from '../budget.ts';
import type { Atom, Formula } from '../logic/formula.ts';
import type { Logic } from '../logic/logic.ts';
import { firstFound, NONE, OUT_OF_BUDGET, type Outcome } from './outcome.ts';

/** Atoms that are to hold together. */
export type Clause = readonly Atom[];

/** Formulas of which one is to hold. */
type Choice = readonly Formula[];

/** Looking whether an alternative is refuted is cheaper than a step. */
const LOOKS_PER_STEP = 8;

/** What the visit of clauses needs to know. */
export interface ClauseSearch {
  readonly logic: Logic;
  readonly budget: Budget;
  /** Whether an atom is known to be impossible beside the others. False if that takes a search. */
  readonly refutes: (held: Clause, atom: Formula) => boolean;
  /** A value for a clause. */
  readonly visit: (clause: Clause) => Outcome;
}

/**
 * Visits the clauses of a formula's disjunctive normal form until one has a value, as DPLL does: clauses that
 * hold a formula and its negation are cut early, alternatives that are refuted are dropped, a choice with one
 * alternative left is taken, and a choice of which one alternative already holds is forgotten. Opaque atoms
 * count as holding, so the clauses cover at least the formula.
 */
export function eachClause({ logic, budget, refutes, visit }: ClauseSearch, formula: Formula): Outcome {
  const { not } = logic;
  /** What holds on the current branch, in order of assumption, to be undone on the way back. */
  const trail: Formula[] = [];
  const holds = new Set<Formula>();
  const atoms: Atom[] = [];
  return explore([formula], []);

  function explore(given: readonly Formula[], inherited: readonly Choice[]): Outcome {
    if (!budget.spend(1)) return OUT_OF_BUDGET;
    const [trailMark, atomsMark] = [trail.length, atoms.length];
    const outcome = decide(given, inherited);
    for (const undone of trail.splice(trailMark)) holds.delete(undone);
    atoms.length = atomsMark;
    return outcome;
  }

  function decide(given: readonly Formula[], inherited: readonly Choice[]): Outcome {
    const choices = [...inherited];
    if (!assume(given, choices)) return NONE;
    const open = propagated(choices);
    if (open === undefined) return NONE;
    if (!budget.spend(open.length + atoms.length)) return OUT_OF_BUDGET;
    const choice = mostTelling(open);
    if (choice === undefined) return visit(atoms);
    const others = open.filter((other) => other !== choice);
    const refuted: Formula[] = [];
    return firstFound(choice, (alternative) => {
      const outcome = explore([alternative, ...refuted], others);
      // What has been tried in vain need not be tried again within the other alternatives.
      if (isAtom(alternative)) refuted.push(not(alternative));
      return outcome;
    });
  }

  /** Lets formulas hold and adds the choices they bring; false if they contradict what holds. */
  function assume(given: readonly Formula[], choices: Choice[]): boolean {
    const pending = [...given];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (next.kind === 'none' || holds.has(not(next))) return false;
      if (next.kind === 'any' || holds.has(next)) continue;
      holds.add(next);
      trail.push(next);
      switch (next.kind) {
        case 'and':
          pending.push(...next.of);
          break;
        case 'or':
          choices.push(next.of);
          break;
        case 'reference': {
          const meant = next.target.shape()[next.type];
          pending.push(next.negated ? not(meant) : meant);
          break;
        }
        case 'opaque':
          pending.push(next.negated ? next.bounds.ifNot : next.bounds.ifSo);
          break;
        default:
          if (refutes(atoms, next)) return false;
          atoms.push(next);
      }
    }
    return true;
  }

  /** The choices that remain when all forced ones are taken; undefined if one has no alternative left. */
  function propagated(given: readonly Choice[]): readonly Choice[] | undefined {
    let choices = given;
    for (;;) {
      const looks = choices.reduce((sum, { length }) => sum + length, 0);
      // A search that is out of steps finds out after this.
      if (!budget.spend(Math.ceil(looks / LOOKS_PER_STEP))) return choices;
      const forced: Formula[] = [];
      const open: Choice[] = [];
      for (const choice of choices) {
        if (choice.some((alternative) => holds.has(alternative) || refutes(atoms, not(alternative))))
          continue;
        const alive = choice.filter(
          (alternative) => !holds.has(not(alternative)) && !refutes(atoms, alternative),
        );
        if (alive.length === 0) return undefined;
        if (alive.length === 1) forced.push(alive[0]!);
        else open.push(alive);
      }
      if (forced.length === 0) return open;
      if (!assume(forced, open)) return undefined;
      choices = open;
    }
  }
}

function isAtom({ kind }: Formula): boolean {
  return kind !== 'and' && kind !== 'or' && kind !== 'reference' && kind !== 'opaque';
}

/**
 * The choice to branch on: one between whole conjunctions (the branches of an `anyOf`) before one between
 * atoms, since it decides many others; then one with few alternatives.
 */
function mostTelling(choices: readonly Choice[]): Choice | undefined {
  const cost = (choice: Choice) =>
    (choice.every(({ kind }) => kind === 'and') ? 0 : 1_000_000) + choice.length;
  return choices.reduce<Choice | undefined>(
    (best, next) => (best === undefined || cost(next) < cost(best) ? next : best),
    undefined,
  );
}
