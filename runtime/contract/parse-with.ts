import type { Texts } from '../ports/message.ts';
import { withDates } from './dates.ts';
import type { MessageContract } from './message-contract.ts';
import type { Validator } from './validator.ts';
import { ContractViolationError } from './violation.ts';
import { violationsOf } from './violations-of.ts';

/**
 * A value off the wire, known to be a `T`; itself, unless text in it becomes dates. Throws `ContractViolationError` with every
 * finding of the contract's validator.
 */
export function parseWith<T>(
  contract: Pick<MessageContract<T, unknown, Texts, unknown>, 'name' | 'version' | 'validate' | 'dates'>,
  value: unknown,
): T {
  return withDates(
    contract.dates,
    parseAs(`${contract.name} ${contract.version}`, contract.validate, value),
  ) as T;
}

/** The value itself, known to be a `T`. Throws `ContractViolationError`, which calls the contract by `title`. */
export function parseAs<T>(title: string, validate: Validator<T>, value: unknown): T {
  if (validate(value)) return value;
  throw new ContractViolationError(title, violationsOf(validate.errors ?? [], value));
}
