import { setTimeout as sleep } from 'node:timers/promises';
import { channelFilter, deliverKnown } from '../partitions/deliver-known.ts';
import { lanes } from '../partitions/lanes.ts';
import type { Place, Places } from '../partitions/places.ts';
import { BrokerSettingsError } from '../ports/broker-settings-error.ts';
import { systemClock } from '../ports/clock.ts';
import type { WireMessage } from '../ports/message.ts';
import type { Deliver, SubscriptionOptions } from '../ports/subscriber.ts';
import { nameOf, type TopicPartition } from './assign.ts';
import type { Client } from './client.ts';
import type { Cluster } from './cluster.ts';
import { fetcher } from './fetcher.ts';
import { MAX_NOTE, noteSize, readNote } from './group-note.ts';
import type { Assignment } from './group-protocol.ts';
import { takeSeat } from './membership.ts';
import { listOffsets } from './offsets.ts';
import { type OwnedPartition, ownedPartition, type Taken } from './owned-partition.ts';

export interface GroupMemberOptions {
  readonly client: Client;
  readonly cluster: Cluster;
  readonly places: Places;
  topicName(place: string): string;
  readonly to: SubscriptionOptions;
  /** The group's name on the servers. */
  readonly groupName: string;
  readonly deliver: Deliver;
  readonly redeliveryDelay: number;
  readonly sessionTimeout: number;
  readonly rebalanceTimeout: number;
  onFault(error: unknown): void;
}

export interface GroupMember {
  /** Resolves when the group gets what is published from now on, whichever of its members lives; or rejects with why it cannot. */
  readonly begun: Promise<void>;
  readonly topics: readonly string[];
  stop(within?: number): Promise<void>;
}

/** Milliseconds: what was done since the last commit comes again after a crash. */
const COMMIT_EVERY = 20;
/** Milliseconds: other members commit at once what a new one asks for. */
const LATE = 15_000;
/** So long a member that stops tries to say what it has done. */
const LAST_COMMIT_WITHIN = 5_000;

