import {
  type Dialect,
  type Draft,
  dialectOfDraft,
  isObject,
  type JsonValue,
  type ReadKeywords,
  readKeywords,
  type SchemaObject,
} from '@chirograph/schema';

/** What a schema is written in: a draft of JSON Schema, or the words that OpenAPI 3.0 made of one. */
export type Edition = Draft | 'openapi-3.0';

/** The dialect in whose words an edition is read. */
export function dialectOfEdition(edition: Edition): Dialect {
  return dialectOfDraft(draftOfEdition(edition));
}

/** The draft whose keywords an edition has. OpenAPI 3.0 began with draft-05, which has those of draft-04. */
export function draftOfEdition(edition: Edition): Draft {
  return edition === 'openapi-3.0' ? 'draft-04' : edition;
}

/** What an edition reads of a schema object, in the words of its dialect. */
export function readEdition(schema: SchemaObject, edition: Edition): ReadKeywords {
  if (edition !== 'openapi-3.0') return readKeywords(schema, edition);
  return readKeywords(fromOpenApi(schema), draftOfEdition(edition));
}

/**
 * A Schema Object of OpenAPI 3.0 in the words of JSON Schema (OpenAPI 3.0.4, section 4.7.24). `nullable` counts beside a
 * `type` alone. What a `discriminator` says of values the alternatives say
 * themselves; it is a hint for readers, and as an object no keyword of AsyncAPI's.
 */
function fromOpenApi(schema: SchemaObject): SchemaObject {
  const read: Record<string, JsonValue> = { ...schema };
  if (isObject(read.discriminator)) delete read.discriminator;
  for (const word of ['xml', 'externalDocs']) delete read[word];
  if (typeof read.nullable === 'boolean') {
    if (read.nullable && typeof read.type === 'string') read.type = [read.type, 'null'];
    delete read.nullable;
  }
  if (read.example !== undefined && read.examples === undefined) {
    read.examples = [read.example];
    delete read.example;
  }
  return read as SchemaObject;
}
