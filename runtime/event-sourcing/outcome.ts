import type { Cause } from '../ports/cause.ts';
import type { Store, Transaction } from '../ports/store.ts';
import type { Refusal } from './decider.ts';
import type { Decided } from './repository.ts';

/** Where a command comes from. A handler's context may be handed over as it is. */
export interface CommandContext {
  /** The transaction to take part in; without one the command has its own. */
  readonly tx?: Transaction | undefined;
  readonly causedBy?: Cause | undefined;
}

/** What became of a command. */
export type Outcome<Event, Code extends string> =
  | { readonly kind: 'accepted' /** The entity's. */; readonly id: string; readonly events: readonly Event[] }
  | Refusal<Code>;

/**
 * The outcome of a decision. A conflict (someone else changed the entity first, which stores with one writer
 * never see) is thrown: the code that began the transaction begins it again, as consumers do by their retry schedule.
 */
export function outcomeOf<State, Event, Code extends string>(
  id: string,
  decided: Decided<State, Event, Code>,
): Outcome<Event, Code> {
  if (decided.kind === 'conflict') throw new Error(`${id} was changed by someone else meanwhile`);
  return decided.kind === 'accepted' ? { kind: 'accepted', id, events: decided.events } : decided;
}

/** Runs `work` in the transaction given, or in one of its own. */
export function within<T>(
  store: Store,
  { tx }: CommandContext,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return tx ? work(tx) : store.transaction(work);
}
