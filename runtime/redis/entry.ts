import type { OutgoingMessage, WireMessage } from '../ports/message.ts';

/** An entry of a stream as the server answers it: its id, and names and values by turns; nothing where the entry was deleted. */
export type RawEntry = readonly [id: Buffer, fields: readonly Buffer[] | null];

const FACTS = ['id', 'name', 'version', 'channel', 'key', 'identity'] as const;

/** Names and values by turns. The same names in the same order cost Redis the least. */
export function fieldsOf(message: OutgoingMessage): (string | Buffer)[] {
  const { headers, contentType, body } = message;
  const fields: (string | Buffer)[] = [];
  for (const name of FACTS) {
    const value = message[name];
    if (value !== undefined) fields.push(name, value);
  }
  fields.push('contentType', contentType, 'headers', JSON.stringify(headers));
  fields.push('body', Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  return fields;
}

/**
 * A message as it came. One of somebody else's needs a `channel`; its id is the entry's unless it says another, its headers and body are
 * empty. `undefined` for an entry without a channel, or with headers that are not ours.
 */
export function readEntry(stream: string, [id, fields]: RawEntry): WireMessage | undefined {
  if (!fields) return undefined;
  const values = new Map<string, Buffer>();
  for (let n = 0; n < fields.length; n += 2) values.set(String(fields[n]), fields[n + 1] as Buffer);
  const text = (name: string): string | undefined => values.get(name)?.toString('utf8');
  const channel = text('channel');
  const headers = headersOf(text('headers'));
  if (channel === undefined || !headers) return undefined;
  const facts = Object.fromEntries(
    FACTS.flatMap((name) => (values.has(name) ? [[name, text(name)] as const] : [])),
  );
  return {
    ...facts,
    id: text('id') ?? `${stream}/${id}`,
    channel,
    headers,
    contentType: text('contentType') ?? 'application/json',
    // A copy: the client's is a view of all that came with it.
    body: new Uint8Array(values.get('body') ?? []),
  };
}

function headersOf(json: string | undefined): Record<string, string> | undefined {
  if (json === undefined) return {};
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
