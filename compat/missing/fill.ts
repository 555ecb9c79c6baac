/**
 * Missing: what a reference stands for that does not resolve. Nobody knows what it allows, so nothing is said that rests on
 * it; all else is compared.
 */
import type { Schema } from '@chirograph/contract/model';
import {
  isObject,
  isSchema,
  type JsonValue,
  type Location,
  reachableSchemas,
  splitPointer,
} from '@chirograph/schema';
import { layered, type Rooted } from '@chirograph/schema/combine';

/** The places in a schema, and in all that it refers to, that are not known. */
export function missingIn({ schemas, root }: Rooted): readonly Location[] {
  if (!schemas[root]) return [];
  return reachableSchemas({ schemas }, root).flatMap((id) => (schemas[id] as Partial<Schema>).missing ?? []);
}

/** A schema in which each place that is not known allows everything, or nothing. */
export function filled({ schemas, root }: Rooted, value: boolean): Rooted {
  const copy = layered(schemas);
  for (const id of reachableSchemas({ schemas }, root)) {
    const schema = schemas[id] as Schema;
    for (const { pointer } of schema.missing ?? []) {
      const path = splitPointer(pointer.slice(schema.at.pointer.length));
      const json = withValue(copy[id]!.json, path, value);
      if (isSchema(json)) copy[id] = { ...copy[id]!, json };
    }
  }
  return { schemas: copy, root };
}

function withValue(json: JsonValue, [step, ...rest]: readonly string[], value: boolean): JsonValue {
  // What stands beside the reference counts as well.
  if (step === undefined) return value && isObject(json) ? json : value;
  if (Array.isArray(json)) {
    return (json as readonly JsonValue[]).map((it, index) =>
      String(index) === step ? withValue(it, rest, value) : it,
    );
  }
  if (!isObject(json) || !Object.hasOwn(json, step)) return json;
  return { ...json, [step]: withValue(json[step] ?? null, rest, value) };
}
