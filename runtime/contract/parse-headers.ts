import { withDates } from './dates.ts';
import { headersFromText } from './headers-text.ts';
import type { MessageContract } from './message-contract.ts';
import { ContractViolationError, type Violation } from './violation.ts';
import { violationsOf } from './violations-of.ts';

type Headed = Pick<MessageContract<unknown>, 'name' | 'version' | 'headers'>;

export type HeadersRead =
  | { readonly kind: 'headers'; readonly headers: unknown }
  | { readonly kind: 'violations'; readonly violations: readonly Violation[] };

/** Headers as they came, as the contract's values. The pointers of violations begin with `headers`. */
export function readHeaders(
  { headers: contract }: Headed,
  text: Readonly<Record<string, string>>,
): HeadersRead {
  if (!contract) return { kind: 'headers', headers: text };
  const headers = headersFromText(text, contract.json);
  if (contract.validate(headers)) {
    return { kind: 'headers', headers: withDates(contract.dates, headers) };
  }
  const violations = violationsOf(contract.validate.errors ?? [], headers);
  return {
    kind: 'violations',
    violations: violations.map((it) => ({ ...it, pointer: `headers${it.pointer}` })),
  };
}

/** As `readHeaders`. Throws `ContractViolationError` with every finding of the contract's validator. */
export function parseHeaders(contract: Headed, text: Readonly<Record<string, string>>): unknown {
  const read = readHeaders(contract, text);
  if (read.kind === 'headers') return read.headers;
  throw new ContractViolationError(`${contract.name} ${contract.version}`, read.violations);
}
