import type { Violation } from '../contract/violation.ts';

/** An error as RFC 9457 has it: `application/problem+json`. */
export interface Problem {
  /** Names the kind of problem; the same for the same cause, in every release. */
  readonly type: string;
  /** The same for people, in a few words. */
  readonly title: string;
  readonly status: number;
  /** About this very request. */
  readonly detail?: string | undefined;
  /** Of a refusal: which of the failures of the command it is. */
  readonly code?: string | undefined;
  /** The id of the command that was refused. */
  readonly commandId?: string | undefined;
  /** Of a request that departs from its contract: where, and how. */
  readonly errors?: readonly ProblemError[] | undefined;
}

export interface ProblemError {
  /** JSON pointer into the body, for what is wrong there. */
  readonly pointer?: string | undefined;
  /** The parameter of the path, or the header, that is wrong. */
  readonly parameter?: string | undefined;
  readonly detail: string;
}

export const PROBLEM_TYPE = 'application/problem+json';

/** What the API itself says, whatever the command: the titles by what their types end in. */
const TITLES = {
  'not-json': 'The body is not JSON',
  'invalid-body': 'The body departs from its contract',
  'invalid-parameters': 'The path departs from its contract',
  'invalid-headers': 'The headers depart from their contract',
  'too-large': 'The body is too large',
  'unsupported-media-type': 'The content type is not JSON',
  'not-found': 'There is no such command',
  'method-not-allowed': 'The method is not allowed',
  'idempotency-key-missing': 'The Idempotency-Key is missing',
  'idempotency-key-invalid': 'The Idempotency-Key is not valid',
  'idempotency-key-reused': 'The Idempotency-Key has come with another request',
  unauthenticated: 'The caller is not known',
  forbidden: 'The caller may not do that',
  unavailable: 'Try again later',
  'internal-error': 'The command could not be done',
} as const;

export type ApiProblem = keyof typeof TITLES;

/** Thrown, by `caller` say, to answer with a problem; nothing is done then. */
export class HttpProblemError extends Error {
  override readonly name = 'HttpProblemError';
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    kind: ApiProblem,
    detail?: string,
    { errors, headers = {} }: { errors?: readonly ProblemError[]; headers?: Record<string, string> } = {},
  ) {
    super(detail ?? TITLES[kind]);
    this.problem = { type: `urn:problem:${kind}`, title: TITLES[kind], status, detail, errors };
    this.headers = headers;
  }
}

export function problemResponse(problem: Problem, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': PROBLEM_TYPE, ...headers },
  });
}

/** Where a body departs from its contract, with pointers into the body and not into the message that holds it. */
export function errorsOf(violations: readonly Violation[], at: readonly string[]): readonly ProblemError[] {
  const prefix = at.map((it) => `/${it}`).join('');
  return violations.map(({ pointer, expected, found }) => ({
    pointer: pointer.startsWith(prefix) ? pointer.slice(prefix.length) : pointer,
    detail: `should be ${expected}; found was ${found}`,
  }));
}
