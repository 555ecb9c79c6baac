import { randomUUID } from 'node:crypto';
import { backoff } from '../backoff.ts';
import { type LeaseKeeper, leaseKeeper } from '../outbox/lease-keeper.ts';
import { systemClock } from '../ports/clock.ts';
import type { DomainEvent, Position, StoredEvent } from '../ports/event-streams.ts';
import type { Store, Transaction } from '../ports/store.ts';
import { condition } from '../service/condition.ts';
import { tell } from '../telemetry/observation.ts';
import { worker } from '../worker.ts';
import {
  begin,
  checkpointOf,
  collectionIn,
  forget,
  type Generation,
  generationsOf,
  isBegun,
  makeLive,
  readable,
  setCheckpoint,
} from './generations.ts';
import {
  dataOf,
  type KeepOptions,
  type ProjectionOptions,
  type ProjectionWorker,
} from './projection-options.ts';

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5_000;
/** After so many milliseconds a transaction takes no further event: on a store with one writer all others wait for it. */
const GROUP_FOR = 50;
/** Documents dropped in one transaction. */
const DROP_STEP = 500;
const DAY = 86_400_000;

type Progress = 'more' | 'caught-up' | 'another';

export function keepProjection<E extends DomainEvent>(
  store: Store,
  definition: ProjectionOptions<E>,
  options: KeepOptions,
): ProjectionWorker {
  const { name, version, events: schema, stored: form, streamPrefix } = definition;
  const { clock = systemClock, observe, poll = 2_000, batch = 200, lease = 5_000 } = options;
  const { keepRetired = DAY } = options;
  const filter = { types: schema?.types, streamPrefix };
  const holder = randomUUID();
  const keepers = new Map<number, LeaseKeeper>();
  /** Where none of our events is, so that it is not searched again at each look. */
  const nothingUpTo = new Map<number, { from: Position | undefined; to: Position | undefined }>();
  let started = false;
  const fares = condition(clock);
  let failures = 0;
  // One event that fails is not to undo those before it.
  let size = batch;

  function keeperOf(id: number): LeaseKeeper {
    const known = keepers.get(id);
    if (known) return known;
    const keeper = leaseKeeper({ store, clock, name: `projections/${name}/${id}`, holder, ttl: lease });
    keepers.set(id, keeper);
    return keeper;
  }

  /** Those that this version of the code keeps up. */
  function ownAmong(generations: readonly Generation[]): readonly Generation[] {
    const isLive = generations.some((it) => it.state === 'live' && it.version === version);
    return generations.filter((it) => it.version === version && !(isLive && it.state === 'retired'));
  }

  /** Whether anything is to be done: an idle projection takes no lock. */
  async function pending(): Promise<readonly Generation[]> {
    return store.read(async (tx) => {
      const generations = ownAmong(await generationsOf(tx, name));
      const behind: Generation[] = [];
      for (const generation of generations) {
        if (generation.state === 'building' || (await isBehind(tx, generation))) behind.push(generation);
      }
      return behind;
    });
  }

  async function isBehind(tx: Transaction, { id }: Generation): Promise<boolean> {
    const { position } = await checkpointOf(tx, name, id);
    const known = nothingUpTo.get(id);
    const after = known && known.from === position ? known.to : position;
    const head = await tx.events.head();
    const found = head ? await tx.events.readAll({ ...filter, after, upTo: head, limit: 1 }) : [];
    if (found.length === 0) nothingUpTo.set(id, { from: position, to: head });
    return found.length > 0;
  }

  /** One transaction's worth of events. */
  async function advance({ id, state }: Generation): Promise<Progress> {
    const limit = size;
    return store.transaction(async (tx) => {
      if (!(await keeperOf(id).take(tx))) return 'another';
      const { position, collections } = await checkpointOf(tx, name, id);
      const head = await tx.events.head();
      const found = head ? await tx.events.readAll({ ...filter, after: position, upTo: head, limit }) : [];
      const used = new Set(collections);
      const taken = await take(tx, id, found, used);
      const isAtEnd = taken === found.length && found.length < limit;
      // Where none of the types was found up to the head, none is looked for there again.
      const reached = found[taken - 1]?.position ?? (isAtEnd ? (head ?? position) : position);
      await setCheckpoint(tx, name, id, { position: reached, collections: [...used] });
      if (isAtEnd && state === 'building') await makeLive(tx, name, id, clock.now());
      return isAtEnd ? 'caught-up' : 'more';
    });
  }

  /** Projects the events until the time is up, at least one; answers how many. */
  async function take(
    tx: Transaction,
    id: number,
    found: readonly StoredEvent<DomainEvent>[],
    used: Set<string>,
  ): Promise<number> {
    const data = dataOf(tx, name, id);
    const noting = {
      ...data,
      documents<T>(collection: string) {
        used.add(collection);
        return data.documents<T>(collection);
      },
    };
    const until = performance.now() + GROUP_FOR;
    let taken = 0;
    for (const stored of found) {
      if (taken > 0 && performance.now() > until) break;
      await definition.project(await read(tx, stored), noting);
      taken += 1;
    }
    return taken;
  }

  async function read(tx: Transaction, stored: StoredEvent<DomainEvent>): Promise<StoredEvent<E>> {
    const asStored = stored as StoredEvent<E>;
    const entityId = stored.stream.slice(stored.stream.indexOf('/') + 1);
    const opened = form ? { ...stored, event: await form.read(tx, asStored.event, entityId) } : asStored;
    return schema ? schema.read(opened) : opened;
  }

  /** Drops what nobody reads any more, a step at a time. */
  async function dropOld(): Promise<boolean> {
    const old = await store.read(async (tx) => {
      const generations = await generationsOf(tx, name);
      if (!generations.some((it) => it.state === 'live' && it.version === version)) return undefined;
      const isOver = ({ state, retiredAt = 0 }: Generation): boolean =>
        state === 'retired' && clock.now() - retiredAt >= keepRetired;
      return generations.find(isOver);
    });
    if (!old) return false;
    return store.transaction(async (tx) => {
      const { collections } = await checkpointOf(tx, name, old.id);
      for (const collection of collections) {
        const documents = tx.documents(collectionIn(name, old.id, collection));
        const page = await documents.list({ limit: DROP_STEP });
        for (const { id } of page) await documents.delete(id);
        if (page.length > 0) return true;
      }
      await definition.drop?.(tx, old.id);
      await forget(tx, name, old.id);
      return true;
    });
  }

  const work = worker({
    clock,
    async step() {
      await ensureBegun();
      let pause = poll;
      for (const generation of await pending()) {
        let progress: Progress = 'more';
        while (progress === 'more' && started) {
          progress = await advance(generation);
          failures = 0;
          size = Math.min(batch, size * 2);
        }
      }
      fares.succeeded();
      if (started && (await dropOld())) pause = 0;
      return pause;
    },
    onFault(error) {
      fares.failed(error);
      size = 1;
      failures += 1;
      tell(observe, { kind: 'fault', where: `projection ${name}`, error });
      return backoff(failures, FIRST_PAUSE, LONGEST_PAUSE);
    },
  });

  async function ensureBegun(): Promise<void> {
    if (!(await store.read((tx) => isBegun(tx, name, version))))
      await store.transaction((tx) => begin(tx, name, version));
  }

  let unwatch = (): void => undefined;
  return {
    name: `projection ${name}`,
    health: fares.health,
    start() {
      started = true;
      fares.started();
      unwatch = store.watch(['events'], work.wake);
      work.start();
    },
    async stop() {
      started = false;
      fares.stopped();
      unwatch();
      await work.stop();
      for (const keeper of keepers.values()) await keeper.release();
    },
    lag: () =>
      store.read(async (tx) => {
        const generation = readable(await generationsOf(tx, name), version);
        if (!generation) return undefined;
        const { position: after } = await checkpointOf(tx, name, generation.id);
        const [oldest] = await tx.events.readAll({ ...filter, after, limit: 1 });
        return oldest ? Math.max(0, clock.now() - oldest.at) : 0;
      }),
  };
}
