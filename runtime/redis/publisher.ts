import { partitionOf } from '../partitions/partition-of.ts';
import type { Places } from '../partitions/places.ts';
import type { OutgoingMessage } from '../ports/message.ts';
import type { PublishOutcome } from '../ports/publisher.ts';
import { sizeOf } from '../ports/size-of.ts';
import type { Connection } from './connection.ts';
import { fieldsOf } from './entry.ts';
import type { Keys } from './keys.ts';

export interface RedisPublisherOptions {
  readonly connection: Connection;
  readonly keys: Keys;
  readonly places: Places;
  readonly partitions: number;
  readonly maxBytes: number;
}

/** A transaction of Redis holds up everybody else: so many messages, or so many bytes, and no more. */
const MOST_AT_ONCE = 256;
const MOST_BYTES = 1024 * 1024;

const KNOWN_CHANNELS = 1_000;

const ACKED: PublishOutcome = { kind: 'acked' };

interface Waiting {
  readonly index: number;
  readonly channel: string;
  readonly stream: string;
  readonly message: OutgoingMessage;
}

export type Publish = (messages: readonly OutgoingMessage[]) => Promise<readonly PublishOutcome[]>;

/**
 * Publishes in transactions of many messages each: all of them are stored, in their order, or none. So no later message of a key can be stored when
 * an earlier one was not, and keys need not wait for the answer to each message.
 */
export function redisPublisher(options: RedisPublisherOptions): Publish {
  const { connection, keys, places, partitions, maxBytes } = options;

  /** The streams of a channel's place, by their partitions. Channels with parameters may have no end of addresses. */
  const streamsOf = memoized(KNOWN_CHANNELS, (channel) => {
    const place = places.of(channel);
    return place && Array.from({ length: partitions }, (_, partition) => keys.stream(place.name, partition));
  });

  function streamFor({ channel, key }: OutgoingMessage): string | undefined {
    const partition =
      key === undefined ? Math.floor(Math.random() * partitions) : partitionOf(key, partitions);
    return streamsOf(channel)?.[partition];
  }

  /** What of the messages is never to be stored, by its place in the array. */
  function refusalOf(message: OutgoingMessage, stream: string | undefined): string | undefined {
    const size = sizeOf(message);
    if (size > maxBytes)
      return `the message for ${message.channel} has ${size} bytes, and ${maxBytes} are allowed (maxBytes)`;
    if (stream === undefined)
      return `no stream takes messages for ${message.channel}: name one in redisBroker's streams`;
    return undefined;
  }

  async function store(lot: readonly Waiting[]): Promise<readonly PublishOutcome[]> {
    const client = connection.current();
    const [first] = lot;
    try {
      if (!client) throw new Error(connection.health().problem);
      const commands = lot.map(({ stream, message }) => ['XADD', stream, '*', ...fieldsOf(message)]);
      const answers = await client.together(commands);
      return answers.map((answer, n) =>
        answer instanceof Error ? refused(`${lot[n]?.channel}: ${answer.message}`, answer) : ACKED,
      );
    } catch (error) {
      const outcome = outcomeOf(first?.channel ?? '', error);
      return lot.map(() => outcome);
    }
  }

  /** What is published outside an outbox comes one by one. */
  async function publishOne(message: OutgoingMessage): Promise<readonly PublishOutcome[]> {
    const stream = streamFor(message);
    const refusal = refusalOf(message, stream);
    if (refusal !== undefined || stream === undefined) return [refused(refusal ?? message.channel)];
    return store([{ index: 0, channel: message.channel, stream, message }]);
  }

  return async (messages) => {
    const [only, ...others] = messages;
    if (only && others.length === 0) return publishOne(only);
    const outcomes: PublishOutcome[] = [];
    const held = new Map<string, Error>();
    const waiting: Waiting[] = [];
    for (const [index, message] of messages.entries()) {
      const { key, channel } = message;
      const before = key === undefined ? undefined : held.get(key);
      const stream = streamFor(message);
      const refusal = before ? undefined : refusalOf(message, stream);
      if (before) {
        outcomes[index] = retry(`not sent: an earlier message of the key ${key} was not taken`, before);
      } else if (refusal !== undefined || stream === undefined) {
        const outcome = refused(refusal ?? channel);
        if (key !== undefined) held.set(key, outcome.error);
        outcomes[index] = outcome;
      } else waiting.push({ index, channel, stream, message });
    }
    for (let lot = takeLot(waiting); lot.length > 0; lot = takeLot(waiting)) {
      const answers = await store(lot);
      for (const [n, { index }] of lot.entries()) outcomes[index] = answers[n] ?? retry('no answer');
      const failure = answers.find((it) => it.kind !== 'acked');
      if (!failure) continue;
      // Later ones may have the keys of what failed.
      for (const { index } of waiting.splice(0))
        outcomes[index] = retry('not sent: an earlier message was not taken', failure.error);
    }
    return outcomes;
  };
}

/** Remembers what was worked out for so many texts. */
function memoized<T>(size: number, work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (known.has(text)) return known.get(text) as T;
    const made = work(text);
    if (known.size < size) known.set(text, made);
    return made;
  };
}

function takeLot(waiting: Waiting[]): readonly Waiting[] {
  let bytes = 0;
  let count = 0;
  for (const { message } of waiting) {
    bytes += message.body.byteLength;
    if (count > 0 && (bytes > MOST_BYTES || count >= MOST_AT_ONCE)) break;
    count += 1;
  }
  return waiting.splice(0, count);
}

function outcomeOf(channel: string, cause: unknown): PublishOutcome {
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  const text = `Redis did not take a message for ${channel}: ${reason}`;
  return /\bNOPERM\b/.test(reason) ? refused(text, cause) : retry(text, cause);
}

function refused(text: string, cause?: unknown): Extract<PublishOutcome, { kind: 'refused' }> {
  return { kind: 'refused', error: new Error(text, { cause }) };
}

function retry(text: string, cause?: unknown): PublishOutcome {
  return { kind: 'retry', error: new Error(text, { cause }) };
}
