import { isWord, namesIn, readAddress, writeAddress } from '../ports/address.ts';
import type { MessageContract } from './message-contract.ts';
import { type MessageParts, readText } from './part.ts';
import { ContractViolationError, type Violation } from './violation.ts';

type Addressed = Pick<MessageContract<unknown>, 'name' | 'version' | 'channel' | 'parameters'>;

export type ParametersRead =
  | { readonly kind: 'parameters'; readonly parameters: Readonly<Record<string, string>> }
  | { readonly kind: 'violations'; readonly violations: readonly Violation[] };

/** What the address that a message came on says. The pointers of violations begin with `parameters`. */
export function readParameters(contract: Addressed, address: string): ParametersRead {
  const parameters = readAddress(contract.channel, address);
  if (!parameters) {
    // A message may well come on another channel of its consumer, unless something is to be learnt from the address.
    if (namesIn(contract.channel).length === 0) return { kind: 'parameters', parameters: {} };
    return violations([
      violation('', 'address', `from the address of a message on ${contract.channel}`, address),
    ]);
  }
  return ofTheirValues(contract, parameters);
}

/**
 * The address for a message: each parameter as it is given, else as the message says it, else the contract's default.
 * Throws `ContractViolationError` for one that is missing, is not among its values, contradicts the message, or could not be
 * read from the address again.
 */
export function addressFor(
  contract: Addressed,
  given: Readonly<Record<string, unknown>>,
  message: MessageParts,
): string {
  const { channel, parameters: said } = contract;
  const names = namesIn(channel);
  const found: Violation[] = [];
  const values: Record<string, string> = {};
  for (const name of names) {
    const { location, default: usual } = said?.[name] ?? {};
    const told = readText(location, message);
    const value = textOf(given[name]) ?? told ?? usual;
    if (value === undefined) {
      found.push(violation(name, 'required', `given: there is no address ${channel} without it`, undefined));
    } else if (told !== undefined && told !== value) {
      found.push(violation(name, 'location', `${JSON.stringify(told)}, as the message says`, value));
    } else if (!isWord(value)) {
      found.push(
        violation(name, 'word', `one word of an address, without . / * > # + { } and blanks`, value),
      );
    } else {
      values[name] = value;
    }
  }
  for (const name of Object.keys(given)) {
    if (!names.includes(name))
      found.push(violation(name, 'unknown', `left out: ${channel} has no such parameter`, given[name]));
  }
  if (found.length > 0) throw new ContractViolationError(titleOf(contract), found);

  const read = ofTheirValues(contract, values);
  if (read.kind === 'violations') throw new ContractViolationError(titleOf(contract), read.violations);
  const address = writeAddress(channel, values);
  const back = readAddress(channel, address) ?? {};
  const lost = names.filter((name) => back[name] !== values[name]);
  if (lost.length === 0) return address;
  const ambiguous = lost.map((name) =>
    violation(name, 'word', `something that can be told from its neighbours in ${address}`, values[name]),
  );
  throw new ContractViolationError(titleOf(contract), ambiguous);
}

function ofTheirValues(
  { parameters: said }: Addressed,
  parameters: Readonly<Record<string, string>>,
): ParametersRead {
  const found = Object.entries(parameters).flatMap(([name, value]) => {
    const values = said?.[name]?.values;
    if (!values || values.includes(value)) return [];
    return [violation(name, 'enum', `one of ${values.map((it) => JSON.stringify(it)).join(', ')}`, value)];
  });
  return found.length === 0 ? { kind: 'parameters', parameters } : violations(found);
}

function violations(found: readonly Violation[]): ParametersRead {
  return { kind: 'violations', violations: found };
}

function violation(name: string, rule: string, expected: string, found: unknown): Violation {
  const pointer = name === '' ? 'parameters' : `parameters/${name}`;
  return { pointer, rule, expected, found: found === undefined ? 'nothing' : JSON.stringify(found) };
}

/** As headers are, so may numbers be given. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function titleOf({ name, version }: Addressed): string {
  return `${name} ${version}`;
}
