import type { MessageContract } from '../contract/message-contract.ts';
import { addressFor } from '../contract/parameters.ts';
import { readHeaders } from '../contract/parse-headers.ts';
import type { MessageParts } from '../contract/part.ts';
import { ContractViolationError, type Violation } from '../contract/violation.ts';
import { readAddress } from '../ports/address.ts';
import type { Texts } from '../ports/message.ts';
import type { HttpParameter } from './http-command.ts';
import { HttpProblemError, type ProblemError } from './problem.ts';

/** What a path says in the braces of a command's path, percent-decoded; undefined where it is that of another. */
export function parametersIn(path: string, pathname: string): Texts | undefined {
  const segments = pathname.split('/').map(decoded);
  return segments.includes(undefined) ? undefined : readAddress(path, segments.join('/'));
}

/** Undefined for what is no UTF-8, and for an encoded slash, which would make another path of it. */
function decoded(segment: string): string | undefined {
  try {
    const text = decodeURIComponent(segment);
    return text.includes('/') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** The headers of a request that are the command's; those of others are none of the message's. */
export function headersIn(request: Request, parameters: readonly HttpParameter[]): Texts {
  return Object.fromEntries(
    parameters.flatMap(({ in: place, name }) => {
      const value = place === 'header' ? request.headers.get(name) : null;
      return value === null ? [] : [[name, value]];
    }),
  );
}

/** Checks what the path says by the contract of the command, and against the message where that says it too. */
export function checkParameters(
  contract: MessageContract<unknown>,
  parameters: Texts,
  message: MessageParts,
): void {
  try {
    addressFor(contract, parameters, message);
  } catch (error) {
    if (!(error instanceof ContractViolationError)) throw error;
    throw invalid('invalid-parameters', error.violations);
  }
}

/**
 * The headers as the contract's values.
 * @throws {HttpProblemError} for those that the caller has to say, an `Error` for those that the service should
 */
export function checkedHeaders(
  contract: MessageContract<unknown>,
  parameters: readonly HttpParameter[],
  headers: Texts,
): Texts {
  const read = readHeaders(contract, headers);
  // As a consumer hands them to the same handler: of the types that the contract gives them.
  if (read.kind === 'headers') return read.headers as Texts;
  const names = new Set(parameters.flatMap((it) => (it.in === 'header' ? `headers/${it.name}` : [])));
  const own = read.violations.filter(({ pointer }) => names.has(pointer.split('/').slice(0, 2).join('/')));
  if (own.length > 0) throw invalid('invalid-headers', own);
  const lacking = read.violations.map((it) => it.pointer).join(', ');
  throw new Error(`${contract.name} over HTTP lacks what \`headers\` should say: ${lacking}`);
}

function invalid(kind: 'invalid-parameters' | 'invalid-headers', violations: readonly Violation[]) {
  const errors = violations.map(({ pointer, expected, found }): ProblemError => {
    const [, parameter = ''] = pointer.split('/');
    return { parameter, detail: `should be ${expected}; found was ${found}` };
  });
  return new HttpProblemError(400, kind, undefined, { errors });
}
