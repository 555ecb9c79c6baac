/**
 * The search for a JSON value of a shape. Shapes that meet themselves on the way down (recursive schemas) are
 * read as a least fixpoint: values are finite, so a shape that has values only if it already has some has none.
 */
import type { Budget } from '../budget.ts';
import { type Formula, JSON_TYPES, type JsonType, type Shape } from '../logic/formula.ts';
import type { Logic } from '../logic/logic.ts';
import { arrayOf } from './array.ts';
import { type Clause, eachClause } from './clause.ts';
import { numberOf } from './number.ts';
import { objectOf } from './object.ts';
import { firstFound, NONE, OUT_OF_BUDGET, type Outcome } from './outcome.ts';
import { refutesAtom } from './refute.ts';
import type { Search } from './search.ts';
import { stringOf } from './string.ts';
import { createFindWord } from './word.ts';

/** A shape's outcome, and the lowest open shape it rests on: on the guess that this one has no values. */
interface Settled {
  readonly outcome: Outcome;
  readonly restsOn: number;
}

/** A search that remembers what it settled; one for each decision. */
export function createSatisfy(logic: Logic, budget: Budget): (shape: Shape) => Outcome {
  const settled = new Map<Shape, Settled>();
  const open = new Map<Shape, number>();
  const guessed: Shape[] = [];
  let restsOn = Infinity;

  const findWord = createFindWord(logic.languages, budget);
  const search: Search = { logic, budget, findWord, satisfy, provedEmpty };

  function satisfy(shape: Shape): Outcome {
    if (shape === logic.nothing) return NONE;
    const known = settled.get(shape);
    if (known !== undefined) {
      restsOn = Math.min(restsOn, known.restsOn);
      return known.outcome;
    }
    const opened = open.get(shape);
    if (opened !== undefined) {
      restsOn = Math.min(restsOn, opened);
      return NONE;
    }
    if (!budget.spend(1)) return OUT_OF_BUDGET;
    return settle(shape);
  }

  function settle(shape: Shape): Outcome {
    const depth = open.size;
    const outer = restsOn;
    const mark = guessed.length;
    restsOn = Infinity;
    open.set(shape, depth);
    const outcome = firstFound(JSON_TYPES, (type) => valueIn(shape[type], type));
    open.delete(shape);
    const own = restsOn;
    if (outcome.kind === 'found') {
      // What was guessed empty below may rest on the guess that this shape is empty, which is now refuted.
      for (const guess of guessed.splice(mark)) settled.delete(guess);
      settled.set(shape, { outcome, restsOn: Infinity });
      restsOn = outer;
    } else if (own >= depth) {
      // Nothing further up was guessed: all guesses below are consistent, hence the least fixpoint.
      for (const guess of guessed.splice(mark)) {
        settled.set(guess, { outcome: settled.get(guess)?.outcome ?? NONE, restsOn: Infinity });
      }
      settled.set(shape, { outcome, restsOn: Infinity });
      restsOn = outer;
    } else {
      settled.set(shape, { outcome, restsOn: own });
      guessed.push(shape);
      restsOn = Math.min(outer, own);
    }
    return outcome;
  }

  function valueIn(formula: Formula, type: JsonType): Outcome {
    if (formula === logic.none) return NONE;
    const refutes = (held: Clause, atom: Formula) => refutesAtom(search, held, atom);
    return eachClause({ logic, budget, refutes, visit: (clause) => clauseValue(clause, type) }, formula);
  }

  function provedEmpty(shape: Shape): boolean {
    return (
      satisfy(shape).kind === 'none' &&
      (settled.get(shape)?.restsOn ?? Infinity) === Infinity &&
      !open.has(shape)
    );
  }

  function clauseValue(clause: Clause, type: JsonType): Outcome {
    switch (type) {
      case 'null':
        return { kind: 'found', value: null };
      case 'boolean':
        return { kind: 'found', value: clause.some((atom) => atom.kind === 'boolean' && atom.value) };
      case 'number':
        return numberOf(search, clause);
      case 'string':
        return stringOf(search, clause);
      case 'array':
        return arrayOf(search, clause);
      case 'object':
        return objectOf(search, clause);
    }
  }

  return satisfy;
}
