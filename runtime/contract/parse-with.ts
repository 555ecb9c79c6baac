import type { MessageContract } from './message-contract.ts';
import { ContractViolation } from './violation.ts';
import { violationsOf } from './violations-of.ts';

/** The value itself, known to be a `T`. Throws `ContractViolation` with every finding of the contract's validator. */
export function parseWith<T>(
  contract: Pick<MessageContract<T>, 'name' | 'version' | 'validate'>,
  value: unknown,
): T {
  if (contract.validate(value)) return value;
  const violations = violationsOf(contract.validate.errors ?? [], value);
  throw new ContractViolation(`${contract.name} ${contract.version}`, violations);
}
