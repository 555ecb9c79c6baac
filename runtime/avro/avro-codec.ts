import avsc, { type Type } from 'avsc';
import type { Codec } from '../contract/codec.ts';
import { fromAvro, toAvro } from './values.ts';

/** An Avro schema as it is declared in JSON (Apache Avro 1.11, "Schema Declaration"). */
export type AvroSchema =
  | string
  | readonly AvroSchema[]
  | { readonly type: unknown; readonly [attribute: string]: unknown };

/** The codec of one Avro schema. */
export interface AvroCodec extends Codec {
  readonly schema: AvroSchema;
  /**
   * Reads what was written by another schema, resolved as Avro says ("Schema Resolution"). Throws where the two cannot be
   * resolved.
   */
  readonly decodeAs: (body: Uint8Array, writer: AvroSchema) => unknown;
}

/**
 * Encodes payloads by their Avro schema, without a header of any kind: who reads knows the schema by the name and version of
 * the message. In code a payload is what its Avro is as JSON: a value of a union stands for itself, and bytes are text of
 * characters up to U+00FF. Encoding throws for what the schema does not allow, and for integers that are not exact in code.
 */
export function avroCodec(schema: AvroSchema): AvroCodec {
  const type = once(() => parse(schema));
  const resolvers = new Map<string, { readonly type: Type; readonly resolver: object }>();
  return {
    schema,
    encode: (payload) => bytes(type().toBuffer(toAvro(type(), payload))),
    decode: (body) => fromAvro(type(), type().fromBuffer(Buffer.from(body))),
    decodeAs(body, writer) {
      const key = JSON.stringify(writer);
      const known = resolvers.get(key) ?? { type: type(), resolver: type().createResolver(parse(writer)) };
      resolvers.set(key, known);
      return fromAvro(type(), type().fromBuffer(Buffer.from(body), known.resolver));
    },
  };
}

/** Each of a union's values says of which branch it is; who writes and reads them here sees to it. */
function parse(schema: AvroSchema): Type {
  return avsc.Type.forSchema(schema as Parameters<typeof avsc.Type.forSchema>[0], { wrapUnions: true });
}

function bytes({ buffer, byteOffset, byteLength }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength).slice();
}

function once<T>(make: () => T): () => T {
  let made: { readonly it: T } | undefined;
  return () => {
    made ??= { it: make() };
    return made.it;
  };
}
