import type { Cause } from '../ports/cause.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import type { Transaction } from '../ports/store.ts';

/** What a process makes of an event or a deadline. */
export interface Reaction<State, Command> {
  readonly state: State;
  /** Dispatched in this order, in the same transaction in which the state is kept. */
  readonly commands: readonly Command[];
  /** Milliseconds from now until the deadline, in place of the one before; `none` clears it; absent leaves it. */
  readonly deadline?: number | 'none' | undefined;
  /** The process is over: its state and its deadline are forgotten. A later event begins it anew only if it is `startedBy` it. */
  readonly ended?: boolean | undefined;
}

export interface ProcessManagerOptions<State, Event, Command> {
  /** Names its state in the store. */
  readonly name: string;
  /** The id of the process that the event belongs to; `undefined` when it belongs to none. */
  correlate(event: Event): string | undefined;
  initialState(): State;
  /**
   * Whether an event begins a process that is not under way. Another event then has no effect: it came too late, after the
   * end, or too early. Absent: every event does.
   */
  readonly startedBy?: ((event: Event) => boolean) | undefined;
  /** Pure. */
  react(state: State, event: Event): Reaction<State, Command>;
  /** Pure. Needed by processes that set deadlines. */
  readonly onDeadline?: ((state: State) => Reaction<State, Command>) | undefined;
  /** Carries a command out by way of `tx`, or sends it by way of an outbox. */
  dispatch(command: Command, context: DispatchContext): Promise<void>;
  readonly clock?: Clock | undefined;
}

/** May be handed to a producer as it is. */
export interface DispatchContext {
  readonly tx: Transaction;
  /** The event that led here; after a deadline, the last event before it. */
  readonly causedBy: Cause;
  readonly processId: string;
}

/** Coordinates several entities over time: what each event leads to, remembered between events (a saga). */
export interface ProcessManager<Event> {
  readonly name: string;
  /** For a consumer's handlers: `pointsEarned: (event, context) => enrolment.handle(event, context)`. */
  handle(event: Event, context: { readonly tx: Transaction; readonly causedBy: Cause }): Promise<void>;
  /** For `deadlines`: what is to be done when the process's deadline has come. Does nothing when it is over. */
  expire(tx: Transaction, id: string): Promise<void>;
}

interface Kept<State> {
  readonly state: State;
  readonly causedBy: Cause;
}

export function processManager<State, Event, Command>(
  options: ProcessManagerOptions<State, Event, Command>,
): ProcessManager<Event> {
  const { name, correlate, initialState, react, onDeadline, dispatch, clock = systemClock } = options;
  const { startedBy = () => true } = options;
  const kept = (tx: Transaction) => tx.documents<Kept<State>>(`process/${name}`);

  async function apply(
    tx: Transaction,
    id: string,
    causedBy: Cause,
    { state, commands, deadline, ended = false }: Reaction<State, Command>,
  ): Promise<void> {
    if (ended) await kept(tx).delete(id);
    else await kept(tx).put(id, { state, causedBy });

    if (ended || deadline === 'none') {
      await tx.timers.clear(name, id);
    } else if (deadline !== undefined) {
      if (!onDeadline) throw new Error(`the process ${name} sets a deadline and has no onDeadline`);
      await tx.timers.set({ owner: name, id, dueAt: clock.now() + deadline, attempts: 0 });
    }
    for (const command of commands) await dispatch(command, { tx, causedBy, processId: id });
  }

  return {
    name,
    async handle(event, { tx, causedBy }) {
      const id = correlate(event);
      if (id === undefined) return;
      const known = await kept(tx).get(id);
      if (!known && !startedBy(event)) return;
      await apply(tx, id, causedBy, react(known ? known.state : initialState(), event));
    },
    async expire(tx, id) {
      const process = await kept(tx).get(id);
      if (process && onDeadline) await apply(tx, id, process.causedBy, onDeadline(process.state));
    },
  };
}
