import { beforeEach, describe, expect, it } from 'vitest';
import type { Store, Transaction } from '../ports/store.ts';
import { sqliteStore } from '../sqlite/index.ts';
import { claims } from './claims.ts';

describe('a claim', () => {
  const seats = claims('seat');
  let store: Store;
  const claim = (owner: string) => store.transaction((tx) => seats.claim(tx, '12A', owner));
  const ownerOf = () => store.transaction((tx) => seats.ownerOf(tx, '12A'));
  const release = (owner: string) => store.transaction((tx) => seats.release(tx, '12A', owner));

  beforeEach(() => {
    store = sqliteStore({ file: ':memory:' });
    return () => store.close();
  });

  it('is of the first who makes it, until they release it', async () => {
    expect(await ownerOf()).toBeUndefined();
    expect(await claim('ada')).toBe('ada');
    expect(await claim('bob')).toBe('ada');
    await release('bob');
    expect(await ownerOf()).toBe('ada');
    await release('ada');
    expect(await ownerOf()).toBeUndefined();
    expect(await claim('bob')).toBe('bob');
  });

  it('of another key is another', async () => {
    await claim('ada');
    expect(await store.transaction((tx) => seats.claim(tx, '12B', 'bob'))).toBe('bob');
  });

  it('meets one that was made between the look and the claim', async () => {
    expect(await store.transaction((tx) => seats.claim(overtaken(tx, 'bob'), '12A', 'ada'))).toBe('bob');
  });

  /** A transaction in which somebody else appends first, once, as stores with many writers show it. */
  function overtaken(tx: Transaction, by: string): Transaction {
    let isFirst = true;
    const append: Transaction['events']['append'] = async (stream, version, events, options) => {
      if (isFirst)
        await tx.events.append(stream, version, [{ type: 'Claimed', owner: by } as never], options);
      isFirst = false;
      return tx.events.append(stream, version, events, options);
    };
    return { ...tx, events: { ...tx.events, load: (...it) => tx.events.load(...it), append } };
  }
});
