import type { KafkaRecord, MessageRecord } from '@platformatic/kafka';
import type { OutgoingMessage, WireMessage } from '../ports/message.ts';

/** The header that holds the facts of a message that have no place in Kafka's records. */
const FACTS = 'chirograph';
const CONTENT_TYPE = 'content-type';
/** Our own headers, and what a message's own header of that name is called instead. */
const RESERVED = /^(chirograph|content-type|%.*)$/;

const FACTS_BYTES = Buffer.from(FACTS);
const CONTENT_TYPE_BYTES = Buffer.from(CONTENT_TYPE);

interface Facts {
  readonly id: string;
  readonly channel: string;
  readonly name?: string;
  readonly version?: string;
  readonly identity?: string;
}

/** What a record has beside key, value and headers: its frame, and those of the headers that are ours. More than that it never is. */
export function overheadOf({
  id,
  channel,
  name = '',
  version = '',
  identity = '',
  key = '',
  contentType,
}: WireMessage): number {
  // JSON may write a character in six, an UTF-16 unit in three bytes.
  return (
    200 +
    6 * (id.length + channel.length + name.length + version.length + identity.length) +
    3 * (key.length + contentType.length)
  );
}

/** Its key is the message's, its value the body: what other clients look for. */
export function recordOf(message: OutgoingMessage, topic: string, partition: number): MessageRecord {
  const { id, channel, name, version, identity, key, headers, contentType, body } = message;
  const facts: Facts = {
    id,
    channel,
    ...(name !== undefined && { name }),
    ...(version !== undefined && { version }),
    ...(identity !== undefined && { identity }),
  };
  const all = new Map<Buffer, Buffer>();
  all.set(FACTS_BYTES, Buffer.from(JSON.stringify(facts)));
  if (contentType !== '') all.set(CONTENT_TYPE_BYTES, Buffer.from(contentType));
  for (const header in headers)
    all.set(Buffer.from(RESERVED.test(header) ? `%${header}` : header), Buffer.from(headers[header] ?? ''));
  return {
    topic,
    partition,
    ...(key !== undefined && { key: Buffer.from(key) }),
    value: Buffer.from(body.buffer, body.byteOffset, body.byteLength),
    headers: all,
  };
}

export interface Origin {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  /** The address of what says none: the topic's, when it has one alone, or its name. */
  readonly channel: string;
}

/** A message as it came. One of somebody else's has its place as its id, the topic's channel, and the content type of the header that says it. */
export function readRecord(
  { key, value, headers }: Pick<KafkaRecord, 'key' | 'value' | 'headers'>,
  origin: Origin,
): WireMessage {
  let facts: Facts | undefined;
  let contentType = '';
  const own: [string, string][] = [];
  for (const [name, bytes] of headers) {
    const text = bytes ? bytes.toString('utf8') : '';
    if (name?.equals(FACTS_BYTES)) facts = readFacts(text);
    else if (name?.equals(CONTENT_TYPE_BYTES)) contentType = text;
    else own.push([ownName(name), text]);
  }
  return {
    ...(facts ?? { id: `${origin.topic}/${origin.partition}/${origin.offset}`, channel: origin.channel }),
    ...(key !== null && { key: key.toString('utf8') }),
    headers: own.length === 0 ? {} : Object.fromEntries(own),
    contentType,
    body: value ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : new Uint8Array(),
  };
}

function ownName(bytes: Buffer | null): string {
  const name = bytes ? bytes.toString('utf8') : '';
  return name.startsWith('%') ? name.slice(1) : name;
}

function readFacts(text: string): Facts | undefined {
  try {
    const facts = JSON.parse(text) as Partial<Facts> | null;
    if (typeof facts?.id !== 'string' || typeof facts.channel !== 'string') return undefined;
    return facts as Facts;
  } catch {
    return undefined;
  }
}
