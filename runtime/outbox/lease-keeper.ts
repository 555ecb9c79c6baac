import type { Cancel, Clock } from '../ports/clock.ts';
import type { Fence } from '../ports/leases.ts';
import type { Store, Transaction } from '../ports/store.ts';

/** A lease that is renewed for as long as its holder works, however long a step of the work takes. */
export interface LeaseKeeper {
  /** Takes or extends the lease in the transaction given; `undefined` when another holder has it. */
  take(tx: Transaction): Promise<Fence | undefined>;
  /** Whether the lease is certainly ours just now, by a clock that nobody sets: no one else can have taken anything. */
  isHeld(): boolean;
  /** Resolves when `work` does, and renews the lease meanwhile. */
  whileHeld<T>(work: Promise<T>): Promise<T>;
  /** Gives it back, and renews it no more. */
  release(): Promise<void>;
}

export interface LeaseKeeperOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly name: string;
  readonly holder: string;
  /** Milliseconds. */
  readonly ttl: number;
  /** Milliseconds by a clock that nobody sets; the process's own unless told otherwise. */
  readonly elapsed?: (() => number) | undefined;
}

export function leaseKeeper(options: LeaseKeeperOptions): LeaseKeeper {
  const { store, clock, name, holder, ttl, elapsed = () => performance.now() } = options;
  let held: Fence | undefined;
  let until = 0;
  /** Of those whose work is under way. */
  const renewals = new Set<{ end(): Promise<void> }>();

  async function take(tx: Transaction): Promise<Fence | undefined> {
    // Counted from before the question, for the lease may have begun as early as that.
    const asked = elapsed();
    const token = await tx.leases.acquire({ name, holder, ttl });
    held = token === undefined ? undefined : { name, token };
    if (held) until = asked + ttl;
    return held;
  }

  return {
    take,
    isHeld: () => held !== undefined && elapsed() < until,
    async whileHeld(work) {
      let isOver = false;
      let cancel: Cancel = () => undefined;
      let renewing: Promise<unknown> = Promise.resolve();
      const renewLater = (): void => {
        cancel = clock.after(ttl / 3, async () => {
          // A renewal that fails is no reason to stop what is under way: the fence tells in the end.
          renewing = store.transaction(take).catch(() => undefined);
          await renewing;
          if (!isOver) renewLater();
        });
      };
      const renewal = {
        async end() {
          isOver = true;
          cancel();
          await renewing;
        },
      };
      renewals.add(renewal);
      renewLater();
      try {
        return await work;
      } finally {
        renewals.delete(renewal);
        void renewal.end();
      }
    },
    async release() {
      // What was given up may never end, and would have the lease again.
      await Promise.all([...renewals].map((renewal) => renewal.end()));
      const giving = held;
      held = undefined;
      if (giving) await store.transaction((tx) => tx.leases.release(giving.name, giving.token));
    },
  };
}
