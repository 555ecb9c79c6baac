import type { DomainEvent } from '../ports/event-streams.ts';

/**
 * A domain's rules as three pure functions (Chassaing's Decider): what a command leads to, what an event changes,
 * and where all begins.
 */
export interface Decider<State, Command, Event extends DomainEvent, Code extends string = string> {
  /** The events the command leads to (none: nothing to do), or why it is refused. */
  decide(command: Command, state: State): readonly Event[] | Refusal<Code>;
  evolve(state: State, event: Event): State;
  initialState(): State;
}

/** A command that the rules do not allow: an expected failure, and so a value. */
export interface Refusal<Code extends string = string> {
  readonly kind: 'refused';
  /** Stable, for programs: `programme-paused`. */
  readonly code: Code;
  /** A sentence, for people. */
  readonly message: string;
}

export function refuse<Code extends string>(code: Code, message: string): Refusal<Code> {
  return { kind: 'refused', code, message };
}

export function isRefusal<Code extends string>(decision: object | Refusal<Code>): decision is Refusal<Code> {
  return 'kind' in decision && decision.kind === 'refused';
}

/** The state after the events. */
export function fold<State, Event extends DomainEvent>(
  decider: Pick<Decider<State, never, Event>, 'evolve' | 'initialState'>,
  events: readonly Event[],
): State {
  return events.reduce((state, event) => decider.evolve(state, event), decider.initialState());
}
