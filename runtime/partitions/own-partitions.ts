import type { Cancel, Clock } from '../ports/clock.ts';
import type { HeldLease, Leases } from '../ports/leases.ts';

/**
 * Shares partitions among the members of a group, each owned by one member at a time, by leases: for brokers that do not do it
 * themselves. Every member has a lease of its own, which shows how many there are; each takes its share of what is free, and gives back what is
 * more than that when others come.
 */
export interface PartitionOwner {
  /** Looks at once for who is there and what is free: when another member has said that it came or went. */
  look(): void;
  /**
   * Gives one back for another member to take, and leaves it alone for a while; does nothing when there is no other. One that is free for long is
   * taken by anyone, beyond its share.
   */
  pass(partition: number): void;
  /** Gives everything back: each partition after `lost` has resolved. */
  stop(): Promise<void>;
}

export interface PartitionOwnerOptions {
  readonly leases: Leases;
  readonly clock: Clock;
  /** Before the names of all leases: one for each group and stream. */
  readonly prefix: string;
  readonly member: string;
  /** How many partitions there are, from 0. */
  readonly partitions: number;
  /** Milliseconds without a sign of life after which another member may take over. */
  readonly ttl: number;
  /** The partition is ours: begin. `token` is higher for each new owner. Must not reject. */
  gained(partition: number, token: number): void;
  /**
   * The partition is not, or soon not, ours: stop. `given` when it is given back, which waits until this resolves; `lapsed` when someone else may
   * own it already: everything of it is void at once. It is not ours again before this is over; when it rejects, not before its lease has run out.
   */
  lost(partition: number, why: 'given' | 'lapsed'): Promise<void>;
  /** Told when the leases cannot be asked. */
  onFault(error: unknown): void;
  /** Milliseconds by a clock that nobody sets; the process's own unless told otherwise. */
  readonly elapsed?: (() => number) | undefined;
}

interface Owned {
  readonly token: number;
  /** By the clock of this process: until then it is certainly ours. */
  until: number;
}

export function ownPartitions(options: PartitionOwnerOptions): PartitionOwner {
  const { leases, clock, prefix, member, partitions, ttl, gained, lost, onFault } = options;
  const { elapsed = () => performance.now() } = options;
  const owned = new Map<number, Owned>();
  /** Those that are being given back: renewed until what they have under way has ended. */
  const leaving = new Map<number, Promise<void>>();
  /** Those that have lapsed, until what was under way of them has ended: that may take its time, and what else is owned is renewed meanwhile. */
  const ending = new Map<number, Promise<void>>();
  /** Those that were passed on: not to be taken again before. */
  const avoided = new Map<number, number>();
  /** Those that nobody had when we last looked, and since when. */
  const free = new Map<number, number>();
  const every = ttl / 3;
  let members = 1;
  let stopped = false;
  let cancel: Cancel = () => undefined;
  let cancelWatch: Cancel = () => undefined;

  const partitionName = (partition: number): string => `${prefix}/partition/${partition}`;
  const memberName = `${prefix}/member/${member}`;

  /** Counted from before the question, for the lease may have begun as early as that. */
  async function acquire(name: string): Promise<Owned | undefined> {
    const asked = elapsed();
    const token = await leases.acquire({ name, holder: member, ttl });
    return token === undefined ? undefined : { token, until: asked + ttl };
  }

  async function round(): Promise<void> {
    await acquire(memberName);
    for (const [partition, before] of [...owned]) {
      // Given back by now: to renew it would be to take it again.
      if (owned.get(partition) !== before) continue;
      const now = await acquire(partitionName(partition));
      // Another token: someone else had it in between, and what was under way is void.
      if (now && now.token === before.token) before.until = now.until;
      else {
        lapse(partition);
        if (now) await leases.release(partitionName(partition), now.token);
      }
    }
    const share = shareAmong(await leases.held(`${prefix}/member/`));
    const staying = [...owned.keys()].filter((partition) => !leaving.has(partition));
    for (const partition of staying.slice(share)) giveBack(partition);
    if (stopped || owned.size === partitions) return;
    const held = new Set((await leases.held(`${prefix}/partition/`)).map(({ name }) => name));
    for (let partition = 0; partition < partitions && !stopped; partition++) {
      if (held.has(partitionName(partition))) free.delete(partition);
      else if (mayTake(partition, share)) {
        const now = await acquire(partitionName(partition));
        if (now) take(partition, now);
      }
    }
  }

  /** As even as can be: those whose names come first have one more. Where there are too few for all, a member that has one keeps it. */
  function shareAmong(all: readonly HeldLease[]): number {
    members = Math.max(1, all.length);
    const rank = all.findIndex(({ name }) => name === memberName);
    const least = Math.max(1, Math.floor(partitions / members));
    return rank < partitions - least * members ? least + 1 : least;
  }

  function mayTake(partition: number, share: number): boolean {
    if (owned.has(partition) || ending.has(partition)) return false;
    const now = elapsed();
    const since = free.get(partition) ?? now;
    free.set(partition, since);
    if (now < (avoided.get(partition) ?? 0)) return false;
    return owned.size < share || now - since > every;
  }

  function take(partition: number, lease: Owned): void {
    owned.set(partition, lease);
    free.delete(partition);
    avoided.delete(partition);
    gained(partition, lease.token);
  }

  function lapse(partition: number): void {
    if (!owned.delete(partition)) return;
    const over = lost(partition, 'lapsed')
      .catch(onFault)
      .finally(() => ending.delete(partition));
    ending.set(partition, over);
  }

  function giveBack(partition: number): Promise<void> {
    const known = leaving.get(partition);
    if (known) return known;
    const leave = async (): Promise<void> => {
      const lease = owned.get(partition);
      await lost(partition, 'given');
      // It may have lapsed meanwhile.
      if (lease && owned.delete(partition)) await leases.release(partitionName(partition), lease.token);
    };
    const left = leave()
      .catch((error) => {
        // Nobody works on it any more: kept, it would be renewed for ever. Its lease runs out.
        owned.delete(partition);
        onFault(error);
      })
      .finally(() => leaving.delete(partition));
    leaving.set(partition, left);
    return left;
  }

  /** What could not be renewed in time is not ours any more, whether the leases can be asked or not. */
  async function watch(): Promise<void> {
    for (const [partition, { until }] of [...owned]) if (elapsed() >= until) lapse(partition);
    if (!stopped || owned.size > 0) cancelWatch = clock.after(every / 2, watch);
  }

  let running: Promise<void> | undefined;
  let again = false;
  function run(): Promise<void> {
    cancel();
    again = running !== undefined;
    running ??= round()
      .catch(onFault)
      .then(() => {
        running = undefined;
        // Also while it is being stopped: what is being given back is renewed until it is.
        if (again) return run();
        if (!stopped || owned.size > 0) cancel = clock.after(every, run);
      });
    return running;
  }
  void run();
  cancelWatch = clock.after(every / 2, watch);

  return {
    look() {
      if (!stopped) void run();
    },
    pass(partition) {
      if (members < 2 || !owned.has(partition)) return;
      avoided.set(partition, elapsed() + ttl);
      void giveBack(partition);
    },
    async stop() {
      stopped = true;
      await running;
      await Promise.all([...[...owned.keys()].map(giveBack), ...ending.values()]);
      cancel();
      cancelWatch();
      const own = (await leases.held(memberName).catch(() => [])).find(({ name }) => name === memberName);
      if (own) await leases.release(memberName, own.token).catch(onFault);
    },
  };
}
