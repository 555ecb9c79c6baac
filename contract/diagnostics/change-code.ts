import type { Severity } from './severity.ts';

/** The particulars of a change between two states of a contract. What does not apply is the empty text. */
export interface ChangeParams {
  /** Whose change it is: `OrderPlaced 1.0`, `payment`, `shop.order.placed`. */
  readonly subject: string;
  /** The field of a message: `data.total`, `data.items[].sku`. */
  readonly field: string;
  /** What it was and what it is now, in a few words: `integer`, `maximum 100`. */
  readonly from: string;
  readonly to: string;
}

/** The texts of a code that names a change. */
export interface ChangeDefinition {
  readonly severity: Severity;
  readonly title: string;
  readonly message: (params: ChangeParams) => string;
}

/** A code of the compat command. `severity` is that of a change which injures somebody. */
export function changeCode(
  severity: Severity,
  title: string,
  message: (params: ChangeParams) => string,
): ChangeDefinition {
  return { severity, title, message };
}