/** A member of a group: it takes from the partitions that are its own, one lane for each key, and commits what is done without a gap. */
export function joinGroup(options: GroupMemberOptions): GroupMember {
  const { client, cluster, to, deliver, redeliveryDelay, sessionTimeout, rebalanceTimeout, onFault } =
    options;
  const { group, channels, from = 'first', concurrency = 16, batch = 64, maxInFlight = 256 } = to;
  const isMine = channelFilter(channels);
  const found = topicsOf(options);
  const topics = [...found.keys()];
  const owned = new Map<string, OwnedPartition>();
  const refused = new Map<string, TopicPartition & { readonly at: number }>();
  const passing = new Set<OwnedPartition>();
  /** Where messages lie that only other members have asked for. */
  const foreign = new WeakMap<WireMessage, OwnedPartition>();
  /** Whether anybody who is there now knows a channel. */
  let isKnown: (channel: string) => boolean = () => false;
  let stopped = false;

  const queue = lanes<Taken>({
    clock: systemClock,
    messageOf: ({ message }) => message,
    deliver: deliverKnown(deliver, {
      isAskedFor: ({ channel }) => isMine(channel),
      isOfNoUse: () => false,
      onForeign(message) {
        if (isKnown(message.channel)) void passOn(foreign.get(message));
      },
      redeliveryDelay,
    }),
    settled({ message, settle }, outcome) {
      settle();
      if (outcome.kind === 'refused')
        onFault(
          new Error(
            `the group ${group} refused message ${message.id} on ${message.channel}: ${outcome.reason}`,
          ),
        );
      moreSoon();
    },
    concurrency: () => concurrency,
    batch: () => batch,
    redeliveryDelay,
  });

  let isMoreSoon = false;
  /** Once for all that is settled together. */
  function moreSoon(): void {
    if (isMoreSoon) return;
    isMoreSoon = true;
    queueMicrotask(() => {
      isMoreSoon = false;
      reading.more();
    });
  }

  /** Gives a partition to a member that may know more channels. */
  async function passOn(partition: OwnedPartition | undefined): Promise<void> {
    if (!partition || passing.has(partition)) return;
    passing.add(partition);
    // A moment, so that what of this partition can be handled here is.
    await sleep(redeliveryDelay);
    passing.delete(partition);
    if (stopped || owned.get(partition.name) !== partition || partition.isLeaving) return;
    const { topic, partition: index } = partition;
    const isNew = !refused.has(partition.name);
    refused.set(partition.name, { topic, partition: index, at: seat.generation });
    if (isNew || partition.since > (partition.refusedAt ?? -1)) seat.rejoin();
    partition.refusedAt = seat.generation;
  }

  const seat = takeSeat({
    client,
    cluster,
    group: options.groupName,
    sessionTimeout,
    rebalanceTimeout,
    describe: () => ({
      topics,
      channels,
      from,
      owned: [...owned.values()],
      refused: [...refused.values()],
    }),
    offsetsOf: (partitions, which) => listOffsets(cluster, partitions, which),
    unsettled: () => reading.pause(),
    assigned,
    lapsed(reason) {
      const all = [...owned.values()];
      owned.clear();
      void queue.withdraw(({ of }) => all.includes(of), reason);
      reading.resume();
    },
    onFault,
  });

  const reading = fetcher({
    cluster,
    partitions: () => [...owned.values()],
    maxHeld: maxInFlight,
    held: () => queue.size,
    take(partition, { offset, message }) {
      const settle = partition.open(offset);
      if (partition.isDone(offset) || !partition.isAskedFor(message.channel)) return settle();
      if (!isMine(message.channel)) foreign.set(message, partition);
      queue.add({ of: partition, message, settle });
    },
    channelOf: (topic) => found.get(topic) ?? topic,
    onFault,
  });

  function assigned({ partitions, channels: asked, starts }: Assignment): void {
    isKnown = channelFilter(asked);
    const now = new Set(partitions.map(nameOf));
    for (const partition of owned.values()) {
      partition.ask(asked.filter((it) => isIn(it, partition.topic)));
      if (!now.has(partition.name) && !partition.isLeaving) void giveUp(partition);
    }
    const gained = partitions.filter((it) => !owned.has(nameOf(it)));
    if (gained.length > 0 && !stopped) void gain(gained, asked, starts);
    reading.resume();
  }

  function isIn(channel: string, topic: string): boolean {
    return options.places.holding(channel).some(({ name }) => options.topicName(name) === topic);
  }

  async function gain(
    gained: readonly TopicPartition[],
    asked: readonly string[],
    starts: ReadonlyMap<string, bigint>,
  ): Promise<void> {
    const { generation } = seat;
    const added = gained.map((it) =>
      ownedPartition({
        ...it,
        since: generation,
        onProgress: commitSoon,
        asked: asked.filter((one) => isIn(one, it.topic)),
      }),
    );
    for (const partition of added) owned.set(partition.name, partition);
    const isStill = (partition: OwnedPartition): boolean =>
      !stopped && owned.get(partition.name) === partition;
    for (let failures = 0; added.some(isStill); failures++) {
      try {
        const known = await seat.committed(gained);
        const fresh = gained.filter(
          (it) => (known.get(nameOf(it))?.offset ?? -1n) < 0n && !starts.has(nameOf(it)),
        );
        const firsts = await listOffsets(cluster, fresh, 'first');
        const begins = added.map((partition) => {
          const { offset = -1n, note } = known.get(partition.name) ?? {};
          const start = offset >= 0n ? offset : (starts.get(partition.name) ?? firsts.get(partition.name));
          if (start === undefined) throw new Error(`no server says where ${partition.name} begins`);
          return () => partition.begin(start, readNote(note), offset >= 0n);
        });
        // All or none: one that has begun is not to begin again.
        for (const begin of begins) begin();
        commitSoon();
        reading.more();
        return;
      } catch (error) {
        if (failures === 0) onFault(error);
        await sleep(Math.min(2_000, 100 * 2 ** failures));
      }
    }
  }

  /** Lets what is under way end, and says where it stands, before another may have it. */
  async function giveUp(partition: OwnedPartition): Promise<void> {
    partition.isLeaving = true;
    await queue.withdraw(({ of }) => of === partition);
    await flushed(() => owned.get(partition.name) !== partition);
    if (owned.get(partition.name) !== partition) return;
    owned.delete(partition.name);
    seat.rejoin();
  }

  let committing = false;
  let again = false;
  let soon = false;
  function commitSoon(): void {
    if (soon) return;
    soon = true;
    setTimeout(() => {
      soon = false;
      void commit();
    }, COMMIT_EVERY);
  }

  /** One at a time; answers whether all that was there is committed. */
  async function commit(): Promise<boolean> {
    if (committing) {
      again = true;
      return false;
    }
    committing = true;
    try {
      const lot = [...owned.values()].flatMap((partition) => partition.due() ?? []);
      if (lot.length === 0) return true;
      const isTaken = await seat.commit(lot);
      if (isTaken) for (const one of lot) one.taken();
      else again = true;
      return isTaken;
    } catch (error) {
      again = true;
      if (cluster.health().connected && !stopped) onFault(error);
      return false;
    } finally {
      committing = false;
      if (again && !stopped) commitSoon();
      again = false;
    }
  }

  async function flushed(isOver: () => boolean): Promise<void> {
    const until = performance.now() + LAST_COMMIT_WITHIN;
    while (!isOver() && performance.now() < until && cluster.health().connected) {
      if ((await commit()) && [...owned.values()].every((it) => it.due() === undefined)) return;
      await sleep(20);
    }
  }

  /** Resolves when every partition of the topics says that the group asks for our channels, so that nobody overlooks what comes. */
  async function isKept(): Promise<void> {
    const all = topics.flatMap((topic) =>
      Array.from({ length: cluster.topic(topic)?.leaders.length ?? 0 }, (_, partition) => ({
        topic,
        partition,
      })),
    );
    const since = performance.now();
    let isTold = false;
    for (let tries = 0; !stopped; tries++) {
      const known = await seat.committed(all).catch(() => undefined);
      const missing = all.filter((it) => {
        const { channels: kept } = readNote(known?.get(nameOf(it))?.note);
        return channels.some((one) => isIn(one, it.topic) && !kept.includes(one));
      });
      if (known && missing.length === 0) return;
      if (!isTold && performance.now() - since > LATE) {
        isTold = true;
        const names = missing.map(nameOf).join(', ');
        onFault(
          new Error(`the group ${group} still waits for members to take note of its channels in ${names}`),
        );
      }
      await sleep(Math.min(500, 10 + 10 * tries));
    }
  }

  const begun = seat.begun.then(isKept);
  begun.catch(() => undefined);
  return {
    begun,
    topics,
    async stop(within) {
      stopped = true;
      reading.stop();
      await queue.stop(within);
      await flushed(() => false);
      await seat.leave();
    },
  };
}

/** The topics that hold the channels, and for each the channel of a message that says none. */
function topicsOf({ places, topicName, to }: GroupMemberOptions): ReadonlyMap<string, string> {
  const found = new Map<string, Place>();
  for (const channel of to.channels) {
    const holding = places.holding(channel);
    if (holding.length === 0)
      throw new BrokerSettingsError(`no topic has the channel ${channel}: name one in kafkaBroker's topics`);
    for (const place of holding) found.set(place.name, place);
  }
  for (const { name } of found.values()) {
    const inTopic = to.channels.filter((it) => places.holding(it).some((place) => place.name === name));
    if (noteSize(inTopic) > MAX_NOTE)
      throw new BrokerSettingsError(
        `the group ${to.group} asks for ${inTopic.length} channels of the topic ${name}, more than Kafka has room for beside an offset: share them among several groups or topics, or ask for a template of addresses`,
      );
  }
  return new Map(
    [...found.values()].map(({ name, subjects }) => {
      const [only] = subjects;
      const isOne = subjects.length === 1 && only !== undefined && !/[*>]/.test(only);
      return [topicName(name), isOne ? only : name];
    }),
  );
}
