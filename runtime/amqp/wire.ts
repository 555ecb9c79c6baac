import { randomUUID } from 'node:crypto';
import type { ConsumeMessage, Options } from 'amqplib';
import type { OutgoingMessage, WireMessage } from '../ports/message.ts';
import { addressOfKey, MAX_SHORT_STRING } from './routing.ts';

/** The header that holds what is ours: the facts of the message that have no property of AMQP's. */
const FACTS = 'chirograph';

/** Headers that give orders to the server, or come from it, and our own. */
const RESERVED = /^(cc|bcc|x-.*|chirograph|%.*)$/i;

interface Facts {
  readonly id: string;
  readonly channel: string;
  readonly name?: string;
  readonly version?: string;
  readonly key?: string;
  readonly identity?: string;
  readonly contentType: string;
}

/** A message's properties: what other clients look for too (id, type, content type), and all facts in one header. */
export function propertiesOf(message: OutgoingMessage): Options.Publish {
  const { body: _, deduplicationId: __, headers, ...facts } = message;
  const own = Object.entries(headers).map(([name, value]) => [
    RESERVED.test(name) ? `%${name}` : name,
    value,
  ]);
  return {
    persistent: true,
    mandatory: true,
    ...shortProperty('messageId', message.id),
    ...shortProperty('type', message.name),
    ...shortProperty('contentType', message.contentType),
    headers: { ...Object.fromEntries(own), [FACTS]: JSON.stringify(facts) },
  };
}

function shortProperty(name: string, value: string | undefined): object {
  return value !== undefined && Buffer.byteLength(value) <= MAX_SHORT_STRING ? { [name]: value } : {};
}

/** A message as it came. One of somebody else's without an id gets one, another at each delivery: AMQP has no place for it. */
export function readMessage({ content, fields, properties }: ConsumeMessage): WireMessage {
  const { [FACTS]: facts, ...headers } = properties.headers ?? {};
  // A copy: the client's is a Buffer that may keep a whole network read alive.
  const body = new Uint8Array(content);
  const known = readFacts(facts);
  if (known) return { ...known, headers: textsOf(headers, true), body };
  return {
    id: textOf(properties.messageId) ?? randomUUID(),
    ...(textOf(properties.type) !== undefined && { name: textOf(properties.type) as string }),
    channel: addressOfKey(fields.routingKey),
    headers: textsOf(headers, false),
    contentType: textOf(properties.contentType) ?? '',
    body,
  };
}

function readFacts(text: unknown): Facts | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const facts = JSON.parse(text) as Partial<Facts> | null;
    const isWhole = typeof facts?.id === 'string' && typeof facts.channel === 'string';
    return isWhole ? ({ contentType: 'application/json', ...facts } as Facts) : undefined;
  } catch {
    return undefined;
  }
}

function textsOf(headers: Readonly<Record<string, unknown>>, isOurs: boolean): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      if (isOurs && /^x-/i.test(name)) return [];
      const text = textOf(value);
      return text === undefined ? [] : [[isOurs ? name.replace(/^%/, '') : name, text]];
    }),
  );
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
