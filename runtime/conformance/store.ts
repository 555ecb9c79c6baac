import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WireMessage } from '../ports/message.ts';
import type { ParkedMessage } from '../ports/parked-messages.ts';
import type { Store, Transaction } from '../ports/store.ts';

/** One store, empty for each test. */
export interface StoreUnderTest {
  readonly store: Store;
  /** Another connection to the same data, as another process would have. */
  another(): Promise<Store>;
  close(): Promise<void>;
}

export function describeStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name} as a store`, () => {
    let under: StoreUnderTest;
    let store: Store;
    const inTx = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => store.transaction(work);

    beforeEach(async () => {
      under = await open();
      store = under.store;
    });
    afterEach(() => under.close());

    describe('transactions', () => {
      it('keep everything or nothing', async () => {
        const failing = inTx(async (tx) => {
          await tx.documents('d').put('1', 'lost');
          await tx.outbox.add([message('1')]);
          throw new Error('changed my mind');
        });
        await expect(failing).rejects.toThrow('changed my mind');
        await inTx(async (tx) => {
          expect(await tx.documents('d').list()).toEqual([]);
          expect(await tx.outbox.next(9)).toEqual([]);
        });
      });

      it('do not interleave, whatever they await', async () => {
        const add = async (tx: Transaction): Promise<void> => {
          const count = (await tx.documents<number>('d').get('count')) ?? 0;
          await new Promise((turn) => setImmediate(turn));
          await tx.documents<number>('d').put('count', count + 1);
        };
        const other = await under.another();
        await Promise.all(Array.from({ length: 40 }, (_, n) => (n % 2 ? store : other).transaction(add)));
        expect(await inTx((tx) => tx.documents<number>('d').get('count'))).toBe(40);
        await other.close();
      });

      it('say so when called inside one another, instead of waiting for themselves', async () => {
        await expect(inTx(() => inTx(async () => undefined))).rejects.toThrow('inside a transaction');
        await inTx(async () => undefined);
      });

      it('are of no use once over', async () => {
        let kept: Transaction | undefined;
        await inTx(async (tx) => {
          kept = tx;
        });
        await expect(kept?.documents('d').put('1', 'late')).rejects.toThrow('over');
        expect(await inTx((tx) => tx.documents('d').list())).toEqual([]);
      });

      it('undo a failed attempt and live on', async () => {
        const told: string[] = [];
        await inTx(async (tx) => {
          await tx.documents('d').put('before', 1);
          const attempt = tx.attempt(async (own) => {
            await own.documents('d').put('during', 2);
            own.afterCommit(() => told.push('during'));
            throw new Error('no');
          });
          await expect(attempt).rejects.toThrow('no');
          expect(await tx.attempt(async () => 'answer')).toBe('answer');
          await tx.documents('d').put('after', 3);
          tx.afterCommit(() => told.push('after'));
        });
        expect((await inTx((tx) => tx.documents('d').list())).map(({ id }) => id)).toEqual([
          'after',
          'before',
        ]);
        expect(told).toEqual(['after']);
      });

      it('let nothing that an attempt left behind write afterwards', async () => {
        const straggle = Promise.withResolvers<void>();
        await inTx(async (tx) => {
          let straggler: Promise<void> | undefined;
          const attempt = tx.attempt(async (own) => {
            straggler = straggle.promise.then(() => own.documents('d').put('late', 1));
            throw new Error('no');
          });
          await expect(attempt).rejects.toThrow('no');
          await tx.attempt(async () => {
            straggle.resolve();
            await expect(straggler).rejects.toThrow('over');
          });
        });
        expect(await inTx((tx) => tx.documents('d').list())).toEqual([]);
      });

      it('make one attempt at a time', async () => {
        await inTx(async (tx) => {
          const first = tx.attempt(() => new Promise((turn) => setImmediate(turn)));
          await expect(tx.attempt(async () => undefined)).rejects.toThrow('one at a time');
          await first;
        });
      });

      it('tell listeners what was touched, after the commit and only then', async () => {
        const touched: string[][] = [];
        const stop = store.onCommit((kinds) => touched.push([...kinds].sort()));
        await inTx((tx) => tx.documents('d').put('1', 1));
        await inTx(async (tx) => {
          await tx.outbox.add([message('1')]);
          await tx.timers.set({ owner: 'p', id: '1', dueAt: 1, attempts: 0 });
          expect(touched).toEqual([]);
        });
        await inTx(async (tx) => {
          await tx.outbox.add([message('2')]);
          throw new Error('no');
        }).catch(() => undefined);
        await inTx((tx) => tx.parked.add(parked('1')));
        stop();
        await inTx((tx) => tx.outbox.add([message('3')]));
        expect(touched).toEqual([['outbox', 'timers'], ['parked']]);
      });

      it('survive closing and opening', async () => {
        await inTx((tx) => tx.documents('d').put('1', { kept: true }));
        const other = await under.another();
        await store.close();
        expect(await other.transaction((tx) => tx.documents('d').get('1'))).toEqual({ kept: true });
        await other.close();
        await expect(inTx(async () => undefined)).rejects.toThrow('closed');
      });
    });

    it('keeps documents by collection and id', async () => {
      await inTx(async (tx) => {
        await tx.documents('a').put('2', { n: 1 });
        await tx.documents('a').put('2', { n: 2, deep: [null, 'ສ', 1.5] });
        await tx.documents('a').put('1', 'text');
        await tx.documents('b').put('2', 'other');
        await tx.documents('a').delete('absent');
      });
      await inTx(async (tx) => {
        expect(await tx.documents('a').get('2')).toEqual({ n: 2, deep: [null, 'ສ', 1.5] });
        expect(await tx.documents('a').get('absent')).toBeUndefined();
        expect((await tx.documents('a').list()).map(({ id }) => id)).toEqual(['1', '2']);
        await tx.documents('a').delete('2');
        expect(await tx.documents('a').list()).toEqual([{ id: '1', document: 'text' }]);
        expect(await tx.documents('b').get('2')).toBe('other');
      });
    });

    it('keeps the outbox in commit order and gives no id twice', async () => {
      const whole: WireMessage = {
        ...message('1'),
        name: 'n',
        version: '1.0',
        key: 'k',
        identity: 'i',
        headers: { a: 'ສ' },
      };
      await inTx((tx) => tx.outbox.add([whole, message('2')]));
      await inTx((tx) => tx.outbox.add([message('3')]));
      const rows = await inTx((tx) => tx.outbox.next(9));
      expect(rows.map((row) => row.message)).toEqual([whole, message('2'), message('3')]);
      expect((await inTx((tx) => tx.outbox.next(2))).map(({ message: { id } }) => id)).toEqual(['1', '2']);
      await inTx((tx) => tx.outbox.remove(rows.map(({ id }) => id)));
      await inTx((tx) => tx.outbox.add([message('4')]));
      const [next, ...others] = await inTx((tx) => tx.outbox.next(9));
      expect(others).toEqual([]);
      expect(rows.map(({ id }) => id)).not.toContain(next?.id);
    });

    it('remembers in the inbox what each consumer did, for as long as told', async () => {
      await inTx(async (tx) => {
        await tx.inbox.add('c', 'old', 1_000);
        await tx.inbox.add('c', 'new', 2_000);
        await tx.inbox.add('c', 'new', 9_000);
        await tx.inbox.add('d', 'old', 1_000);
        expect(await tx.inbox.has('c', 'old')).toBe(true);
        expect(await tx.inbox.has('d', 'new')).toBe(false);
        expect(await tx.inbox.prune('c', 2_000)).toBe(1);
        expect(await tx.inbox.has('c', 'old')).toBe(false);
        expect(await tx.inbox.has('c', 'new')).toBe(true);
        expect(await tx.inbox.has('d', 'old')).toBe(true);
      });
    });

    it('queues parked messages by consumer and key', async () => {
      await inTx(async (tx) => {
        const first = await tx.parked.add(
          parked('1', { state: { kind: 'retrying', dueAt: 500 }, attempts: 1 }),
        );
        const second = await tx.parked.add(parked('2'));
        await tx.parked.add(parked('3', { key: 'other', state: { kind: 'retrying', dueAt: 400 } }));
        await tx.parked.add(parked('4', { key: undefined }));
        await tx.parked.add(parked('1', { consumer: 'someone else' }));

        expect(await tx.parked.head('c', 'k')).toEqual(first);
        expect(await tx.parked.head('c', 'absent')).toBeUndefined();
        expect(await tx.parked.has('c', '2')).toBe(true);
        expect(await tx.parked.has('c', 'absent')).toBe(false);
        expect((await tx.parked.next('c'))?.identity).toBe('3');
        expect(await tx.parked.behind(first.id)).toEqual([second]);
        expect(await tx.parked.countBehind(first.id)).toBe(1);
        expect(await tx.parked.countBehind(second.id)).toBe(0);

        const failure = {
          error: 'E',
          message: 'm',
          firstAt: 1,
          lastAt: 2,
          violations: [{ pointer: '/a', rule: 'type', expected: 'x', found: 'y' }],
        };
        await tx.parked.update(first.id, {
          state: { kind: 'dead', reason: 'invalid', at: 7 },
          attempts: 3,
          failure,
        });
        expect(await tx.parked.get(first.id)).toEqual({
          ...first,
          state: { kind: 'dead', reason: 'invalid', at: 7 },
          attempts: 3,
          failure,
        });
        expect((await tx.parked.dead()).map(({ id }) => id)).toEqual([first.id]);
        expect(await tx.parked.dead('someone else')).toEqual([]);
        expect(await tx.parked.head('c', 'k')).toMatchObject({ id: first.id });

        await tx.parked.remove(first.id);
        expect((await tx.parked.head('c', 'k'))?.id).toBe(second.id);
        expect(await tx.parked.get(first.id)).toBeUndefined();
        expect(await tx.parked.get('not an id of ours')).toBeUndefined();
      });
    });

    it('parks the same message of a consumer once', async () => {
      await inTx((tx) => tx.parked.add(parked('1')));
      await expect(inTx((tx) => tx.parked.add(parked('1')))).rejects.toThrow();
    });

    it('appends events if the stream is as expected', async () => {
      await inTx(async (tx) => {
        const at = { at: 5, metadata: { correlationId: 'c' } };
        expect(await tx.events.append('s', 0, [{ type: 'a' }, { type: 'b' }], at)).toEqual({
          kind: 'appended',
          version: 2,
        });
        expect(await tx.events.append('s', 1, [{ type: 'x' }], at)).toEqual({
          kind: 'conflict',
          expectedVersion: 1,
          actualVersion: 2,
        });
        expect(await tx.events.append('s', 'any', [{ type: 'c' }], { at: 6 })).toEqual({
          kind: 'appended',
          version: 3,
        });
        const stored = await tx.events.load('s');
        expect(stored.map(({ version, at, event, metadata }) => ({ version, at, event, metadata }))).toEqual([
          { version: 1, at: 5, event: { type: 'a' }, metadata: { correlationId: 'c' } },
          { version: 2, at: 5, event: { type: 'b' }, metadata: { correlationId: 'c' } },
          { version: 3, at: 6, event: { type: 'c' }, metadata: {} },
        ]);
        expect(await tx.events.load('absent')).toEqual([]);
      });
    });

    it('replays the events of all streams in commit order', async () => {
      for (const [stream, type] of [
        ['s', 'a'],
        ['t', 'b'],
        ['s', 'c'],
      ] as const) {
        await inTx((tx) => tx.events.append(stream, 'any', [{ type }], { at: 1 }));
      }
      const first = await inTx((tx) => tx.events.readAll({ limit: 2 }));
      expect(first.map(({ stream, event }) => [stream, event.type])).toEqual([
        ['s', 'a'],
        ['t', 'b'],
      ]);
      const rest = await inTx((tx) => tx.events.readAll({ after: first.at(-1)?.position, limit: 9 }));
      expect(rest.map(({ event }) => event.type)).toEqual(['c']);
    });

    it('keeps one deadline for each id, and knows the earliest', async () => {
      await inTx(async (tx) => {
        await tx.timers.set({ owner: 'p', id: '1', dueAt: 10, attempts: 0 });
        await tx.timers.set({ owner: 'p', id: '2', dueAt: 5, attempts: 0 });
        await tx.timers.set({ owner: 'q', id: '3', dueAt: 1, attempts: 0 });
        await tx.timers.set({ owner: 'p', id: '2', dueAt: 20, attempts: 1 });
        expect(await tx.timers.next('p')).toEqual({ owner: 'p', id: '1', dueAt: 10, attempts: 0 });
        await tx.timers.clear('p', '1');
        expect(await tx.timers.next('p')).toEqual({ owner: 'p', id: '2', dueAt: 20, attempts: 1 });
        expect(await tx.timers.next('absent')).toBeUndefined();
      });
    });

    it('leases to one holder at a time, with a token that grows with each', async () => {
      await inTx(async ({ leases }) => {
        const ask = (holder: string, now: number) =>
          leases.acquire({ name: 'l', holder, now, until: now + 10 });
        expect(await ask('a', 0)).toBe(1);
        expect(await ask('b', 5)).toBeUndefined();
        expect(await ask('a', 5)).toBe(1);
        expect(await ask('b', 14)).toBeUndefined();
        expect(await ask('b', 15)).toBe(2);
        await leases.release('l', 1);
        expect(await ask('a', 16)).toBeUndefined();
        await leases.release('l', 2);
        expect(await ask('a', 16)).toBe(3);
      });
    });
  });
}

function message(id: string): WireMessage {
  return { id, channel: 'c', headers: {}, contentType: 'application/json', body: new Uint8Array([1, 2]) };
}

function parked(identity: string, changes: Partial<ParkedMessage> = {}): Omit<ParkedMessage, 'id'> {
  return {
    consumer: 'c',
    key: 'k',
    identity,
    message: message(identity),
    state: { kind: 'waiting' },
    attempts: 0,
    failure: undefined,
    parkedAt: 3,
    ...changes,
  };
}
