import type { Dialect, JsonSchema, Location } from '@chirograph/schema';
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
  readonly json: JsonSchema;
}
