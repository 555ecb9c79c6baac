import type { JsonObject } from '../json/json-value.ts';

/** A JSON Schema: an object of keywords, or a boolean (JSON Schema draft-07, section 4.3.2). */
export type JsonSchema = boolean | SchemaObject;

/** A schema that is no boolean: keywords by their names. */
export type SchemaObject = JsonObject;

/** The dialects whose keywords the tool gives meaning to. AsyncAPI's own schema object is a superset of draft-07. */
export type Dialect = 'draft-07' | '2019-09' | '2020-12';

/** The drafts that are read. The older two are read in the words of draft-07. */
export type Draft = 'draft-04' | 'draft-06' | Dialect;

/** A schema that others refer to. */
export interface Definition {
  /** What people call it. */
  readonly name: string;
  readonly dialect: Dialect;
  readonly json: JsonSchema;
}

/** Schemas by the text of the `$ref` that leads to each. */
export interface Schemas {
  readonly schemas: Readonly<Record<string, Pick<Definition, 'name' | 'json'>>>;
}
