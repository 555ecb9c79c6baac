/** A purse of steps: what bounds a decision in time and memory, the same on every machine. */
export interface Budget {
  /** Takes `steps` out; false once nothing is left. */
  spend(steps: number): boolean;
  exhausted(): boolean;
}

/** A budget of so many steps; a step is one derivative, one branch or one candidate. */
export function createBudget(steps: number): Budget {
  let left = steps;
  return {
    spend(spent) {
      left -= spent;
      return left > 0;
    },
    exhausted: () => left <= 0,
  };
}
