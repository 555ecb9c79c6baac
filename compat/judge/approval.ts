/** A break that is meant, and that somebody answers for. */
export interface Approval {
  /** The fingerprint of the change. */
  readonly fingerprint: string;
  /** What was approved, for those who read the file. */
  readonly change: string;
  readonly reason: string;
  /** The last day on which it counts, `YYYY-MM-DD`. */
  readonly until: string;
}

/** The approval of a change, or the one whose time is over. */
export function approvalOf(
  fingerprint: string,
  approvals: readonly Approval[],
  today: string,
): { readonly approval?: Approval; readonly expired?: Approval } {
  const own = approvals.filter((it) => it.fingerprint === fingerprint);
  const approval = own.find((it) => it.until >= today);
  if (approval) return { approval };
  const expired = own.at(-1);
  return expired ? { expired } : {};
}
