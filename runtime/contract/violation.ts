/** One place where a value departs from its contract. */
export interface Violation {
  /** JSON pointer into the payload; empty for the payload itself. */
  readonly pointer: string;
  /** The JSON Schema keyword that was broken, such as `minimum`. */
  readonly rule: string;
  /** What the contract wants, in words: `an integer`, `1 or more`. */
  readonly expected: string;
  /** What stands there, as short JSON, or `nothing`. */
  readonly found: string;
}

/** Thrown when a message that departs from its contract is about to be sent or used. */
export class ContractViolationError extends Error {
  override readonly name = 'ContractViolationError';
  readonly code = 'contract-violation';
  /** The contract's name and version, such as `loyalty.points.earned 2.0`. */
  readonly contract: string;
  /** At least one. */
  readonly violations: readonly Violation[];

  constructor(contract: string, violations: readonly Violation[]) {
    super(`${contract} breaks its contract: ${violations.map(sentence).join('; ')}`);
    this.contract = contract;
    this.violations = violations;
  }
}

function sentence({ pointer, rule, expected, found }: Violation): string {
  return `${pointer || 'the payload'} should be ${expected}, found ${found} (${rule})`;
}
