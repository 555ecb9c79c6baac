/** Rights to do something alone for a while. */
export interface Leases {
  /**
   * Takes the lease, or extends it for the holder who has it. Answers a fencing token that is higher for each
   * new holder, or `undefined` when another holds the lease past `now`. Times: milliseconds since 1970-01-01T00:00Z.
   */
  acquire(request: LeaseRequest): Promise<number | undefined>;
  /** Gives it back. Does nothing when someone else has taken it since: the token shows that. */
  release(name: string, token: number): Promise<void>;
}

export interface LeaseRequest {
  readonly name: string;
  readonly holder: string;
  readonly now: number;
  readonly until: number;
}
