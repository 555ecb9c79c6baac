import { integer } from '../rows/column.ts';
import type { Scope, Sequence, Session } from './session.ts';

/**
 * How far a sequence can be read without a gap, where many transactions write at once.
 *
 * Numbers of a sequence are given when rows are written, and rows are seen when their transaction commits: a reader that
 * goes on from the highest number it has seen passes over rows that are committed later with lower ones. Going by
 * transaction ids instead loses nothing, but breaks the order of an entity: a transaction that began (and got its id)
 * early and then waited for the entity's lock stands before the one that it waited for.
 *
 * So each transaction that writes takes a shared advisory lock whose key is a number that all of its own are above (its
 * bound), before it takes the first of them. A reader reads, in this order and in statements of their own, the last
 * number given, the bounds that are held, and the rows up to the lowest of all these. A transaction whose lock it did not
 * see either takes its numbers afterwards, so that they are above the first reading, or had committed before the rows were read.
 * Within that horizon the order of numbers is the order of writing, so that rows that were written under one lock stand in
 * the order in which the lock was had. Transactions that write to other tables hold nobody up.
 */
const MODULUS = 2 ** 32;

/** The last number that a sequence gave: before its first it says 1 and that it was not called. */
const LAST = '(last_value - CASE WHEN is_called THEN 0 ELSE 1 END)';

/** The same within the statement that takes the numbers: rows that are joined to `bound` get theirs when the lock is had. */
export const BOUND = (sequence: Sequence): string =>
  `WITH bound AS MATERIALIZED (
     SELECT pg_advisory_xact_lock_shared($1, ((${LAST} & 4294967295)::bit(32))::int) FROM {s}.${sequence}_seq
   )`;

/** To be called before a number of a sequence is taken; what is asked of the session from then on is behind it. */
export async function holdBound(session: Session, sequence: Sequence): Promise<void> {
  if (isHeld(session.scope, sequence)) return;
  const { locks } = session.names;
  const held = session.run(
    `SELECT pg_advisory_xact_lock_shared($1, ((${LAST} & 4294967295)::bit(32))::int) FROM {s}.${sequence}_seq`,
    locks[sequence],
  );
  session.scope.bounds.add(sequence);
  await held;
}

/** Whether the transaction, or the attempt, has a bound of the sequence. */
export function isHeld(scope: Scope | undefined, sequence: Sequence): boolean {
  return scope !== undefined && (scope.bounds.has(sequence) || isHeld(scope.outer, sequence));
}

/** The number up to which all rows of a sequence can be seen by statements that begin from now on. */
export async function horizonOf(session: Session, sequence: Sequence): Promise<number> {
  const known = horizons(session.scope)?.get(sequence);
  if (known !== undefined) return known;
  return readHorizon(session, sequence);
}

export async function readHorizon(session: Session, sequence: Sequence): Promise<number> {
  const lastGiven = session.get(`SELECT ${LAST} AS last FROM {s}.${sequence}_seq`);
  const held = session.all(
    `SELECT objid::bigint AS bound FROM pg_locks
      WHERE locktype = 'advisory' AND classid = ($1::int)::oid AND objsubid = 2 AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND pid IS DISTINCT FROM pg_backend_pid()`,
    session.names.locks[sequence],
  );
  const [row, bounds] = await Promise.all([lastGiven, held]);
  const last = row ? integer(row, 'last') : 0;
  return Math.min(last, ...bounds.map((it) => last - below(last, integer(it, 'bound'))));
}

/**
 * How far a bound lies below the last number, of which it has the lower half. One that was taken after the last number had been read may lie above
 * it: then all numbers of its transaction do.
 */
function below(last: number, bound: number): number {
  const difference = (((last - bound) % MODULUS) + MODULUS) % MODULUS;
  return difference < MODULUS / 2 ? difference : 0;
}

function horizons(scope: Scope | undefined): ReadonlyMap<Sequence, number> | undefined {
  return scope && (scope.horizons ?? horizons(scope.outer));
}
