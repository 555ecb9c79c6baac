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
const text: Codec = {
  encode(payload) {
    if (typeof payload !== 'string') throw new TypeError(`a text body is a string, not ${typeof payload}`);
    return toBytes.encode(payload);
  },
  decode: (body) => toText.decode(body),
};

/**
 * The codec of a content type: JSON whatever the exact media type is called, text as it is. Undefined of all others: what
 * nobody can encode is not sent under their name.
 */
export function codecOf(contentType: string): Codec | undefined {
  if (/^[^;]*[/+]json\s*(;|$)/i.test(contentType)) return json;
  return /^text\/[^;+]+\s*(;|$)/i.test(contentType) && isUtf8(contentType) ? text : undefined;
}

function isUtf8(contentType: string): boolean {
  const [, charset] = /;\s*charset="?([\w-]+)/i.exec(contentType) ?? [];
  return charset === undefined || /^(utf-?8|us-ascii)$/i.test(charset);
}
