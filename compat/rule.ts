import type { ChangeCode } from '@chirograph/contract/diagnostics';
import type { Party } from './judge/finding.ts';

/** A rule of compatibility: a row of the table. Its texts and its severity stand with its code. */
export interface Rule {
  readonly code: ChangeCode;
  /** Whom the change may injure. */
  readonly injures: readonly Party[];
  /** In which direction a break is to be expected; the modes of a policy choose among them. */
  readonly direction: 'FORWARD' | 'BACKWARD' | 'FULL' | 'NONE';
  /** What decides whether it does: a proof on the schemas, or the rule alone. */
  readonly decidedBy: 'proof' | 'rule';
  /** The rule for the change undone; its own code where the change is its own opposite. */
  readonly mirror: ChangeCode | { readonly none: string };
}
