/** Who asks over HTTP, and in whose name: the same for every domain. */
import { HttpProblemError } from '@chirograph/runtime/http';

export interface Caller {
  readonly kind: 'admin' | 'user';
  readonly id: string;
}

/** Who sent the request, as whatever vouches for callers says; undefined for one who has not logged in. Throws for a proof that does not hold. */
export type Authenticate = (request: Request) => Promise<Caller | undefined>;

/** Lets nobody ask in the name of another. */
export function mustBe(caller: Caller | undefined, id: string): void {
  if (!caller) throw new HttpProblemError(401, 'unauthenticated', 'Log in first.');
  if (caller.id !== id)
    throw new HttpProblemError(403, 'forbidden', 'That is asked in the name of somebody else.');
}

/**
 * For trying things out: `Authorization: Bearer user:<id>` or `admin:<id>` is believed. A service that others reach checks a token that only
 * its issuer can make.
 */
export const believing: Authenticate = async (request) => {
  const given = request.headers.get('authorization');
  if (given === null) return undefined;
  const [, kind, id] = /^Bearer (admin|user):([0-9a-f-]{36})$/.exec(given) ?? [];
  if (id === undefined)
    throw new HttpProblemError(401, 'unauthenticated', 'The token is not one of the sandbox.');
  return { kind: kind === 'admin' ? 'admin' : 'user', id };
};

/** A refusal's status by what its code says: of what is not there 404, of who may not 403; else 409, for what is there contradicts the command. */
export function statusOf(code: string): number {
  if (/_(NOT_FOUND|UNKNOWN)$/.test(code)) return 404;
  return /NOT_(AN_ADMIN|LOGGED_IN|THE_USER|THE_INSTRUCTOR)$/.test(code) ? 403 : 409;
}

/** A text of a body, whose shape nobody has checked yet. */
export function textIn(body: unknown, field: string): string | undefined {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, field) : undefined;
  return typeof value === 'string' ? value : undefined;
}
