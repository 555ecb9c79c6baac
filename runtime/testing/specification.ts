import assert from 'node:assert/strict';
import { type Decider, fold, isRefusal } from '../event-sourcing/decider.ts';
import type { DomainEvent } from '../ports/event-streams.ts';

/** What has happened. */
export type Given<Command, Event, Code> = (...events: readonly Event[]) => When<Command, Event, Code>;

export interface When<Command, Event, Code> {
  /** What is asked for. */
  when(command: Command): Then<Event, Code>;
}

export interface Then<Event, Code> {
  /** Exactly these events follow, in this order. Throws an `AssertionError` with the difference. */
  then(...events: readonly Event[]): void;
  /** The rules refuse, for this reason. */
  refuses(code: Code): void;
}

/**
 * A decider's behaviour in sentences:
 * `given(enrolled, earned(450)).when(earn(60)).then(pointsEarned(60), tierUpgraded('silver'))`.
 */
export function specification<State, Command, Event extends DomainEvent, Code extends string>(
  decider: Decider<State, Command, Event, Code>,
): Given<Command, Event, Code> {
  return (...events) => ({
    when(command) {
      const decision = decider.decide(command, fold(decider, events));
      return {
        // biome-ignore lint/suspicious/noThenProperty: as above.
        then(...expected) {
          assert.deepEqual(isRefusal(decision) ? decision : [...decision], expected);
        },
        refuses(code) {
          assert.equal(isRefusal(decision) ? decision.code : describe(decision), code);
        },
      };
    },
  });
}

function describe(events: readonly DomainEvent[]): string {
  return `accepted, with ${events.map((event) => event.type).join(', ') || 'no events'}`;
}
