import type { MsgHdrs } from '@nats-io/transport-node';
import type { OutgoingMessage, WireMessage } from '../ports/message.ts';

// Facts of the message travel in headers of these names; all other headers are the message's own.
const ID = 'Chirograph-Id';
const NAME = 'Chirograph-Name';
const VERSION = 'Chirograph-Version';
const KEY = 'Chirograph-Key';
const IDENTITY = 'Chirograph-Identity';
const CONTENT_TYPE = 'Content-Type';
const facts: ReadonlySet<string> = new Set([ID, NAME, VERSION, KEY, IDENTITY, CONTENT_TYPE]);

/** What JetStream drops duplicates by: only what is sent again from the same outbox row is a duplicate to it. */
export function deduplicationId({ deduplicationId: id }: OutgoingMessage): string | undefined {
  return id === undefined ? undefined : escapeValue(id);
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
  const known = new Map<string, string>();
  const own = new Map<string, string>();
  for (const header of received.headers?.keys() ?? []) {
    const value = received.headers?.last(header) ?? '';
    if (isServers(header) || facts.has(header)) known.set(header, isOurs ? unescapeText(value) : value);
    else own.set(isOurs ? unescapeText(header) : header, isOurs ? unescapeText(value) : value);
  }
  const name = known.get(NAME);
  const version = known.get(VERSION);
  const key = known.get(KEY);
  const identity = known.get(IDENTITY);
  return {
    // A foreign message id names what was sent, not by whom: it is an id on its stream alone.
    id: known.get(ID) ?? known.get('Nats-Msg-Id') ?? place,
    ...(name !== undefined && { name }),
    ...(version !== undefined && { version }),
    channel,
    ...(key !== undefined && { key }),
    ...(identity !== undefined && { identity }),
    headers: Object.fromEntries(own),
    // A foreign producer rarely says anything.
    contentType: known.get(CONTENT_TYPE) ?? '',
    // A copy: the client's is a Buffer that may keep a whole network read alive.
    body: new Uint8Array(received.data),
  };
}

// NATS headers cannot hold line ends and lose blanks at both ends, so these are percent-encoded, as CloudEvents does.
function escapeValue(value: string): string {
  return value.replace(/^\s|\s$|[%\p{Cc}]/gu, encodeURIComponent);
}

/** A message's own header that is called like one of the server's or of ours goes in disguise. */
function escapeName(name: string): string {
  const escaped = escapeValue(name.toWellFormed()).replace(/[^\x21-\x7e]|:/gu, encodeURIComponent);
  return isServers(name) || facts.has(name)
    ? `%${name.charCodeAt(0).toString(16)}${escaped.slice(1)}`
    : escaped;
}

/** Headers that give orders to the server, or come from it. */
function isServers(name: string): boolean {
  return /^nats-/i.test(name);
}

function unescapeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
