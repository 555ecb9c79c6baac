import { describe, expect, it } from 'vitest';
import type { Leases } from '../ports/leases.ts';
import { type ManualClock, manualClock } from '../testing/manual-clock.ts';
import { ownPartitions, type PartitionOwner } from './own-partitions.ts';

const PARTITIONS = 6;
const TTL = 3_000;

/** Leases as a broker lends them: by one clock, whatever those of the members say. */
function lender(clock: ManualClock): Leases & { reachable: boolean } {
  const all = new Map<string, { holder: string; token: number; until: number }>();
  const self = {
    reachable: true,
    async acquire({ name, holder, ttl }: { name: string; holder: string; ttl: number }) {
      if (!self.reachable) throw new Error('connection lost');
      const now = clock.now();
      const held = all.get(name);
      if (held && held.holder !== holder && held.until > now) return undefined;
      const token = held?.holder === holder ? held.token : (held?.token ?? 0) + 1;
      all.set(name, { holder, token, until: now + ttl });
      return token;
    },
    async release(name: string, token: number) {
      const held = all.get(name);
      if (held?.token === token) all.set(name, { holder: '', token, until: 0 });
    },
    async held(prefix: string) {
      const now = clock.now();
      return [...all]
        .filter(([name, { until }]) => name.startsWith(prefix) && until > now)
        .map(([name, { holder, token, until }]) => ({ name, holder, token, remaining: until - now }))
        .sort((one, other) => (one.name < other.name ? -1 : 1));
    },
  };
  return self;
}

