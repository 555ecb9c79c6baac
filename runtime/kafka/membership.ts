import { setTimeout as sleep } from 'node:timers/promises';
import { backoff } from '../backoff.ts';
import { BrokerSettingsError } from '../ports/broker-settings-error.ts';
import { assign, nameOf, type TopicPartition } from './assign.ts';
import type { Client } from './client.ts';
import { ANSWER_WITHIN, type Cluster } from './cluster.ts';
import { ErrorCode, KafkaError } from './error-codes.ts';
import {
  type Assignment,
  decodeAssignment,
  decodeSubscription,
  encodeAssignment,
  encodeSubscription,
  type Subscription,
} from './group-protocol.ts';
import type { Link } from './link.ts';
import { type Committed, committedOffsets } from './offsets.ts';

export interface Commit extends TopicPartition {
  readonly offset: bigint;
  readonly note: string;
}

/** A member's seat in a group: it joins, shows that it is alive, commits, and leaves. */
export interface Membership {
  /** Resolves after the first assignment; rejects when there can be none. */
  readonly begun: Promise<void>;
  readonly generation: number;
  /** So that partitions are shared anew. */
  rejoin(): void;
  /** Answers whether it was taken. `false`: not now, the group is being shared anew. Rejects when the connection is lost. */
  commit(commits: readonly Commit[]): Promise<boolean>;
  committed(partitions: readonly TopicPartition[]): Promise<ReadonlyMap<string, Committed>>;
  /** Gives the seat up. */
  leave(): Promise<void>;
}

export interface MembershipOptions {
  readonly client: Client;
  readonly cluster: Cluster;
  readonly group: string;
  /** Milliseconds. */
  readonly sessionTimeout: number;
  readonly rebalanceTimeout: number;
  describe(): Subscription;
  /** Where a partition begins or ends just now. */
  offsetsOf(
    partitions: readonly TopicPartition[],
    which: 'first' | 'new',
  ): Promise<ReadonlyMap<string, bigint>>;
  /** The group is about to be shared anew: from now on until `assigned`, others may ask for further channels. */
  unsettled(): void;
  assigned(assignment: Assignment): void;
  /** Everything that was owned may be somebody else's by now. */
  lapsed(reason: Error): void;
  onFault(error: unknown): void;
}

/** The name by which members agree how partitions are shared: ours only. */
const PROTOCOL = 'chirograph';

/** After so many parts that it was not given in a row, a member begins anew on another connection. */
const MOST_MISSED = 10;

