import type { JsonObject } from '../source/source.ts';
import type { Location, NodeId } from './location.ts';

/** A JSON Schema: an object of keywords, or a boolean (JSON Schema draft-07, section 4.3.2). */
export type JsonSchema = boolean | SchemaObject;

export type SchemaObject = JsonObject;

/** The dialects whose keywords the tool gives meaning to. AsyncAPI's own schema object is a superset of draft-07. */
export type Dialect = 'draft-07' | '2019-09' | '2020-12';

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
