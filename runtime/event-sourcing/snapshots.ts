import type { Transaction } from '../ports/store.ts';

export interface SnapshotOptions<State> {
  /**
   * Of the fold: to be changed whenever `evolve`, the state's shape or an upcaster changes. States that another version folded are not
   * looked at, so that a rolling deployment and its way back both find their own.
   */
  readonly version: string;
  /** Events after which a state is kept: 100 unless told otherwise. */
  readonly every?: number | undefined;
  /** To what survives JSON, and back: for states that hold maps, sets or dates. */
  readonly encode?: ((state: State) => unknown) | undefined;
  readonly decode?: ((stored: unknown) => State) | undefined;
}

interface Folded<State> {
  readonly state: State;
  /** Of the stream. */
  readonly version: number;
}

export interface Snapshots<State> {
  find(tx: Transaction, id: string): Promise<Folded<State> | undefined>;
  /** Keeps the state when it is time to. `before`: the version from which events were appended. */
  note(tx: Transaction, id: string, folded: Folded<State>, before: number): Promise<void>;
}

/** The last state of each entity of a kind, beside its events: it can be thrown away at any time. */
export function snapshots<State>(name: string, options: SnapshotOptions<State>): Snapshots<State> {
  const { version: fold, every = 100, encode = (it) => it, decode = (it) => it as State } = options;
  const kept = (tx: Transaction) => tx.documents<Folded<unknown>>(`snapshots/${name}/${fold}`);
  return {
    async find(tx, id) {
      const found = await kept(tx).get(id);
      return found && { state: decode(found.state), version: found.version };
    },
    async note(tx, id, { state, version }, before) {
      if (Math.floor(version / every) > Math.floor(before / every))
        await kept(tx).put(id, { state: encode(state), version });
    },
  };
}