export function takeSeat(options: MembershipOptions): Membership {
  const { client, cluster, group, sessionTimeout, rebalanceTimeout, describe, assigned, onFault } = options;
  const { apis } = cluster;
  const heartbeat = Math.min(2_000, sessionTimeout / 4);
  const begun = Promise.withResolvers<void>();
  begun.promise.catch(() => undefined);
  let memberId = '';
  let generation = -1;
  /** Assigned, and nothing that we know of has changed since. */
  let isSettled = false;
  let isJoining = false;
  let wantsJoin = true;
  /** How often we were asked to share anew: also while a join is under way, which told the others what was so when it began. */
  let asked = 0;
  /** How often in a row its part was not given to it. */
  let missed = 0;
  let left = false;
  let link: Link | undefined;
  /** When the server last counted us in, by a clock that nobody sets. */
  let alive = 0;
  let wake: () => void = () => undefined;

  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function lapse(reason: Error): void {
    memberId = '';
    generation = -1;
    isSettled = false;
    wantsJoin = true;
    options.lapsed(reason);
  }

  const watching = setInterval(() => {
    if (generation < 0 || isJoining || performance.now() - alive < sessionTimeout) return;
    lapse(new Error(`no sign of the group ${group} for ${sessionTimeout} ms`));
  }, sessionTimeout / 8);

  async function connect(): Promise<Link> {
    const node = await cluster.coordinator(group);
    const opened = await cluster.link(node);
    opened.onClose(() => wake());
    return opened;
  }

  async function run(): Promise<void> {
    for (let failures = 0; !left; ) {
      try {
        link = await connect();
        await follow(link, () => {
          failures = 0;
        });
      } catch (error) {
        link?.close();
        link = undefined;
        closeBeside();
        if (left) return;
        failures += 1;
        if (isHopeless(error)) begun.reject(error);
        if (failures === 1) onFault(error);
        await pause(backoff(failures, 100, isHopeless(error) ? 30_000 : 2_000));
      }
    }
    // It may have come just when we left.
    link?.close();
  }

  async function follow(on: Link, succeeded: () => void): Promise<void> {
    while (!left) {
      if (!on.isOpen) throw new Error(`the connection of the group ${group} was lost`);
      if (wantsJoin) {
        if (!(await join(on))) {
          await pause(50);
          continue;
        }
        succeeded();
        begun.resolve();
        continue;
      }
      await pause(heartbeat);
      if (left || wantsJoin || !on.isOpen) continue;
      const began = performance.now();
      const { errorCode } = await on.call(apis.heartbeat, ANSWER_WITHIN, group, generation, memberId, null);
      if (errorCode === 0) {
        alive = began;
        succeeded();
      } else heed(errorCode, 'heartbeat');
    }
  }

  /** What an error of the coordinator means. Throws when another connection is needed, or nothing helps. */
  function heed(code: number, what: string): void {
    if (code === ErrorCode.rebalanceInProgress) wantsJoin = true;
    else if (
      code === ErrorCode.unknownMember ||
      code === ErrorCode.illegalGeneration ||
      code === ErrorCode.fencedInstance
    )
      lapse(new KafkaError(`the group ${group} counts this member no more`, code));
    else if (code !== ErrorCode.coordinatorLoading)
      throw new KafkaError(`${what} of the group ${group}`, code);
  }

  async function join(on: Link): Promise<boolean> {
    isJoining = true;
    isSettled = false;
    options.unsettled();
    const answers = asked;
    try {
      const joined = await on.call(
        apis.joinGroup,
        rebalanceTimeout + ANSWER_WITHIN,
        group,
        sessionTimeout,
        rebalanceTimeout,
        memberId,
        null,
        'consumer',
        [{ name: PROTOCOL, metadata: encodeSubscription(client, describe(), generation) }],
      );
      if (joined.errorCode === ErrorCode.memberIdRequired) {
        memberId = joined.memberId;
        return false;
      }
      if (joined.errorCode !== 0) {
        refuseFor(joined.errorCode);
        heed(joined.errorCode, 'joining');
        return false;
      }
      memberId = joined.memberId;
      alive = performance.now();
      const assignments = joined.leader === memberId ? await share(joined.members) : [];
      const synced = await on.call(
        apis.syncGroup,
        rebalanceTimeout + ANSWER_WITHIN,
        group,
        joined.generationId,
        memberId,
        null,
        'consumer',
        PROTOCOL,
        assignments,
      );
      if (synced.errorCode !== 0) {
        // The group was shared while this member was about to take its part. Servers answer with the part; one that does
        // not is asked again, and the group is shared anew.
        missed += 1;
        if (synced.errorCode !== ErrorCode.invalidRequest || missed > MOST_MISSED)
          heed(synced.errorCode, 'sharing');
        return false;
      }
      missed = 0;
      generation = joined.generationId;
      alive = performance.now();
      wantsJoin = asked !== answers;
      isSettled = true;
      assigned(decodeAssignment(client, synced.assignment));
      return true;
    } finally {
      isJoining = false;
    }
  }

  function refuseFor(code: number): void {
    if (code === ErrorCode.inconsistentProtocol)
      throw new BrokerSettingsError(
        `the group ${group} has members that are not Chirograph's: choose another name, or stop them first`,
      );
    if (code === ErrorCode.invalidSessionTimeout)
      throw new BrokerSettingsError(
        `the server does not allow a sessionTimeout of ${sessionTimeout} ms: it must be between its group.min.session.timeout.ms and group.max.session.timeout.ms`,
      );
    if (code === ErrorCode.groupAuthorizationFailed)
      throw new BrokerSettingsError(
        `the server does not allow us to read as the group ${group} (READ on the group)`,
      );
    if (code === ErrorCode.invalidGroupId)
      throw new BrokerSettingsError(`${group} cannot be the name of a group`);
  }

  async function share(
    members: readonly { readonly memberId: string; readonly metadata: Buffer }[],
  ): Promise<{ memberId: string; assignment: Buffer }[]> {
    const subscriptions = members.map((it) => ({
      id: it.memberId,
      ...decodeSubscription(client, it.metadata),
    }));
    const topics = [...new Set(subscriptions.flatMap((it) => it.topics))];
    const counts = new Map(topics.map((name) => [name, cluster.topic(name)?.leaders.length ?? 0]));
    const shares = assign(subscriptions, counts);
    const channels = [...new Set(subscriptions.flatMap((it) => it.channels))].sort();
    const starts = await startsOf(
      counts,
      subscriptions.every(({ from }) => from === 'new'),
    );
    return subscriptions.map(({ id }) => ({
      memberId: id,
      assignment: encodeAssignment(client, { partitions: shares.get(id) ?? [], channels, starts }),
    }));
  }

  /** A topic of which the group has committed nothing yet begins where the group wants it to; a partition that was added later at its beginning. */
  async function startsOf(
    counts: ReadonlyMap<string, number>,
    isNew: boolean,
  ): Promise<ReadonlyMap<string, bigint>> {
    const all = [...counts].flatMap(([topic, count]) =>
      Array.from({ length: count }, (_, partition) => ({ topic, partition })),
    );
    const known = await committed(all);
    if (!isNew) return new Map();
    const begun = new Set(
      all.filter((it) => (known.get(nameOf(it))?.offset ?? -1n) >= 0n).map(({ topic }) => topic),
    );
    const fresh = all.filter(({ topic }) => !begun.has(topic));
    return fresh.length > 0 ? options.offsetsOf(fresh, 'new') : new Map();
  }

  async function committed(partitions: readonly TopicPartition[]): Promise<ReadonlyMap<string, Committed>> {
    if (partitions.length === 0) return new Map();
    return committedOffsets(cluster, await beside(), group, partitions);
  }

  /** A second connection to the same server: while we wait on the first to be let in, it answers nothing else. */
  let second: Promise<Link> | undefined;
  function beside(): Promise<Link> {
    if (second) return second;
    const opening = connect();
    const forget = (): void => {
      if (second === opening) second = undefined;
    };
    second = opening;
    opening.then((opened) => opened.onClose(forget), forget);
    return opening;
  }

  function closeBeside(): void {
    second?.then(
      (opened) => opened.close(),
      () => undefined,
    );
  }

  async function sayGoodbye(): Promise<void> {
    const on = await beside();
    await on.call(apis.leaveGroup, ANSWER_WITHIN, group, [{ memberId }]);
  }

  const running = run();

  return {
    begun: begun.promise,
    get generation() {
      return generation;
    },
    rejoin() {
      asked += 1;
      wantsJoin = true;
      wake();
    },
    async commit(commits) {
      if (commits.length === 0) return true;
      if (!isSettled || wantsJoin) return false;
      const of = generation;
      const on = await beside();
      const { topics } = await on.call(
        apis.offsetCommit,
        ANSWER_WITHIN,
        group,
        of,
        memberId,
        null,
        [...Map.groupBy(commits, ({ topic }) => topic)].map(([name, partitions]) => ({
          name,
          partitions: partitions.map(({ partition, offset, note }) => ({
            partitionIndex: partition,
            committedOffset: offset,
            committedLeaderEpoch: -1,
            committedMetadata: note,
          })),
        })),
      );
      for (const { name, partitions } of topics)
        for (const { partitionIndex, errorCode } of partitions) {
          if (errorCode === 0) continue;
          if (
            errorCode === ErrorCode.offsetMetadataTooLarge ||
            errorCode === ErrorCode.topicAuthorizationFailed
          )
            throw new KafkaError(`committing ${name}/${partitionIndex} for the group ${group}`, errorCode);
          // An answer about a generation that has passed says nothing of the one that has come, or is coming.
          if (of !== generation || isJoining) return false;
          try {
            heed(errorCode, 'committing');
          } catch (error) {
            on.close();
            link?.close();
            throw error;
          }
          wake();
          return false;
        }
      return true;
    },
    committed,
    async leave() {
      if (left) return;
      left = true;
      clearInterval(watching);
      wake();
      begun.reject(new Error('the subscription was stopped'));
      if (memberId !== '') await sayGoodbye().catch(() => undefined);
      link?.close();
      closeBeside();
      await Promise.race([running, sleep(100)]);
    },
  };
}

function isHopeless(error: unknown): boolean {
  return error instanceof BrokerSettingsError;
}
