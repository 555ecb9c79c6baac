import type { Severity } from '@chirograph/contract/diagnostics';
import type { Party } from './parties.ts';

/** The particulars of a change between two states of a contract. What does not apply is an empty string. */
export interface ChangeParams {
  /** Whose change it is: `OrderPlaced 1.0`, `payment`, `shop.order.placed`. */
  readonly subject: string;
  /** The field of a message: `data.total`, `data.items[].sku`. */
  readonly field: string;
  /** What it was and what it is now, briefly: `integer`, `maximum 100`. */
  readonly from: string;
  readonly to: string;
}

/** What every rule of compatibility says: all its texts, and in which direction it breaks. */
interface Row {
  /** Of a change that affects somebody. */
  readonly severity: Severity;
  /** The change as a short sentence, for lists and for the head of its page. */
  readonly title: string;
  readonly message: (params: ChangeParams) => string;
  /** Why it matters, and what to do instead: the heart of its page. */
  readonly reason: string;
  /** In which direction a break is to be expected; the modes of a policy choose among them. */
  readonly direction: 'FORWARD' | 'BACKWARD' | 'FULL' | 'NONE';
  /** The rule for the change undone; its own code where the change is its own opposite. */
  readonly mirror: string;
}

/** A change of a schema. The proof decides; whom a break affects follows from the direction. */
export type PayloadRow = Row;

/** Any other change. The rule decides, and `judge` looks at who is affected. */
export interface WorkspaceRow extends Row {
  /** Who the change may affect. */
  readonly affects: readonly Party[];
}
