import type { Cause } from '../ports/cause.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import type { DomainEvent, StoredEvent } from '../ports/event-streams.ts';
import type { Transaction } from '../ports/store.ts';
import { type Decider, isRefusal, type Refusal } from './decider.ts';
import type { EventSchema } from './event-schema.ts';
import { type SnapshotOptions, snapshots } from './snapshots.ts';

export interface RepositoryOptions<State, Command, Event extends DomainEvent, Code extends string> {
  /** The kind of entity, such as `enrollment`; streams are called `enrollment/<id>`. */
  readonly name: string;
  readonly decider: Decider<State, Command, Event, Code>;
  /** Tells others what was decided, in the same transaction: by way of an outbox. Called once for each event, in order. */
  readonly publish?: ((event: Event, context: PublishContext<State>) => Promise<void>) | undefined;
  readonly clock?: Clock | undefined;
  /** How events are stored, where that is not as they are: see `personalData`. */
  readonly stored?: StoredForm<Event> | undefined;
  /** Checks events on their way in and out, and brings those of before to their newest shape. Absent: what is stored is taken as it is. */
  readonly events?: EventSchema<Event> | undefined;
  /** Keeps states, so that long streams need not be folded from their beginning. Not together with `stored`: what was erased would live on in them. */
  readonly snapshots?: SnapshotOptions<State> | undefined;
}

/** Events on their way into the store and out of it. What is read is as it was written, or says what is missing. */
export interface StoredForm<Event extends DomainEvent> {
  write(tx: Transaction, event: Event, entityId: string): Promise<Event>;
  read(tx: Transaction, event: Event, entityId: string): Promise<Event>;
}

export interface PublishContext<State> {
  readonly tx: Transaction;
  /** The entity's. */
  readonly id: string;
  readonly causedBy: Cause | undefined;
  /** After this event. */
  readonly state: State;
  /** The event's place in its stream, from 1. */
  readonly version: number;
}

export interface DecideOptions {
  readonly causedBy?: Cause | undefined;
  /** Refuses to decide on anything but this version of the entity, for callers who showed it to someone. */
  readonly expectedVersion?: number | undefined;
}

/** What became of a command. */
export type Decided<State, Event, Code extends string> =
  | {
      readonly kind: 'accepted';
      readonly events: readonly Event[];
      readonly state: State;
      readonly version: number;
    }
  | Refusal<Code>
  | { readonly kind: 'conflict'; readonly expectedVersion: number; readonly actualVersion: number };

/** The entities of one kind, kept as their events. */
export interface Repository<State, Command, Event extends DomainEvent, Code extends string> {
  /** The entity as it is; version 0 and the initial state when nothing has happened to it. */
  load(tx: Transaction, id: string): Promise<{ readonly state: State; readonly version: number }>;
  /** Loads, decides, appends and publishes, all in the transaction given. A refusal or conflict writes nothing. */
  decide(
    tx: Transaction,
    id: string,
    command: Command,
    options?: DecideOptions,
  ): Promise<Decided<State, Event, Code>>;
}

export function repository<State, Command, Event extends DomainEvent, Code extends string = never>(
  options: RepositoryOptions<State, Command, Event, Code>,
): Repository<State, Command, Event, Code> {
  const { name, decider, publish, clock = systemClock, stored: form, events: schema } = options;
  if (form && options.snapshots)
    throw new Error(
      `the repository ${name} cannot keep snapshots: they would hold the personal data that its \`stored\` form lets be erased`,
    );
  const kept = options.snapshots && snapshots(name, options.snapshots);

  async function load(
    tx: Transaction,
    id: string,
  ): Promise<{ readonly state: State; readonly version: number }> {
    let { state, version } = (await kept?.find(tx, id)) ?? { state: decider.initialState(), version: 0 };
    const stored: readonly StoredEvent<Event>[] = await tx.events.load(`${name}/${id}`, {
      from: version + 1,
    });
    for (const one of stored) {
      const event = form ? await form.read(tx, one.event, id) : one.event;
      state = decider.evolve(state, schema ? schema.read({ ...one, event }).event : event);
      version = one.version;
    }
    return { state, version };
  }

  return {
    load,
    async decide(tx, id, command, { causedBy, expectedVersion } = {}) {
      const { state, version } = await load(tx, id);
      if (expectedVersion !== undefined && expectedVersion !== version) {
        return { kind: 'conflict', expectedVersion, actualVersion: version };
      }
      const decision = decider.decide(command, state);
      if (isRefusal(decision)) return decision;

      const written: DomainEvent[] = [];
      for (const event of decision) {
        const checked = schema ? schema.write(event) : event;
        // What a schema has written is JSON's form of the event.
        written.push(form ? await form.write(tx, checked as Event, id) : checked);
      }
      const appended = await tx.events.append(`${name}/${id}`, version, written, {
        at: clock.now(),
        metadata: causedBy && { correlationId: causedBy.correlationId, causationId: causedBy.id },
        schemaVersions: schema?.versions,
      });
      if (appended.kind === 'conflict') return appended;

      let after = state;
      for (const [index, event] of decision.entries()) {
        after = decider.evolve(after, event);
        await publish?.(event, { tx, id, causedBy, state: after, version: version + index + 1 });
      }
      await kept?.note(tx, id, { state: after, version: appended.version }, version);
      return { kind: 'accepted', events: decision, state: after, version: appended.version };
    },
  };
}