describe('partitions that are owned by leases', () => {
  const world = () => {
    const clock = manualClock();
    const leases = lender(clock);
    const owners = new Map<number, string>();
    const lapsed: number[] = [];
    /** Whether a partition ever had two owners. */
    let doubled = false;
    function join(
      member: string,
      over: {
        clock?: ManualClock;
        leases?: Leases;
        leave?: Promise<void>;
        /** What is under way in a partition that has lapsed takes so long. */
        linger?: Promise<void>;
        /** What belongs to a partition cannot be brought to its end. */
        fails?: boolean;
      } = {},
    ) {
      const own = over.clock ?? clock;
      const owner: PartitionOwner = ownPartitions({
        leases: over.leases ?? leases,
        clock: own,
        elapsed: own.now,
        prefix: 'g',
        member,
        partitions: PARTITIONS,
        ttl: TTL,
        gained(partition) {
          doubled ||= owners.has(partition) && owners.get(partition) !== member;
          owners.set(partition, member);
        },
        async lost(partition, why) {
          if (why === 'given') await over.leave;
          else lapsed.push(partition);
          if (owners.get(partition) === member) owners.delete(partition);
          if (why === 'given' && over.fails) throw new Error('not flushed');
          if (why === 'lapsed') await over.linger;
        },
        onFault: () => undefined,
      });
      return owner;
    }
    const pass = async (milliseconds: number) => {
      for (let passed = 0; passed < milliseconds; passed += 250) {
        await clock.advance(250);
        for (let n = 0; n < 10; n++) await new Promise((next) => setImmediate(next));
      }
    };
    const counts = () => {
      const byMember: Record<string, number> = {};
      for (const member of owners.values()) byMember[member] = (byMember[member] ?? 0) + 1;
      return byMember;
    };
    return { clock, leases, join, pass, counts, owners, lapsed, wasDoubled: () => doubled };
  };

  it('are shared evenly as members come and go, and never owned twice', async () => {
    const { join, pass, counts, wasDoubled } = world();
    const a = join('a');
    await pass(500);
    expect(counts()).toEqual({ a: 6 });
    const b = join('b');
    await pass(3 * TTL);
    expect(counts()).toEqual({ a: 3, b: 3 });
    const c = join('c');
    await pass(3 * TTL);
    expect(counts()).toEqual({ a: 2, b: 2, c: 2 });
    await a.stop();
    await pass(3 * TTL);
    expect(counts()).toEqual({ b: 3, c: 3 });
    await Promise.all([b.stop(), c.stop()]);
    expect(counts()).toEqual({});
    expect(wasDoubled()).toBe(false);
  });

  it('leave no member without one when there are enough', async () => {
    const { join, pass, counts, wasDoubled } = world();
    const members = [];
    for (const name of ['a', 'b', 'c', 'd']) {
      members.push(join(name));
      await pass(3 * TTL);
    }
    expect(counts()).toEqual({ a: 2, b: 2, c: 1, d: 1 });
    for (const name of ['e', 'f', 'g']) {
      members.push(join(name));
      await pass(3 * TTL);
    }
    expect(Object.values(counts())).toEqual(Array(PARTITIONS).fill(1));
    await Promise.all(members.map((it) => it.stop()));
    expect(wasDoubled()).toBe(false);
  });

  it('pass to others when a member dies, after its leases have lapsed', async () => {
    const { join, pass, counts, owners } = world();
    const suspended = manualClock();
    join('dead', { clock: suspended });
    await pass(500);
    expect(counts()).toEqual({ dead: 6 });
    const b = join('b');
    await pass(TTL / 2);
    expect(counts()).toEqual({ dead: 6 });
    owners.clear();
    await pass(2 * TTL);
    expect(counts()).toEqual({ b: 6 });
    await b.stop();
  });

  it('are let go by a member that cannot renew them, before another may have them', async () => {
    const { leases, join, pass, counts, lapsed } = world();
    const cut = { ...leases, acquire: leases.acquire };
    join('cut', { leases: cut });
    await pass(500);
    cut.acquire = async () => {
      throw new Error('connection lost');
    };
    await pass(TTL);
    expect(counts()).toEqual({});
    expect(lapsed).toHaveLength(PARTITIONS);
  });

  it('go to others though giving them back fails', async () => {
    const { join, pass, counts, wasDoubled } = world();
    const a = join('a', { fails: true });
    await pass(500);
    const b = join('b');
    await pass(4 * TTL);
    expect(counts()).toEqual({ a: 3, b: 3 });
    await Promise.all([a.stop(), b.stop()]);
    expect(wasDoubled()).toBe(false);
  });

  it('are renewed while one that has lapsed comes to its end, which is not taken again before', async () => {
    const { leases, join, pass, owners, counts, lapsed } = world();
    const linger = Promise.withResolvers<void>();
    const a = join('a', { linger: linger.promise });
    await pass(500);
    const lost = 'g/partition/0';
    await leases.release(lost, 1);
    await leases.acquire({ name: lost, holder: 'other', ttl: TTL });
    await pass(4 * TTL);
    expect(lapsed).toEqual([0]);
    expect(counts()).toEqual({ a: PARTITIONS - 1 });
    linger.resolve();
    await pass(2 * TTL);
    expect(owners.get(0)).toBe('a');
    await a.stop();
  });

  it('are renewed while what is under way in them ends', async () => {
    const { join, pass, counts, wasDoubled } = world();
    const leave = Promise.withResolvers<void>();
    join('slow', { leave: leave.promise });
    await pass(500);
    const b = join('b');
    await pass(5 * TTL);
    expect(counts()).toEqual({ slow: 6 });
    leave.resolve();
    await pass(3 * TTL);
    expect(counts()).toEqual({ slow: 3, b: 3 });
    expect(wasDoubled()).toBe(false);
    await b.stop();
  });

  it('are shared at once among members who look when others come and go', async () => {
    const { join, counts } = world();
    const turns = async () => {
      for (let n = 0; n < 100; n++) await new Promise((next) => setImmediate(next));
    };
    const a = join('a');
    await turns();
    const b = join('b');
    await turns();
    a.look();
    await turns();
    b.look();
    await turns();
    expect(counts()).toEqual({ a: 3, b: 3 });
    await a.stop();
    b.look();
    await turns();
    expect(counts()).toEqual({ b: 6 });
    await b.stop();
  });

  it('are passed on to another member, beyond its share', async () => {
    const { join, pass, counts, owners, wasDoubled } = world();
    const a = join('a');
    await pass(500);
    a.pass(0);
    await pass(TTL);
    expect(owners.get(0)).toBe('a');
    const b = join('b');
    await pass(3 * TTL);
    const [mine = 0] = [...owners].filter(([, member]) => member === 'a').map(([partition]) => partition);
    a.pass(mine);
    await pass(TTL - 250);
    expect(owners.get(mine)).toBe('b');
    await pass(5 * TTL);
    expect(counts()).toEqual({ a: 3, b: 3 });
    expect(wasDoubled()).toBe(false);
    await Promise.all([a.stop(), b.stop()]);
  });
});
