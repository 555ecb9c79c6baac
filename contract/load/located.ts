import type { Location } from '../model/index.ts';
import type { JsonValue } from '../source/index.ts';

/** A value and where it is written. */
export interface Located {
  readonly value: JsonValue;
  readonly at: Location;
}
