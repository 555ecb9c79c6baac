import type { Codec } from '../contract/codec.ts';
import type { AvroCodec, AvroSchema } from './avro-codec.ts';

/** What a schema registry knows, looked up beforehand: bodies are read and written without waiting. */
export interface RegisteredSchemas {
  /** The id of the schema that is written by. */
  readonly id: number;
  /** The schema of an id that a body names; undefined where it is not known. */
  readonly schemaOf: (id: number) => AvroSchema | undefined;
}

const MAGIC = 0;
const HEAD = 5;

/**
 * Bodies as Confluent's schema registry frames them: a zero, the id of the writer's schema in four bytes, then Avro. What
 * another version of the schema wrote is read by that, and resolved to the codec's own.
 */
export function registryCodec(codec: AvroCodec, { id, schemaOf }: RegisteredSchemas): Codec {
  return {
    encode(payload) {
      const body = codec.encode(payload);
      const framed = new Uint8Array(HEAD + body.length);
      new DataView(framed.buffer).setUint32(1, id);
      framed.set(body, HEAD);
      return framed;
    },
    decode(framed) {
      if (framed.length < HEAD || framed[0] !== MAGIC)
        throw new TypeError('the body does not begin as the schema registry frames it');
      const writer = new DataView(framed.buffer, framed.byteOffset).getUint32(1);
      const body = framed.subarray(HEAD);
      if (writer === id) return codec.decode(body);
      const schema = schemaOf(writer);
      if (schema === undefined) throw new TypeError(`the registry's schema ${writer} is not known`);
      return codec.decodeAs(body, schema);
    },
  };
}
