/** Payloads in the binary encoding of Avro, by the optional peer `avsc`; framed for a schema registry where one is used. */
export { type AvroCodec, type AvroSchema, avroCodec } from './avro-codec.ts';
export { type RegisteredSchemas, registryCodec } from './registry-codec.ts';
