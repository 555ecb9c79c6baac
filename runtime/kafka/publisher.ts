import { partitionOf } from '../partitions/partition-of.ts';
import type { Places } from '../partitions/places.ts';
import type { OutgoingMessage } from '../ports/message.ts';
import type { PublishOutcome } from '../ports/publisher.ts';
import { sizeOf } from '../ports/size-of.ts';
import type { Cluster } from './cluster.ts';
import { ErrorCode, KafkaError } from './error-codes.ts';
import type { Link } from './link.ts';
import { overheadOf, recordOf } from './record.ts';

export interface KafkaPublisherOptions {
  readonly cluster: Cluster;
  readonly places: Places;
  /** A topic's name on the server. */
  topicName(place: string): string;
  /** The most bytes of a message by `sizeOf`. */
  readonly maxBytes: number;
}

export interface KafkaPublisher {
  publish(messages: readonly OutgoingMessage[]): Promise<readonly PublishOutcome[]>;
  close(): void;
}

/** All replicas that are in sync have it. Less loses what was acknowledged, so there is no setting for it. */
const ALL = -1;
/** The most that one request holds for a partition. */
const BATCH_BYTES = 512 * 1024;
const BATCH_COUNT = 5_000;
/** The server answers by then, with what it could not do; a connection that is silent for longer is dead. */
const SERVER_TIMEOUT = 5_000;
const ANSWER_WITHIN = 8_000;

const ACKED: PublishOutcome = { kind: 'acked' };

interface Waiting {
  readonly message: OutgoingMessage;
  readonly bytes: number;
  settle(outcome: PublishOutcome): void;
}

interface Partition {
  readonly topic: string;
  readonly index: number;
  queue: Waiting[];
  isSending: boolean;
}

/**
 * One request under way for each partition, with all that came meanwhile in the next: so a later message of a key is never stored when an
 * earlier one was not, and a message waits for no more than one answer before its own.
 */
