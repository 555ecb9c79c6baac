/** How payloads of a content type become bytes, and back. Both throw on what is none of theirs. */
export interface Codec {
  readonly encode: (payload: unknown) => Uint8Array;
  readonly decode: (body: Uint8Array) => unknown;
}

const toBytes = new TextEncoder();
const toText = new TextDecoder('utf-8', { fatal: true });

/** JSON in UTF-8 (RFC 8259). */
const json: Codec = {
  encode: (payload) => toBytes.encode(JSON.stringify(payload ?? null)),
  decode: (body) => JSON.parse(toText.decode(body)),
};

/** A string as it is, in UTF-8. */
export const textCodec: Codec = {
  encode(payload) {
    if (typeof payload !== 'string') throw new TypeError(`a text body is a string, not ${typeof payload}`);
    return toBytes.encode(payload);
  },
  decode: (body) => toText.decode(body),
};

/** Bytes as they are: images, archives, and formats that the application encodes itself. */
export const bytesCodec: Codec = {
  encode(payload) {
    if (!(payload instanceof Uint8Array)) throw new TypeError('a binary body is a Uint8Array');
    return payload;
  },
  decode: (body) => body,
};

/**
 * The codec of a contract: its own, else that of its content type: JSON whatever the exact media type is called, text as it
 * is. Undefined of all others: what nobody can encode is not sent under their name.
 */
export function codecOf({
  codec,
  contentType,
}: {
  readonly codec?: Codec;
  readonly contentType: string;
}): Codec | undefined {
  if (codec !== undefined) return codec;
  if (isJson(contentType)) return json;
  return /^text\/[^;+]+\s*(;|$)/i.test(contentType) && isUtf8(contentType) ? textCodec : undefined;
}

/** Whether a body of this content type is JSON. */
export function isJson(contentType: string): boolean {
  return /^([^;]*[/+.-])?json\s*(;|$)/i.test(contentType);
}

function isUtf8(contentType: string): boolean {
  const [, charset] = /;\s*charset="?([\w-]+)/i.exec(contentType) ?? [];
  return charset === undefined || /^(utf-?8|us-ascii)$/i.test(charset);
}
