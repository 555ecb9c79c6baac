import type { OutgoingMessage, WireMessage } from '../ports/message.ts';
import type { Publisher } from '../ports/publisher.ts';
import type { Subscriber } from '../ports/subscriber.ts';

const STRUCTURED = /^application\/cloudevents\+json\s*(;|$)/i;
const PREFIX = 'ce-';
const decoder = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();

/**
 * Publishes CloudEvents in binary mode: their attributes as headers `ce-*`, their data as the body (CloudEvents 1.0, HTTP and NATS bindings).
 * Other messages go out as they are. Keys, ids and identities stay: they were read before.
 */
export function binaryMode(publisher: Publisher): Publisher {
  return { publish: (messages, options) => publisher.publish(messages.map(toBinary), options) };
}

/** Hands on what comes in binary mode as if it had come in structured mode, which contracts describe. Other messages stay as they are. */
export function acceptBinaryMode(subscriber: Subscriber): Subscriber {
  return {
    subscribe: (to, deliver) =>
      subscriber.subscribe(to, (messages, context) => deliver(messages.map(toStructured), context)),
  };
}

/** A CloudEvent of structured mode in binary mode; any other message as it is. */
export function toBinary<M extends OutgoingMessage>(message: M): M {
  if (!STRUCTURED.test(message.contentType)) return message;
  const event: unknown = JSON.parse(decoder.decode(message.body));
  if (typeof event !== 'object' || event === null || !('specversion' in event)) return message;
  const {
    data,
    data_base64: base64,
    datacontenttype,
    ...attributes
  } = event as Readonly<Record<string, unknown>>;
  const headers: Record<string, string> = { ...message.headers };
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) continue;
    headers[`${PREFIX}${name}`] = escaped(typeof value === 'string' ? value : JSON.stringify(value));
  }
  const contentType = typeof datacontenttype === 'string' ? datacontenttype : 'application/json';
  return { ...message, headers, contentType, body: bodyOf(data, base64, contentType) };
}

/** A CloudEvent of binary mode in structured mode; any other message as it is. */
export function toStructured<M extends WireMessage>(message: M): M {
  const { headers, contentType, body } = message;
  const own = Object.entries(headers).filter(([name]) => name.toLowerCase().startsWith(PREFIX));
  if (!own.some(([name]) => name.toLowerCase() === `${PREFIX}specversion`)) return message;
  const attributes = Object.fromEntries(
    own.map(([name, value]) => [name.toLowerCase().slice(PREFIX.length), unescaped(value)]),
  );
  const rest = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !name.toLowerCase().startsWith(PREFIX)),
  );
  const event = {
    ...attributes,
    ...(contentType !== '' && contentType !== 'application/json' && { datacontenttype: contentType }),
    ...dataOf(body, contentType),
  };
  return {
    ...message,
    headers: rest,
    contentType: 'application/cloudevents+json',
    body: encoder.encode(JSON.stringify(event)),
  };
}

function bodyOf(data: unknown, base64: unknown, contentType: string): Uint8Array {
  if (typeof base64 === 'string') return new Uint8Array(Buffer.from(base64, 'base64'));
  if (data === undefined) return new Uint8Array();
  if (typeof data === 'string' && !isJson(contentType)) return encoder.encode(data);
  return encoder.encode(JSON.stringify(data));
}

function dataOf(body: Uint8Array, contentType: string): object {
  if (body.byteLength === 0) return {};
  try {
    const text = decoder.decode(body);
    return { data: isJson(contentType) ? JSON.parse(text) : text };
  } catch {
    // Not what its type says, or not text: the contract's validator tells.
    return { data_base64: Buffer.from(body).toString('base64') };
  }
}

function isJson(contentType: string): boolean {
  return contentType === '' || /^[^;]*[/+]json\s*(;|$)/i.test(contentType);
}

/** As the HTTP binding asks (3.1.3.2): what header values cannot hold is percent-encoded, each character in UTF-8. */
function escaped(value: string): string {
  return value.toWellFormed().replace(/[^\x21\x23\x24\x26-\x7e]/gu, (it) => percent(it));
}

function percent(character: string): string {
  return [...encoder.encode(character)]
    .map((it) => `%${it.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

function unescaped(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
