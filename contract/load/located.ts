import type { JsonValue, Location } from '@chirograph/schema';

/** A value and where it is written. */
export interface Located {
  readonly value: JsonValue;
  readonly at: Location;
}
