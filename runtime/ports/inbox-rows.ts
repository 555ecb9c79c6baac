/** What each consumer has already done. */
export interface InboxRows {
  has(consumer: string, identity: string): Promise<boolean>;
  /** Does nothing when it is there. `at`: milliseconds since 1970-01-01T00:00Z. */
  add(consumer: string, identity: string, at: number): Promise<void>;
  /** Forgets what the consumer did before then; answers how many were forgotten. */
  prune(consumer: string, before: number): Promise<number>;
}
