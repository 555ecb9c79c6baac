import type { Location } from '@chirograph/schema';
import type { MessagePath } from './message.ts';

/** A variable part of a channel's address: `{region}` of `orders.{region}.placed`. What stands there is text. */
export interface Parameter {
  readonly name: string;
  readonly at: Location;
  readonly description?: string;
  /** The values that are allowed; any, where nothing is said. */
  readonly values?: readonly string[];
  readonly default?: string;
  readonly examples: readonly string[];
  /** Where the message itself says the value (AsyncAPI 3, "Parameter Object"). */
  readonly location?: MessagePath;
}
