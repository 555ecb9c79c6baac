/**
 * Rights to do something alone for a while. All time is the lender's own (the store's or the broker's clock), so that no
 * holder's clock matters: a holder says how long, never until when.
 */
export interface Leases {
  /**
   * Takes the lease for `ttl` milliseconds from now, or extends it for the holder who has it. Answers with a fencing token:
   * the same for as long as nobody else had the lease in between, higher for each new holder. `undefined` when another holder
   * has it. A lease whose end lies further ahead than its `ttl` (the lender's clock was set back) has lapsed.
   */
  acquire(request: LeaseRequest): Promise<number | undefined>;
  /** Gives it back. Does nothing when someone else has taken it since: the token shows that. */
  release(name: string, token: number): Promise<void>;
  /** The leases under way whose names begin with the prefix, in the order of their names (by code unit). */
  held(prefix: string): Promise<readonly HeldLease[]>;
}

export interface LeaseRequest {
  readonly name: string;
  readonly holder: string;
  /** Milliseconds. */
  readonly ttl: number;
}

export interface HeldLease {
  readonly name: string;
  readonly holder: string;
  readonly token: number;
  /** Milliseconds that are left of it. */
  readonly remaining: number;
}

/** Proof of holding a lease: what is done with it is done only while the lease still has this token. */
export interface Fence {
  readonly name: string;
  readonly token: number;
}