export function kafkaPublisher({
  cluster,
  places,
  topicName,
  maxBytes,
}: KafkaPublisherOptions): KafkaPublisher {
  const partitions = new Map<string, Partition>();
  const links = new Map<number, Promise<Link>>();
  const ready = new Set<Partition>();
  let flushing = false;

  function linkTo(node: number): Promise<Link> {
    const known = links.get(node);
    if (known) return known;
    const opened = cluster.link(node);
    links.set(node, opened);
    const forget = (): void => {
      if (links.get(node) === opened) links.delete(node);
    };
    opened.then((link) => link.onClose(forget), forget);
    return opened;
  }

  function partition(topic: string, index: number): Partition {
    const name = `${topic}/${index}`;
    let found = partitions.get(name);
    if (!found) {
      found = { topic, index, queue: [], isSending: false };
      partitions.set(name, found);
    }
    return found;
  }

  function enqueue(to: Partition, message: OutgoingMessage): Promise<PublishOutcome> {
    return new Promise((settle) => {
      to.queue.push({ message, bytes: sizeOf(message) + overheadOf(message), settle });
      if (to.isSending) return;
      ready.add(to);
      if (flushing) return;
      flushing = true;
      queueMicrotask(flush);
    });
  }

  /** One request for each server, with a batch for each partition that waits for nothing. */
  function flush(): void {
    flushing = false;
    const byNode = new Map<number, Lot[]>();
    for (const to of ready) {
      const leader = cluster.topic(to.topic)?.leaders[to.index] ?? -1;
      const lot = { to, entries: takeBatch(to) };
      to.isSending = true;
      const lots = byNode.get(leader);
      if (lots) lots.push(lot);
      else byNode.set(leader, [lot]);
    }
    ready.clear();
    for (const [node, lots] of byNode) void send(node, lots);
  }

  async function send(node: number, lots: readonly Lot[]): Promise<void> {
    try {
      const answers = await produce(node, lots);
      for (const lot of lots) {
        const error = answers.get(lot.to);
        if (isTooLarge(error) && lot.entries.length > 1) await sendOneByOne(node, lot);
        else settle(lot, error);
      }
    } catch (error) {
      for (const lot of lots) settle(lot, error);
      // It may lead no more.
      await cluster.refresh().catch(() => undefined);
    }
    for (const { to } of lots) goOn(to);
  }

  function goOn(to: Partition): void {
    to.isSending = false;
    if (to.queue.length === 0) return;
    ready.add(to);
    if (!flushing) {
      flushing = true;
      queueMicrotask(flush);
    }
  }

  /** What each partition answered: nothing for success. Rejects when there was no answer. */
  async function produce(node: number, lots: readonly Lot[]): Promise<Map<Partition, Error | undefined>> {
    if (node < 0) {
      const problem = cluster.health().problem;
      throw new Error(
        problem ?? `the partition ${lots[0]?.to.index} of ${lots[0]?.to.topic} has no leader just now`,
      );
    }
    const link = await linkTo(node);
    const records = lots.flatMap(({ to, entries }) =>
      entries.map(({ message }) => recordOf(message, to.topic, to.index)),
    );
    const response = await link.call(cluster.apis.produce, ANSWER_WITHIN, ALL, SERVER_TIMEOUT, records);
    const answers = new Map<string, Error | undefined>();
    if (typeof response === 'object')
      for (const { name, partitionResponses } of response.responses)
        for (const { index, errorCode, errorMessage } of partitionResponses)
          answers.set(
            `${name}/${index}`,
            errorCode === 0 ? undefined : new KafkaError(`${name}/${index}`, errorCode, errorMessage),
          );
    return new Map(
      lots.map(({ to }) => {
        const name = `${to.topic}/${to.index}`;
        return [
          to,
          answers.has(name) ? answers.get(name) : new Error(`${name}: the server did not answer for it`),
        ];
      }),
    );
  }

  /** One of them is too large, and which the server does not say. */
  async function sendOneByOne(node: number, { to, entries }: Lot): Promise<void> {
    const held = new Map<string, unknown>();
    for (const entry of entries) {
      const { key } = entry.message;
      if (key !== undefined && held.has(key)) {
        entry.settle(notSent(`an earlier message of the key ${key} was not taken`, held.get(key)));
        continue;
      }
      const alone = { to, entries: [entry] };
      const error = await produce(node, [alone]).then(
        (answers) => answers.get(to),
        (error: unknown) => error,
      );
      if (error !== undefined && key !== undefined) held.set(key, error);
      entry.settle(outcomeOf(entry.message.channel, error));
    }
  }

  function settle({ to, entries }: Lot, error: unknown): void {
    for (const { message, settle } of entries) settle(outcomeOf(message.channel, error));
    if (error === undefined) return;
    if (error instanceof KafkaError && isLeadership(error.code))
      void cluster.refresh().catch(() => undefined);
    // Later ones may have the keys of what failed.
    for (const { settle } of to.queue.splice(0)) settle(notSent('an earlier message was not taken', error));
  }

  function refusalOf(message: OutgoingMessage, topic: string | undefined): string | undefined {
    const size = sizeOf(message);
    if (size > maxBytes)
      return `the message for ${message.channel} has ${size} bytes, and ${maxBytes} are allowed (max.message.bytes of the topic, less what a record needs beside it)`;
    if (topic === undefined)
      return `no topic takes messages for ${message.channel}: name one in kafkaBroker's topics`;
    return undefined;
  }

  /** Those of one key that lie in one topic go out together; in another topic, one after the other. */
  async function publishKey(
    all: readonly { readonly message: OutgoingMessage; readonly index: number }[],
    outcomes: PublishOutcome[],
    keyless: number,
  ): Promise<void> {
    let failure: { readonly error: unknown } | undefined;
    let under: { readonly topic: string; readonly sent: Promise<void>[] } | undefined;
    for (const { message, index } of all) {
      const place = places.of(message.channel);
      const topic = place && topicName(place.name);
      if (under && under.topic !== topic) {
        await Promise.all(under.sent);
        under = undefined;
      }
      if (failure) {
        outcomes[index] = notSent(
          `an earlier message of the key ${message.key} was not taken`,
          failure.error,
        );
        continue;
      }
      const refusal = refusalOf(message, topic);
      const count = topic === undefined ? 0 : (cluster.topic(topic)?.leaders.length ?? 0);
      if (refusal !== undefined || topic === undefined) {
        const error = new Error(refusal);
        outcomes[index] = { kind: 'refused', error };
        failure = { error };
        continue;
      }
      if (count === 0) {
        const error = new Error(cluster.health().problem ?? `the topic ${topic} is not there`);
        outcomes[index] = retry(message.channel, error);
        failure = { error };
        continue;
      }
      const to = partition(
        topic,
        message.key === undefined ? keyless % count : partitionOf(message.key, count),
      );
      const sent = enqueue(to, message).then((outcome) => {
        outcomes[index] = outcome;
        if (outcome.kind !== 'acked') failure = { error: outcome.error };
      });
      under ??= { topic, sent: [] };
      under.sent.push(sent);
    }
    if (under) await Promise.all(under.sent);
  }

  return {
    async publish(messages) {
      const outcomes: PublishOutcome[] = [];
      const byKey = new Map<string, { readonly message: OutgoingMessage; readonly index: number }[]>();
      // Those without a key go to one partition, another each time: larger batches.
      const keyless = Math.floor(Math.random() * 0x4000_0000);
      const publishing: Promise<void>[] = [];
      for (const [index, message] of messages.entries()) {
        const { key } = message;
        if (key === undefined) {
          publishing.push(publishKey([{ message, index }], outcomes, keyless));
          continue;
        }
        const lane = byKey.get(key);
        if (lane) lane.push({ message, index });
        else byKey.set(key, [{ message, index }]);
      }
      for (const lane of byKey.values()) publishing.push(publishKey(lane, outcomes, keyless));
      await Promise.all(publishing);
      return outcomes;
    },
    close() {
      for (const link of links.values())
        void link.then(
          (it) => it.close(),
          () => undefined,
        );
    },
  };
}

