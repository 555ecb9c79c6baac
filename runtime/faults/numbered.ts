import type { MessageContract } from '../contract/index.ts';
import type { Store, Transaction } from '../index.ts';

/** The messages of the fault rows: `number` counts up within an entity. */
export interface Numbered {
  readonly id: string;
  readonly entity: string;
  readonly number: number;
}

export function numbered(
  name = 'faults.happened',
  more: Partial<MessageContract<Numbered>> = {},
): MessageContract<Numbered> {
  return {
    name,
    version: '1.0',
    kind: 'event',
    channel: name,
    contentType: 'application/json',
    envelope: { id: { in: 'payload', path: ['id'] } },
    orderingKey: { in: 'payload', path: ['entity'] },
    identity: [{ in: 'payload', path: ['id'] }],
    validate: (value): value is Numbered => typeof value === 'object' && value !== null && 'number' in value,
    ...more,
  };
}

/** Books in which numbers are noted by entity, in the order in which they were: as event streams, so that every store has them. One statement an entity. */
export async function note(
  tx: Transaction,
  book: string,
  messages: readonly Omit<Numbered, 'id'>[],
): Promise<void> {
  for (const [entity, all] of Map.groupBy(messages, (message) => message.entity)) {
    const events = all.map(({ number }) => ({ type: 'noted', number }) as { type: string });
    await tx.events.append(`${book}/${entity}`, 'any', events, { at: 0 });
  }
}

export type Book = ReadonlyMap<string, readonly number[]>;

export async function readBook(store: Store, book: string): Promise<Book> {
  const entries = new Map<string, number[]>();
  await follow(store, book, undefined, (entity, number) => {
    const numbers = entries.get(entity) ?? [];
    numbers.push(number);
    entries.set(entity, numbers);
  });
  return entries;
}

/** Answers how many are noted whenever it is asked; reads only what is new since. */
export function countOfBook(store: Store, book: string): () => Promise<number> {
  let count = 0;
  let position: string | undefined;
  return async () => {
    position = await follow(store, book, position, () => {
      count += 1;
    });
    return count;
  };
}

/** Answers with the position of the last one. */
async function follow(
  store: Store,
  book: string,
  from: string | undefined,
  each: (entity: string, number: number) => void,
): Promise<string | undefined> {
  return store.read(async (tx) => {
    for (let after = from; ; ) {
      const events = await tx.events.readAll({
        limit: 1_000,
        streamPrefix: `${book}/`,
        ...(after && { after }),
      });
      for (const { stream, event } of events)
        each(stream.slice(book.length + 1), (event as unknown as { number: number }).number);
      after = events.at(-1)?.position ?? after;
      if (events.length < 1_000) return after;
    }
  });
}

export function sizeOfBook(book: Book): number {
  let size = 0;
  for (const numbers of book.values()) size += numbers.length;
  return size;
}

export interface Comparison {
  readonly sent: number;
  readonly effects: number;
  readonly duplicates: number;
  readonly lost: number;
  readonly inversions: number;
  /** Effects of what was never sent. */
  readonly unsent: number;
  readonly problems: readonly string[];
}

/** What was done against what was sent: once each, in the order of its entity. */
export function compare(sent: Book, done: Book): Comparison {
  let [effects, duplicates, lost, inversions, unsent] = [0, 0, 0, 0, 0];
  for (const entity of new Set([...sent.keys(), ...done.keys()])) {
    const places = new Map((sent.get(entity) ?? []).map((number, place) => [number, place]));
    const seen = new Set<number>();
    let last = -1;
    for (const number of done.get(entity) ?? []) {
      effects += 1;
      const place = places.get(number);
      if (place === undefined) unsent += 1;
      else if (seen.has(number)) duplicates += 1;
      else if (place < last) inversions += 1;
      else last = place;
      seen.add(number);
    }
    for (const number of places.keys()) if (!seen.has(number)) lost += 1;
  }
  const problems = Object.entries({ duplicates, lost, inversions, unsent })
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${what}: ${count}`);
  if (sent.size === 0) problems.push('nothing was sent');
  return { sent: sizeOfBook(sent), effects, duplicates, lost, inversions, unsent, problems };
}
