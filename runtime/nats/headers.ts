import type { MsgHdrs } from '@nats-io/transport-node';
import type { WireMessage } from '../ports/message.ts';

// Facts of the message travel in headers of these names; all other headers are the message's own.
const ID = 'Chirograph-Id';
const NAME = 'Chirograph-Name';
const VERSION = 'Chirograph-Version';
const KEY = 'Chirograph-Key';
const IDENTITY = 'Chirograph-Identity';
const CONTENT_TYPE = 'Content-Type';
const facts: ReadonlySet<string> = new Set([ID, NAME, VERSION, KEY, IDENTITY, CONTENT_TYPE]);

/** What JetStream drops duplicates by: what the contract calls the same message, else its id. */
export function deduplicationId(message: WireMessage): string {
  return escapeValue(message.identity ?? message.id);
}

/** Writes everything about the message, but its channel and body, into NATS headers. */
export function writeHeaders(message: WireMessage, headers: MsgHdrs): MsgHdrs {
  for (const [name, value] of Object.entries(message.headers))
    headers.set(escapeName(name), escapeValue(value));
  const set = (name: string, value: string | undefined): void => {
    if (value !== undefined) headers.set(name, escapeValue(value));
  };
  set(ID, message.id);
  set(NAME, message.name);
  set(VERSION, message.version);
  set(KEY, message.key);
  set(IDENTITY, message.identity);
  set(CONTENT_TYPE, message.contentType);
  return headers;
}

/** A message as it came from the server; `place` is an id for foreign messages, which have none of ours. */
export function readMessage(
  received: { readonly headers?: MsgHdrs | undefined; readonly data: Uint8Array },
  channel: string,
  place: string,
): WireMessage {
  const isOurs = received.headers?.has(ID) ?? false;
  const read = (text: string): string => (isOurs ? unescapeText(text) : text);
  const all = new Map<string, string>();
  for (const name of received.headers?.keys() ?? [])
    all.set(read(name), read(received.headers?.last(name) ?? ''));

  const name = all.get(NAME);
  const version = all.get(VERSION);
  const key = all.get(KEY);
  const identity = all.get(IDENTITY);
  const own = [...all].filter(([header]) => !facts.has(header) && !(header === 'Nats-Msg-Id' && isOurs));
  return {
    id: all.get(ID) ?? all.get('Nats-Msg-Id') ?? place,
    ...(name !== undefined && { name }),
    ...(version !== undefined && { version }),
    channel,
    ...(key !== undefined && { key }),
    ...(identity !== undefined && { identity }),
    headers: Object.fromEntries(own),
    // Events on NATS are JSON unless they say otherwise; a foreign producer rarely says anything.
    contentType: all.get(CONTENT_TYPE) ?? 'application/json',
    // A copy: the client's is a Buffer that may keep a whole network read alive.
    body: new Uint8Array(received.data),
  };
}

// NATS headers can not hold line ends and lose blanks at both ends, so these are percent-encoded, as CloudEvents does.
function escapeValue(value: string): string {
  return value.replace(/^\s|\s$|[%\p{Cc}]/gu, encodeURIComponent);
}

/** Names starting with `Nats-` give orders to the server, so a message's own are disguised. */
function escapeName(name: string): string {
  return name
    .replace(/^Nats-/i, (orders) => `%${orders.charCodeAt(0).toString(16)}${orders.slice(1)}`)
    .replace(/[^\x21-\x7e]|[:]/gu, encodeURIComponent);
}

function unescapeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
