import { systemClock } from '../ports/clock.ts';
import type { DomainEvent } from '../ports/event-streams.ts';
import type { Store, Transaction } from '../ports/store.ts';
import { type CommandContext, type Outcome, outcomeOf, within } from './outcome.ts';
import { type RepositoryOptions, repository } from './repository.ts';

export interface EntitiesOptions<State, Command, Event extends DomainEvent, Code extends string>
  extends RepositoryOptions<State, Command, Event, Code> {
  readonly store: Store;
}

/** A command, or what makes one of the time and of what the transaction shows: what others know, say. */
export type CommandSource<Command> = Command | ((tx: Transaction, at: number) => Command | Promise<Command>);

/** The entities of one kind, as a service has them: each command takes effect in one transaction. */
export interface Entities<State, Command, Event, Code extends string> {
  /**
   * Decides in the context's transaction, or in one of its own. When somebody else has changed the entity meanwhile, it is loaded
   * and decided on again: the second time nobody can come between.
   */
  decide(
    id: string,
    command: CommandSource<Command>,
    context?: CommandContext,
  ): Promise<Outcome<Event, Code>>;
  /** The initial state when nothing has happened to it. */
  load(tx: Transaction, id: string): Promise<State>;
}

export function entities<
  State,
  Command extends object,
  Event extends DomainEvent,
  Code extends string = never,
>(options: EntitiesOptions<State, Command, Event, Code>): Entities<State, Command, Event, Code> {
  const { store, clock = systemClock } = options;
  const kept = repository(options);
  return {
    decide: (id, command, context = {}) =>
      within(store, context, async (tx) => {
        const attempt = async () =>
          kept.decide(
            tx,
            id,
            typeof command === 'function' ? await command(tx, clock.now()) : command,
            context,
          );
        const decided = await attempt();
        return outcomeOf(id, decided.kind === 'conflict' ? await attempt() : decided);
      }),
    load: async (tx, id) => (await kept.load(tx, id)).state,
  };
}
