import { type ByteLimits, carriageOf, type Message, type Workspace } from '@chirograph/contract/model';
import { type Codec, textCodec } from '@chirograph/runtime';
import type { JsonValue } from '@chirograph/schema';

/** How Avro is encoded, by a schema. What does it is installed where it is needed. */
export type AvroCodecs = (schema: JsonValue) => Codec;

/**
 * Loads what encodes Avro, where a message of the workspace travels in it; undefined where none does. Rejects where it is
 * not installed.
 */
export async function avroCodecsFor(workspace: Workspace): Promise<AvroCodecs | undefined> {
  if (!workspace.messages.some((it) => carriageOf(workspace, it)?.kind === 'avro')) return undefined;
  const { avroCodec } = await import('@chirograph/runtime/avro');
  return (schema) => avroCodec(schema as Parameters<typeof avroCodec>[0]);
}

/** How the payload of a message becomes bytes, where its content type alone does not tell. */
export function payloadCodec(
  workspace: Workspace,
  message: Message,
  avro: AvroCodecs | undefined,
): Codec | undefined {
  const carriage = carriageOf(workspace, message);
  if (carriage?.kind === 'text') return textCodec;
  if (carriage?.kind === 'bytes') return base64;
  const schema = carriage?.kind === 'avro' ? workspace.schemas[message.payload ?? '']?.avro : undefined;
  return schema === undefined ? undefined : avro?.(schema);
}

/** A mock shows what it makes and what it is sent as JSON: bytes are base64 there. */
const base64: Codec = {
  encode: (payload) => new Uint8Array(Buffer.from(String(payload), 'base64')),
  decode: (body) => Buffer.from(body).toString('base64'),
};

/** How many bytes a payload of a message holds; undefined where it is no bytes. */
export function byteLimitsOf(workspace: Workspace, message: Message): ByteLimits | undefined {
  const carriage = carriageOf(workspace, message);
  return carriage?.kind === 'bytes' ? carriage.limits : undefined;
}
