import type { Budget } from '../budget.ts';
import type { Shape } from '../logic/formula.ts';
import type { Logic } from '../logic/logic.ts';
import type { Outcome } from './outcome.ts';
import type { FindWord } from './word.ts';

/** What the searches for values of each type share. */
export interface Search {
  readonly logic: Logic;
  readonly budget: Budget;
  readonly findWord: FindWord;
  /** A value of a shape: what arrays and objects ask for their items and members. */
  readonly satisfy: (shape: Shape) => Outcome;
  /** Whether a shape is proved to have no value, without resting on a guess. */
  readonly provedEmpty: (shape: Shape) => boolean;
}
