import type { JsonValue } from '@chirograph/schema';

/** An entry of `x-contract.upcasts`, as it is to be written: places are JSON Pointers into the payload. */
export interface SuggestedUpcast {
  readonly from: string;
  readonly move?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
  readonly default?: Readonly<Record<string, JsonValue>>;
}

/** Whether an old message is a new one as it is, but for the version. */
export function isBare({ move, remove, default: defaults }: SuggestedUpcast): boolean {
  return move === undefined && remove === undefined && defaults === undefined;
}
