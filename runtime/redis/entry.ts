import { isUtf8 } from 'node:buffer';
import type { OutgoingMessage, WireMessage } from '../ports/message.ts';

/** An entry of a stream as the server answers it: its id, and names and values by turns; nothing where the entry was deleted. */
export type RawEntry = readonly [id: Buffer, fields: readonly Buffer[] | null];

const FACTS = ['id', 'name', 'version', 'channel', 'key', 'identity'] as const;
const TEXTS: ReadonlySet<string> = new Set([...FACTS, 'contentType']);

/** Names and values by turns. The same names in the same order cost Redis the least. */
export function fieldsOf(message: OutgoingMessage): (string | Buffer)[] {
  const { headers, contentType, body } = message;
  const fields: (string | Buffer)[] = [];
  for (const name of FACTS) {
    const value = message[name];
    if (value !== undefined) fields.push(name, value);
  }
  fields.push('contentType', contentType, 'headers', JSON.stringify(headers));
  fields.push('body', bodyField(Buffer.from(body.buffer, body.byteOffset, body.byteLength)));
  return fields;
}

/** Bytes up to which a body is worth copying. */
const SMALL = 16 * 1024;

/** The client writes a command of strings as one piece, and with a buffer in it as three. */
function bodyField(body: Buffer): string | Buffer {
  return body.byteLength <= SMALL && isUtf8(body) ? body.toString('utf8') : body;
}

/**
 * A message as it came. One of somebody else's needs a `channel`; its id is the entry's unless it says another, its headers and body are
 * empty. `undefined` for an entry without a channel, or with headers that are not ours.
 */
export function readEntry(stream: string, [id, fields]: RawEntry): WireMessage | undefined {
  if (!fields) return undefined;
  const texts: Record<string, string> = {};
  let headers: Record<string, string> | undefined = {};
  let body: Buffer | undefined;
  for (let n = 0; n < fields.length; n += 2) {
    const name = String(fields[n]);
    const value = fields[n + 1];
    if (name === 'body') body = value;
    else if (name === 'headers') headers = headersOf(String(value));
    else if (TEXTS.has(name)) texts[name] = String(value);
  }
  const { channel, contentType = 'application/json', ...facts } = texts;
  if (channel === undefined || !headers) return undefined;
  return {
    ...facts,
    id: facts.id ?? `${stream}/${id}`,
    channel,
    headers,
    contentType,
    // A copy: the client's is a view of all that came with it.
    body: new Uint8Array(body ?? []),
  };
}

function headersOf(json: string): Record<string, string> | undefined {
  try {
    const headers: unknown = JSON.parse(json);
    const isOurs =
      typeof headers === 'object' &&
      headers !== null &&
      Object.values(headers).every((it) => typeof it === 'string');
    return isOurs ? (headers as Record<string, string>) : undefined;
  } catch {
    return undefined;
  }
}
