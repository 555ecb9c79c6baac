import {
  type DeadLetterReason,
  LONGEST_STEP,
  type ParkedMessage,
  type Store,
  type Transaction,
  type WireMessage,
} from '@chirograph/runtime';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Feature } from './broker.ts';

export interface StoreFeatures {
  /** Writers run side by side: one that waits for something else does not hold up the others. */
  readonly manyWriters: Feature;
}

/** One store, empty for each test. */
export interface StoreUnderTest {
  readonly store: Store;
  /** Another connection to the same data, as another process would have. */
  another(): Promise<Store>;
  /** Lets time pass for the store alone: moves its clock ahead, or makes all that it keeps (leases, claims, rows) look so much older. Milliseconds. */
  pass(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

export function describeStore(
  name: string,
  features: StoreFeatures,
  open: () => Promise<StoreUnderTest>,
): void {
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
          expect(await tx.outbox.next({ limit: 9 })).toEqual([]);
        });
      });

      it('lose no change that was made under a lock, whatever they await', async () => {
        const add = async (tx: Transaction): Promise<void> => {
          await tx.parked.lockQueues('c', ['count']);
          const count = (await tx.documents<number>('d').get('count')) ?? 0;
          await new Promise((turn) => setImmediate(turn));
          await tx.documents<number>('d').put('count', count + 1);
        };
        const other = await under.another();
        await Promise.all(Array.from({ length: 40 }, (_, n) => (n % 2 ? store : other).transaction(add)));
        expect(await inTx((tx) => tx.documents<number>('d').get('count'))).toBe(40);
        await other.close();
      });

      it('that look only wait for no writer, see what is committed, and write nothing', async () => {
        await inTx((tx) => tx.documents('d').put('1', 'before'));
        const entered = Promise.withResolvers<void>();
        const leave = Promise.withResolvers<void>();
        const other = await under.another();
        const writing = other.transaction(async (tx) => {
          await tx.documents('d').put('1', 'after');
          entered.resolve();
          await leave.promise;
        });
        await entered.promise;
        expect(await store.read((tx) => tx.documents('d').get('1'))).toBe('before');
        await expect(store.read((tx) => tx.documents('d').put('2', 'no'))).rejects.toThrow();
        await expect(store.read((tx) => tx.parked.lockQueues('c', ['k']))).rejects.toThrow();
        leave.resolve();
        await writing;
        expect(await store.read((tx) => tx.documents('d').list())).toEqual([{ id: '1', document: 'after' }]);
        await other.close();
      });

      it('hand out the client that they run on', async () => {
        await inTx(async (tx) => {
          expect(tx.client).toBeDefined();
          await tx.attempt(async (own) => expect(own.client).toBeDefined());
        });
      });

      it('know nothing of a transaction that is none of theirs', async () => {
        expect(await store.outcomeOf('none')).toBe('unknown');
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

      it('nest attempts, and undo an outer one with what an inner one did', async () => {
        const told: string[] = [];
        await inTx(async (tx) => {
          const outer = tx.attempt(async (own) => {
            await own.documents('d').put('outer', 1);
            await own.attempt(async (inner) => {
              await inner.documents('d').put('inner', 1);
              inner.afterCommit(() => told.push('inner'));
            });
            throw new Error('no');
          });
          await expect(outer).rejects.toThrow('no');
          await tx.attempt(async (own) => {
            const inner = own.attempt(async (it) => {
              await it.documents('d').put('undone', 1);
              throw new Error('no');
            });
            await expect(inner).rejects.toThrow('no');
            await own.documents('d').put('kept', 1);
          });
        });
        expect((await inTx((tx) => tx.documents('d').list())).map(({ id }) => id)).toEqual(['kept']);
        expect(told).toEqual([]);
      });

      it('make one attempt at a time', async () => {
        await inTx(async (tx) => {
          const first = tx.attempt(() => new Promise((turn) => setImmediate(turn)));
          await expect(tx.attempt(async () => undefined)).rejects.toThrow('one at a time');
          await first;
        });
      });

      it('wake those who watch, here and in other processes, after the commit', async () => {
        const other = await under.another();
        const woken = { outbox: 0, timers: 0, other: 0 };
        const stops = [
          store.watch(['outbox'], () => void woken.outbox++),
          store.watch(['timers', 'events'], () => void woken.timers++),
          other.watch(['outbox', 'parked'], () => void woken.other++),
        ];
        // Watching may take a moment to begin elsewhere.
        await vi.waitFor(async () => {
          await inTx((tx) => tx.outbox.add([message('1')]));
          expect(woken.other).toBeGreaterThan(0);
        });
        expect(woken.outbox).toBeGreaterThan(0);
        // A listener may be called without cause, as when listening begins.
        woken.timers = 0;
        await inTx((tx) => tx.events.append('s', 'any', [{ type: 'a' }], { at: 1 }));
        await vi.waitFor(() => expect(woken.timers).toBeGreaterThan(0));
        for (const stop of stops) stop();
        const before = { ...woken };
        await inTx(async (tx) => {
          await tx.outbox.add([message('3')]);
          await tx.timers.set({ owner: 'p', id: '1', dueAt: 1, attempts: 0 });
        });
        expect(woken).toEqual(before);
        await other.close();
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

    it('lists documents page by page', async () => {
      await inTx(async (tx) => {
        for (const id of ['c', 'a', 'd', 'b']) await tx.documents('a').put(id, id);
        const ids = async (page: object) => (await tx.documents('a').list(page)).map(({ id }) => id);
        expect(await ids({ limit: 2 })).toEqual(['a', 'b']);
        expect(await ids({ limit: 2, after: 'b' })).toEqual(['c', 'd']);
        expect(await ids({ after: 'a' })).toEqual(['b', 'c', 'd']);
        expect(await ids({ limit: 2, after: 'd' })).toEqual([]);
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
      const rows = await inTx((tx) => tx.outbox.next({ limit: 9 }));
      expect(rows.map((row) => row.message)).toEqual([whole, message('2'), message('3')]);
      expect((await inTx((tx) => tx.outbox.next({ limit: 2 }))).map(({ message: { id } }) => id)).toEqual([
        '1',
        '2',
      ]);
      await inTx((tx) => tx.outbox.remove(rows.map(({ id }) => id)));
      await inTx((tx) => tx.outbox.add([message('4')]));
      const [next, ...others] = await inTx((tx) => tx.outbox.next({ limit: 9 }));
      expect(others).toEqual([]);
      expect(rows.map(({ id }) => id)).not.toContain(next?.id);
    });

    it('names each sending of the outbox by an id that no other store gives', async () => {
      const other = await open();
      await inTx((tx) => tx.outbox.add([message('1'), message('1')]));
      await other.store.transaction((tx) => tx.outbox.add([message('1')]));
      const rows = [
        ...(await inTx((tx) => tx.outbox.next({ limit: 9 }))),
        ...(await other.store.transaction((tx) => tx.outbox.next({ limit: 9 }))),
      ];
      expect(new Set(rows.map(({ deduplicationId }) => deduplicationId)).size).toBe(3);
      const again = await inTx((tx) => tx.outbox.next({ limit: 9 }));
      expect(again).toEqual(rows.slice(0, 2));
      await other.close();
    });

    it('pages through the outbox, and says how much waits and since when', async () => {
      expect(await inTx((tx) => tx.outbox.depth())).toEqual({ count: 0 });
      await inTx((tx) => tx.outbox.add([message('1'), message('2'), message('3')]));
      await under.pass(60_000);
      const [first] = await inTx((tx) => tx.outbox.next({ limit: 1 }));
      const rest = await inTx((tx) => tx.outbox.next({ limit: 9, after: first?.id }));
      expect(rest.map((row) => row.message.id)).toEqual(['2', '3']);
      const { count, oldestAge = 0 } = await inTx((tx) => tx.outbox.depth());
      expect(count).toBe(3);
      expect(oldestAge).toBeGreaterThanOrEqual(60_000);
    });

    it('lets only the holder of the lease remove what was sent', async () => {
      await inTx((tx) => tx.outbox.add([message('1'), message('2')]));
      await inTx(async (tx) => {
        const ids = (await tx.outbox.next({ limit: 9 })).map(({ id }) => id);
        const token = (await tx.leases.acquire({ name: 'relay', holder: 'a', ttl: 1_000 })) ?? -1;
        await tx.leases.release('relay', token);
        const newer = (await tx.leases.acquire({ name: 'relay', holder: 'b', ttl: 1_000 })) ?? -1;
        expect(await tx.outbox.remove(ids, { name: 'relay', token })).toBe(false);
        expect(await tx.outbox.next({ limit: 9 })).toHaveLength(2);
        expect(await tx.outbox.remove(ids.slice(0, 1), { name: 'relay', token: newer })).toBe(true);
        expect(await tx.outbox.remove(ids.slice(1))).toBe(true);
        expect(await tx.outbox.next({ limit: 9 })).toEqual([]);
      });
    });

    it('lets one delivery of a message win, and remembers it by consumer', async () => {
      await inTx(async (tx) => {
        expect(await tx.inbox.claim('c', ['1', '2', '1'])).toEqual([true, true, false]);
        expect(await tx.inbox.claim('c', ['2', '3'])).toEqual([false, true]);
        expect(await tx.inbox.claim('d', ['1'])).toEqual([true]);
        await tx.inbox.release('c', ['3']);
        expect(await tx.inbox.claim('c', ['3'])).toEqual([true]);
      });
      await inTx(async (tx) => {
        await tx.inbox.claim('c', ['undone']);
        throw new Error('no');
      }).catch(() => undefined);
      expect(await inTx((tx) => tx.inbox.claim('c', ['1', 'undone']))).toEqual([false, true]);
    });

    it('lets one of two claims at once win', async () => {
      const other = await under.another();
      const claims = Array.from({ length: 20 }, (_, n) =>
        (n % 2 ? store : other).transaction(async (tx) => {
          const [won] = await tx.inbox.claim('c', ['1']);
          await new Promise((turn) => setImmediate(turn));
          return won;
        }),
      );
      expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
      await other.close();
    });

    it('does not let what is parked be claimed, nor forgets it', async () => {
      await inTx(async (tx) => {
        await tx.inbox.claim('c', ['1']);
        await tx.parked.add(parked('1'));
        await tx.parked.add(parked('never claimed'));
        expect(await tx.inbox.claim('c', ['1', 'never claimed'])).toEqual([false, false]);
      });
      for (let hour = 0; hour < 10; hour++) {
        await under.pass(3_600_000);
        await inTx((tx) => tx.inbox.prune('c', { keep: 1_000, limit: 9 }));
      }
      expect(await inTx((tx) => tx.inbox.claim('c', ['1']))).toEqual([false]);
    });

    it('forgets what is older than told, in steps, and nothing before', async () => {
      const keep = 5 * 3_600_000;
      await inTx((tx) => tx.inbox.claim('c', ['1', '2', '3']));
      await inTx((tx) => tx.inbox.claim('d', ['1']));
      const prune = (limit: number) => inTx((tx) => tx.inbox.prune('c', { keep, limit }));
      for (let hour = 0; hour < 5; hour++) {
        expect(await prune(9)).toBe(0);
        await under.pass(3_600_000);
      }
      await inTx((tx) => tx.inbox.claim('c', ['young']));
      for (let hour = 0; hour < 3; hour++) {
        await under.pass(3_600_000);
        await inTx((tx) => tx.inbox.prune('other', { keep, limit: 9 }));
      }
      expect(await prune(2)).toBe(2);
      expect(await prune(2)).toBe(1);
      expect(await prune(2)).toBe(0);
      expect(await inTx((tx) => tx.inbox.claim('c', ['1', 'young']))).toEqual([true, false]);
      expect(await inTx((tx) => tx.inbox.claim('d', ['1']))).toEqual([false]);
    });

    it('forgets nothing early because a clock has jumped ahead', async () => {
      await inTx((tx) => tx.inbox.prune('c', { keep: 1, limit: 9 }));
      await inTx((tx) => tx.inbox.claim('c', ['1']));
      await under.pass(8 * 24 * 3_600_000);
      const keep = 2 * LONGEST_STEP;
      expect(await inTx((tx) => tx.inbox.prune('c', { keep, limit: 9 }))).toBe(0);
      expect(await inTx((tx) => tx.inbox.claim('c', ['1']))).toEqual([false]);
    });

    it('queues parked messages by consumer and key', async () => {
      await inTx(async (tx) => {
        const first = await tx.parked.add(
          parked('1', { state: { kind: 'retrying', dueAt: 500, delay: 100 }, attempts: 1 }),
        );
        const second = await tx.parked.add(parked('2'));
        const third = await tx.parked.add(
          parked('3', { key: 'other', state: { kind: 'retrying', dueAt: 400, delay: 100 } }),
        );
        await tx.parked.add(parked('4', { key: undefined }));
        await tx.parked.add(parked('1', { consumer: 'someone else' }));

        const heads = await tx.parked.lockQueues('c', ['k', 'absent', 'other', 'k']);
        expect([...heads.entries()].sort()).toEqual([
          ['k', first],
          ['other', third],
        ]);
        const due = async (now: number, limit: number) =>
          (await tx.parked.due('c', now, limit)).map(({ identity }) => identity);
        expect(await due(399, 9)).toEqual([]);
        expect(await due(500, 9)).toEqual(['3', '1']);
        expect(await due(500, 1)).toEqual(['3']);
        expect(await tx.parked.nextDueAt('c', 300)).toBe(400);
        expect(await tx.parked.nextDueAt('absent', 300)).toBeUndefined();
        expect(await tx.parked.behind(first.id, { limit: 9 })).toEqual([second]);
        expect(await tx.parked.behind(first.id, { limit: 9, after: second.id })).toEqual([]);
        expect(await tx.parked.countBehind(first.id)).toBe(1);
        expect(await tx.parked.countBehind(second.id)).toBe(0);

        const failure = {
          error: 'E',
          message: 'm',
          firstAt: 1,
          lastAt: 2,
          violations: [{ pointer: '/a', rule: 'type', expected: 'x', found: 'y' }],
        };
        const state = { kind: 'dead', reason: 'invalid', at: 7 } as const;
        await tx.parked.update(first.id, { state, attempts: 3, failure });
        expect(await tx.parked.get(first.id)).toEqual({ ...first, state, attempts: 3, failure });
        expect((await tx.parked.lockQueues('c', ['k'])).get('k')).toMatchObject({ id: first.id });

        await tx.parked.remove(first.id);
        expect((await tx.parked.lockQueues('c', ['k'])).get('k')?.id).toBe(second.id);
        expect(await tx.parked.get(first.id)).toBeUndefined();
        expect(await tx.parked.get('not an id of ours')).toBeUndefined();
      });
    });

    it('tries again at once what a clock that was set back would hold for long', async () => {
      await inTx(async (tx) => {
        const hour = 3_600_000;
        await tx.parked.add(
          parked('1', { state: { kind: 'retrying', dueAt: 10 * hour + 1_000, delay: 1_000 } }),
        );
        expect(await tx.parked.due('c', 10 * hour, 9)).toEqual([]);
        expect(await tx.parked.due('c', 9 * hour, 9)).toHaveLength(1);
        expect(await tx.parked.nextDueAt('c', 9 * hour)).toBeLessThanOrEqual(9 * hour);
        await tx.parked.add(
          parked('2', { key: 'long', state: { kind: 'retrying', dueAt: 11 * hour, delay: hour } }),
        );
        expect((await tx.parked.due('c', 9 * hour + 1, 9)).map(({ identity }) => identity)).toEqual(['1']);
      });
    });

    it('lists parked messages without their bodies, by page and filter, and counts them', async () => {
      await inTx(async (tx) => {
        const failure = { error: 'E', message: 'm', stack: 'long', firstAt: 1, lastAt: 2 };
        const dead = (at: number, reason: DeadLetterReason) =>
          ({ state: { kind: 'dead', reason, at }, failure }) as const;
        const one = await tx.parked.add(parked('1', dead(10, 'invalid')));
        await tx.parked.add(parked('2'));
        await tx.parked.add(parked('3', { ...dead(20, 'retries-exhausted'), key: 'other' }));
        const four = await tx.parked.add(
          parked('4', { ...dead(30, 'invalid'), key: undefined, consumer: 'd' }),
        );
        const ids = async (filter: object) =>
          (await tx.parked.list({ limit: 9, ...filter })).map(({ identity }) => identity);

        expect(await ids({ state: 'dead' })).toEqual(['1', '3', '4']);
        expect(await ids({ state: 'dead', limit: 1 })).toEqual(['1']);
        expect(await ids({ state: 'dead', after: one.id })).toEqual(['3', '4']);
        expect(await ids({ consumer: 'c' })).toEqual(['1', '2', '3']);
        expect(await ids({ reason: 'invalid' })).toEqual(['1', '4']);
        expect(await ids({ reason: 'invalid', deadBefore: 30 })).toEqual(['1']);
        expect(await ids({ key: 'other' })).toEqual(['3']);
        expect(await ids({ name: 'n' })).toEqual(['1', '2', '3', '4']);
        expect(await ids({ name: 'absent' })).toEqual([]);

        const { body, ...head } = four.message;
        const { stack: _, ...said } = failure;
        expect((await tx.parked.list({ limit: 9, consumer: 'd' }))[0]).toEqual({
          ...four,
          message: head,
          size: body.byteLength,
          failure: said,
        });
        const counts = await tx.parked.counts();
        expect(counts.map((it) => `${it.consumer} ${it.state} ${it.count}`).sort()).toEqual([
          'c dead 2',
          'c waiting 1',
          'd dead 1',
        ]);
      });
    });

    it('holds a queue that is locked, also an empty one', async () => {
      const other = await under.another();
      const order: string[] = [];
      const entered = Promise.withResolvers<void>();
      const leave = Promise.withResolvers<void>();
      const first = store.transaction(async (tx) => {
        expect((await tx.parked.lockQueues('c', ['k', 'j'])).size).toBe(0);
        entered.resolve();
        await leave.promise;
        await tx.parked.add(parked('1'));
        order.push('first');
      });
      await entered.promise;
      const second = other.transaction(async (tx) => {
        const heads = await tx.parked.lockQueues('c', ['j', 'k']);
        order.push(`second sees ${heads.get('k')?.identity}`);
      });
      for (let turn = 0; turn < 20; turn++) await new Promise((next) => setImmediate(next));
      leave.resolve();
      await Promise.all([first, second]);
      expect(order).toEqual(['first', 'second sees 1']);
      await other.close();
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
        expect((await tx.events.load('s', { from: 3 })).map(({ version }) => version)).toEqual([3]);
      });
    });

    it('lets one of several appends at once win, and the others go on in their transactions', async () => {
      const other = await under.another();
      const appends = Array.from({ length: 8 }, (_, n) =>
        (n % 2 ? store : other).transaction(async (tx) => {
          const appended = await tx.events.append('s', 0, [{ type: 'a' }], { at: 1 });
          await tx.documents('d').put(String(n), appended.kind);
          return appended.kind;
        }),
      );
      expect((await Promise.all(appends)).sort()).toEqual(['appended', ...Array(7).fill('conflict')]);
      expect(await inTx((tx) => tx.documents('d').list())).toHaveLength(8);
      await other.close();
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
      const some = async (filter: object) =>
        (await inTx((tx) => tx.events.readAll({ limit: 9, ...filter }))).map(({ event }) => event.type);
      expect(await some({ types: ['a', 'b'] })).toEqual(['a', 'b']);
      expect(await some({ streamPrefix: 's' })).toEqual(['a', 'c']);
      expect(await some({ streamPrefix: '%' })).toEqual([]);
      expect(await some({ stream: 's' })).toEqual(['a', 'c']);
      expect(await some({ stream: 's', after: first[0]?.position })).toEqual(['c']);
      expect(await some({ stream: '' })).toEqual([]);
      expect(await some({ types: [] })).toEqual([]);
    });

    it('notes the version of the shape in which an event was written', async () => {
      const events = [{ type: 'a' }, { type: 'b' }];
      await inTx((tx) => tx.events.append('s', 0, events, { at: 1, schemaVersions: { b: '2.0' } }));
      const versions = (await inTx((tx) => tx.events.load('s'))).map((it) => it.schemaVersion);
      expect(versions).toEqual([undefined, '2.0']);
    });

    it('knows how far the events can be read', async () => {
      expect(await store.read((tx) => tx.events.head())).toBeUndefined();
      await inTx((tx) => tx.events.append('s', 0, [{ type: 'a' }, { type: 'b' }], { at: 1 }));
      const head = await store.read((tx) => tx.events.head());
      await inTx((tx) => tx.events.append('t', 0, [{ type: 'c' }], { at: 1 }));
      const rest = await store.read((tx) => tx.events.readAll({ after: head, limit: 9 }));
      expect(rest.map(({ event }) => event.type)).toEqual(['c']);
      const before = await store.read((tx) => tx.events.readAll({ upTo: head, limit: 9 }));
      expect(before.map(({ event }) => event.type)).toEqual(['a', 'b']);
    });

    it('keeps one deadline for each id, and knows the earliest', async () => {
      await inTx(async (tx) => {
        await tx.timers.set({ owner: 'p', id: '1', dueAt: 10, attempts: 0 });
        await tx.timers.set({ owner: 'p', id: '2', dueAt: 5, attempts: 0 });
        await tx.timers.set({ owner: 'q', id: '3', dueAt: 1, attempts: 0 });
        await tx.timers.set({ owner: 'p', id: '2', dueAt: 20, attempts: 1 });
        expect(await tx.timers.nextDueAt('p')).toBe(10);
        expect(await tx.timers.due('p', 9)).toBeUndefined();
        expect(await tx.timers.due('p', 30)).toEqual({ owner: 'p', id: '1', dueAt: 10, attempts: 0 });
        await tx.timers.clear('p', '1');
        expect(await tx.timers.due('p', 30)).toEqual({ owner: 'p', id: '2', dueAt: 20, attempts: 1 });
        expect(await tx.timers.nextDueAt('absent')).toBeUndefined();
      });
    });

    it('leases to one holder at a time by its own time, with a token that grows with each', async () => {
      const ask = (holder: string, ttl = 10_000) =>
        inTx((tx) => tx.leases.acquire({ name: 'l', holder, ttl }));
      expect(await ask('a')).toBe(1);
      await under.pass(5_000);
      expect(await ask('b')).toBeUndefined();
      expect(await ask('a')).toBe(1);
      await under.pass(9_000);
      expect(await ask('b')).toBeUndefined();
      await under.pass(1_001);
      expect(await ask('b')).toBe(2);
      await inTx((tx) => tx.leases.release('l', 1));
      expect(await ask('a')).toBeUndefined();
      await inTx((tx) => tx.leases.release('l', 2));
      expect(await ask('a')).toBe(3);
      await under.pass(60_000);
      // It had lapsed, and nobody else had it in between.
      expect(await ask('a')).toBe(3);
    });

    it('says who holds which leases', async () => {
      await inTx(async ({ leases }) => {
        await leases.acquire({ name: 'p/2', holder: 'b', ttl: 10_000 });
        await leases.acquire({ name: 'p/1', holder: 'a', ttl: 10_000 });
        await leases.acquire({ name: 'q', holder: 'a', ttl: 10_000 });
        await leases.release('p/3', 1);
      });
      const held = await store.read(({ leases }) => leases.held('p/'));
      expect(held.map(({ name, holder, token }) => [name, holder, token])).toEqual([
        ['p/1', 'a', 1],
        ['p/2', 'b', 1],
      ]);
      for (const { remaining } of held) expect(remaining).toBeLessThanOrEqual(10_000);
      await under.pass(10_001);
      expect(await store.read(({ leases }) => leases.held('p/'))).toEqual([]);
    });

    itWhere(features.manyWriters, 'lets one writer wait without holding up another', async () => {
      const entered = Promise.withResolvers<void>();
      const leave = Promise.withResolvers<void>();
      const waiting = store.transaction(async (tx) => {
        await tx.documents('d').put('slow', 1);
        entered.resolve();
        await leave.promise;
      });
      await entered.promise;
      await store.transaction((tx) => tx.documents('d').put('quick', 1));
      leave.resolve();
      await waiting;
      expect(store.maxLockWait).toBeUndefined();
    });
  });
}

function itWhere(feature: Feature, name: string, run: () => Promise<void>): void {
  if (feature === true) it(name, run);
  else it.skip(`${name} (not run: ${feature.not})`, run);
}

function message(id: string): WireMessage {
  return {
    id,
    name: 'n',
    channel: 'c',
    headers: {},
    contentType: 'application/json',
    body: new Uint8Array([1, 2]),
  };
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