interface Lot {
  readonly to: Partition;
  readonly entries: readonly Waiting[];
}

function takeBatch({ queue }: Partition): readonly Waiting[] {
  let bytes = 0;
  let count = 0;
  for (const entry of queue) {
    bytes += entry.bytes;
    if (count > 0 && (bytes > BATCH_BYTES || count >= BATCH_COUNT)) break;
    count += 1;
  }
  return queue.splice(0, count);
}

function isTooLarge(error: unknown): boolean {
  return (
    error instanceof KafkaError &&
    (error.code === ErrorCode.messageTooLarge || error.code === ErrorCode.recordListTooLarge)
  );
}

function isLeadership(code: number): boolean {
  return (
    code === ErrorCode.notLeader || code === ErrorCode.leaderNotAvailable || code === ErrorCode.unknownTopic
  );
}

/** Errors by which a message is never taken, however often it is sent. */
const REFUSALS: ReadonlySet<number> = new Set([
  ErrorCode.messageTooLarge,
  ErrorCode.recordListTooLarge,
  ErrorCode.invalidTopic,
  ErrorCode.topicAuthorizationFailed,
  ErrorCode.clusterAuthorizationFailed,
  ErrorCode.invalidRecord,
]);

function outcomeOf(channel: string, error: unknown): PublishOutcome {
  if (error === undefined) return ACKED;
  if (!(error instanceof KafkaError) || !REFUSALS.has(error.code)) return retry(channel, error);
  return { kind: 'refused', error: new Error(textOf(channel, error), { cause: error }) };
}

function retry(channel: string, cause: unknown): PublishOutcome {
  return { kind: 'retry', error: new Error(textOf(channel, cause), { cause }) };
}

function notSent(why: string, cause: unknown): PublishOutcome {
  return { kind: 'retry', error: new Error(`not sent: ${why}`, { cause }) };
}

function textOf(channel: string, cause: unknown): string {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return `Kafka did not take a message for ${channel}: ${reason}`;
}
