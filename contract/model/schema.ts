import type { Dialect, Draft, IgnoredKeyword, JsonSchema, JsonValue, Location } from '@chirograph/schema';
import type { NodeId } from './location.ts';

/**
 * A schema that something refers to: a payload, headers, or the target of a `$ref`. In `json` each `$ref` is the id of
 * another schema of the workspace, so that no schema holds another one's text.
 */
export interface Schema {
  readonly id: NodeId;
  readonly at: Location;
  /** What people call it: its key under `components`, or its file's or property's name. */
  readonly name: string;
  readonly dialect: Dialect;
  /** What its draft reads of it, in the words of its dialect. */
  readonly json: JsonSchema;
  /** The Avro schema that it was read from, where it was: payloads travel in its encoding, and it decides on compatibility. */
  readonly avro?: JsonValue;
  /** Keywords that check values in other drafts, and do not count here. */
  readonly ignored?: readonly Ignored[];
  /** The schemas that it is merged from, which are looked at by themselves: what is found in it has been found there. */
  readonly mergedFrom?: readonly NodeId[];
  /** Where a reference in it does not resolve, and `json` allows anything instead. */
  readonly missing?: readonly Location[];
}

/** A keyword that does not count where it is written. */
export interface Ignored extends IgnoredKeyword {
  readonly draft: Draft;
  /** The keyword. */
  readonly at: Location;
}
