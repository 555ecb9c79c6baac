/** How a part stands towards its server, for readiness probes. Answered at once, without asking the server. */
export interface Health {
  readonly connected: boolean;
  /** Since when it is so: milliseconds since 1970-01-01T00:00Z. */
  readonly since: number;
  /** Why it is not connected, as far as known. */
  readonly problem?: string | undefined;
}
