import { oncePer, type Schema } from '@chirograph/contract/model';
import { isObject, type JsonValue } from '@chirograph/schema';
import type { Rooted } from '@chirograph/schema/combine';
import { type AvroReading, readAvro } from './avro-type.ts';

/** The Avro schema that something was written in; undefined for JSON Schema. */
export function avroOf({ schemas, root }: Rooted): AvroReading | undefined {
  const { avro } = (schemas[root] ?? {}) as Partial<Schema>;
  return avro === undefined ? undefined : readingOf(avro);
}

function readingOf(json: JsonValue): AvroReading {
  return isObject(json) ? once(json) : readAvro(json);
}

const once = oncePer((json: Readonly<Record<string, JsonValue>>) => readAvro(json));
