import type { Position } from '../ports/event-streams.ts';
import type { Transaction } from '../ports/store.ts';

/** One building of a projection, with data of its own. */
export interface Generation {
  /** Names its data: 1, 2, ...; never used again for this projection. */
  readonly id: number;
  /** Of the code that builds it. */
  readonly version: string;
  /** `building`: not yet at the end of the events. `live`: read by all. `retired`: another has taken its place. */
  readonly state: 'building' | 'live' | 'retired';
  /** When it was retired: milliseconds since 1970-01-01T00:00Z. */
  readonly retiredAt?: number | undefined;
}

/** How far a generation is. */
export interface Checkpoint {
  /** Of the last event that is in it; absent before the first. */
  readonly position?: Position | undefined;
  /** The names of its collections. */
  readonly collections: readonly string[];
}

interface Known {
  readonly generations: readonly Generation[];
  readonly lastId: number;
  /** Versions that were live once. One of them that asks again is a process not yet replaced, and takes no place. */
  readonly versions: readonly string[];
}

const NONE: Known = { generations: [], lastId: 0, versions: [] };

const allKnown = (tx: Transaction) => tx.documents<Known>('projections');

export async function generationsOf(tx: Transaction, projection: string): Promise<readonly Generation[]> {
  return ((await allKnown(tx).get(projection)) ?? NONE).generations;
}

/** The names of all projections that were ever kept in the store, and their generations. */
export async function allGenerations(
  tx: Transaction,
): Promise<readonly { readonly projection: string; readonly generations: readonly Generation[] }[]> {
  const entries = await allKnown(tx).list();
  return entries.map(({ id, document: { generations } }) => ({ projection: id, generations }));
}

/** Whether the version has, or had, a generation. */
export async function isBegun(tx: Transaction, projection: string, version: string): Promise<boolean> {
  return knows((await allKnown(tx).get(projection)) ?? NONE, version);
}

/** Begins a generation for a version that never had one. */
export function begin(tx: Transaction, projection: string, version: string): Promise<void> {
  return change(tx, projection, (known) => (knows(known, version) ? known : withNew(known, version)));
}

/**
 * Begins another generation of a version (of the live one, unless told otherwise), beside those that there are. Does nothing while one is being
 * built. Answers whether the projection is known.
 */
export async function beginAgain(tx: Transaction, projection: string, version?: string): Promise<boolean> {
  // A name that was mistyped leaves nothing behind.
  if (!(await allKnown(tx).get(projection))) return false;
  await change(tx, projection, (known) => {
    const again = version ?? known.generations.find(({ state }) => state === 'live')?.version;
    const isUnderWay = known.generations.some((it) => it.state === 'building' && it.version === again);
    return again === undefined || isUnderWay ? known : withNew(known, again);
  });
  return true;
}

/** Has all read this generation from now on. */
export function makeLive(tx: Transaction, projection: string, id: number, now: number): Promise<void> {
  return change(tx, projection, (known) => {
    const generations = known.generations.map((it): Generation => {
      if (it.id === id) return { ...it, state: 'live' };
      return it.state === 'live' ? { ...it, state: 'retired', retiredAt: now } : it;
    });
    const versions = generations.flatMap((it) => (it.id === id ? [it.version] : []));
    return { ...known, generations, versions: [...new Set([...known.versions, ...versions])] };
  });
}

/** Forgets a generation; its documents are dropped before. */
export async function forget(tx: Transaction, projection: string, id: number): Promise<void> {
  await change(tx, projection, (known) => ({
    ...known,
    generations: known.generations.filter((it) => it.id !== id),
  }));
  await checkpoints(tx).delete(checkpointId(projection, id));
}

export async function checkpointOf(tx: Transaction, projection: string, id: number): Promise<Checkpoint> {
  return (await checkpoints(tx).get(checkpointId(projection, id))) ?? { collections: [] };
}

export function setCheckpoint(
  tx: Transaction,
  projection: string,
  id: number,
  checkpoint: Checkpoint,
): Promise<void> {
  return checkpoints(tx).put(checkpointId(projection, id), checkpoint);
}

/** The store's name for a collection of a generation. */
export function collectionIn(projection: string, id: number, collection: string): string {
  return `projections/${projection}/${id}/${collection}`;
}

/**
 * The generation that code of a version reads: the live one if it is of this version, else one that it had live before and still keeps up, else
 * the live one.
 */
export function readable(generations: readonly Generation[], version: string): Generation | undefined {
  const live = generations.find(({ state }) => state === 'live');
  if (live?.version === version) return live;
  return generations.findLast((it) => it.state === 'retired' && it.version === version) ?? live;
}

async function change(tx: Transaction, projection: string, changed: (known: Known) => Known): Promise<void> {
  // A lease of no duration is a lock until the commit: others wait for it, and then find it lapsed.
  await tx.leases.acquire({ name: `projections/${projection}`, holder: 'change', ttl: 0 });
  const known = (await allKnown(tx).get(projection)) ?? NONE;
  const after = changed(known);
  if (after !== known) await allKnown(tx).put(projection, after);
}

function knows({ versions, generations }: Known, version: string): boolean {
  return versions.includes(version) || generations.some((it) => it.version === version);
}

function withNew(known: Known, version: string): Known {
  const id = known.lastId + 1;
  return { ...known, lastId: id, generations: [...known.generations, { id, version, state: 'building' }] };
}

const checkpoints = (tx: Transaction) => tx.documents<Checkpoint>('projections/checkpoints');

function checkpointId(projection: string, id: number): string {
  return `${projection}/${id}`;
}
