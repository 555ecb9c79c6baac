import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { channelFilter, deliverKnown } from '../partitions/deliver-known.ts';
import { lanes } from '../partitions/lanes.ts';
import { ownPartitions, type PartitionOwner } from '../partitions/own-partitions.ts';
import { systemClock } from '../ports/clock.ts';
import type { WireMessage } from '../ports/message.ts';
import type { Deliver, SubscriptionOptions } from '../ports/subscriber.ts';
import { acknowledgements } from './acknowledgements.ts';
import type { Client, Connection } from './connection.ts';
import { readEntry } from './entry.ts';
import type { Keys } from './keys.ts';
import { redisLeases } from './leases.ts';
import { type PartitionLog, partitionLog } from './partition-log.ts';
import { JOIN, run as runScript, TRIM } from './scripts.ts';

export interface GroupMemberOptions {
  readonly connection: Connection;
  readonly keys: Keys;
  /** The streams that may hold messages of the channels. */
  readonly streams: readonly string[];
  readonly partitions: number;
  readonly to: SubscriptionOptions;
  readonly deliver: Deliver;
  readonly redeliveryDelay: number;
  /** Milliseconds without a sign of life after which other members take over. */
  readonly leaseTime: number;
  /** Milliseconds that a message is kept in any case. */
  readonly keepFor: number;
  onFault(error: unknown): void;
}

export interface GroupMember {
  /** Resolves when the server knows the group, or when it is away; rejects with why the group cannot be. */
  readonly begun: Promise<void>;
  stop(within?: number): Promise<void>;
}

interface Taken {
  readonly log: PartitionLog;
  readonly id: string;
  readonly message: WireMessage;
}

/** Milliseconds that the server holds a read back when there is nothing to read. */
const BLOCK = 2_000;
const TRIM_EVERY = 10_000;
/** Milliseconds after which what woke a member that is no more is forgotten. */
const WAKE_EXPIRES = 60_000;

/**
 * A member of a group. It owns partitions by leases, and reads each with the group's position on the server. While there is nothing to
 * read it waits on a connection of its own, by a read that takes nothing: one that is given up half-way, or whose answer is lost, loses
 * no message and no other command waits behind it.
 */
export function joinGroup(options: GroupMemberOptions): GroupMember {
  const { connection, keys, streams, partitions, to, redeliveryDelay, leaseTime, keepFor, onFault } = options;
  const { group, channels, from = 'first', concurrency = 16, batch = 64, maxInFlight = 256 } = to;
  const member = randomUUID();
  const logs = new Set<PartitionLog>();
  /** Those that are being given back: nothing more is read of them. */
  const leaving = new Set<PartitionLog>();
  const owners = new Map<string, PartitionOwner>();
  const taken = new WeakMap<WireMessage, PartitionLog>();
  const acks = acknowledgements(connection, group);
  const isMine = channelFilter(channels);
  /** What the group has asked for, as it was when it had so many channels. */
  let groups = { size: -1, isAskedFor: isMine };
  /** The last entries of the streams by which this member is woken. */
  const woken = new Map([keys.wakeAll(group), keys.wake(member)].map((key) => [key, '0-0']));
  let stopped = false;
  /** Whether a read is waiting, which then has to be woken. */
  let isWaiting = false;
  let waiter: Client | undefined;

  const queue = lanes<Taken>({
    clock: systemClock,
    messageOf: ({ message }) => message,
    deliver: deliverKnown(options.deliver, {
      isAskedFor: ({ channel }) => isMine(channel),
      isOfNoUse: () => false,
      onForeign: (message) => void passOn(taken.get(message)),
      redeliveryDelay,
    }),
    settled({ log, id, message }, outcome) {
      acks.add(log.stream, id);
      if (outcome.kind === 'refused')
        onFault(
          new Error(
            `the group ${group} refused message ${message.id} on ${message.channel}: ${outcome.reason}`,
          ),
        );
    },
    concurrency: () => concurrency,
    batch: () => batch,
    redeliveryDelay,
  });

  const passing = new Set<PartitionLog>();
  /** Gives a partition to a member that may know more channels. */
  async function passOn(log: PartitionLog | undefined): Promise<void> {
    if (!log || passing.has(log)) return;
    passing.add(log);
    // A moment, so that what of this partition can be handled here is.
    await sleep(redeliveryDelay);
    passing.delete(log);
    if (logs.has(log)) owners.get(log.place)?.pass(log.partition);
  }

  function connected(): Client {
    const client = connection.current();
    if (!client) throw new Error(`not connected to Redis: ${connection.health().problem}`);
    return client;
  }

  /** Wakes this member's read. What is added before the read has begun is there when it begins. */
  function wake(): void {
    if (!isWaiting) return;
    const key = keys.wake(member);
    void connection
      .current()
      ?.together([
        ['XADD', key, 'MAXLEN', '1', '*', 'w', ''],
        ['PEXPIRE', key, String(WAKE_EXPIRES)],
      ])
      .catch(() => undefined);
  }

  /** So that all members look at once for what is free. */
  function wakeAll(): void {
    void connection
      .current()
      ?.call(['XADD', keys.wakeAll(group), 'MAXLEN', '1', '*', 'w', ''])
      .catch(() => undefined);
  }

  function own(place: string): void {
    const owner = ownPartitions({
      leases: redisLeases(connected, keys.leases(place, group)),
      clock: systemClock,
      prefix: place,
      member,
      partitions,
      ttl: leaseTime,
      gained(partition, token) {
        const lease = `${place}/partition/${partition}`;
        const stream = keys.stream(place, partition);
        const inGroup = { keys, place, partition, stream, lease, token, group, consumer: member };
        logs.add(partitionLog(inGroup));
        wake();
      },
      async lost(partition, why) {
        const log = [...logs, ...leaving].find((it) => it.place === place && it.partition === partition);
        if (!log) return;
        logs.delete(log);
        leaving.add(log);
        const reason = why === 'lapsed' ? new Error(`the lease of ${log.stream} was lost`) : undefined;
        await queue.withdraw((item) => item.log === log, reason);
        leaving.delete(log);
        if (reason) return;
        await acks.flushed();
        // When it is free, a turn later.
        setImmediate(wakeAll);
      },
      onFault(error) {
        if (connection.current()) onFault(error);
      },
    });
    owners.set(place, owner);
  }

  async function join(client: Client): Promise<void> {
    const all = streams.flatMap((place) =>
      Array.from({ length: partitions }, (_, n) => keys.stream(place, n)),
    );
    const start = from === 'first' ? '0' : '$';
    await runScript(client, JOIN, [keys.channels(group), ...all], [group, start, ...channels]);
  }

  /** Reads and waits by turns, until the connection is lost. */
  async function follow(client: Client): Promise<void> {
    const isOver = (): boolean => stopped || connection.current() !== client;
    for (const log of logs) log.afterLoss();
    const own = await connection.another();
    waiter = own;
    try {
      while (!isOver()) {
        await queue.whenBelow(maxInFlight);
        if (isOver()) return;
        const due = [...logs].filter((log) => log.isDue);
        if (due.length === 0) await waitForMore(own);
        else await readAll(client, due, maxInFlight - queue.size);
      }
    } finally {
      own.destroy();
    }
  }

  async function readAll(client: Client, due: readonly PartitionLog[], room: number): Promise<void> {
    const count = Math.max(1, Math.floor(room / due.length));
    // In turns, when there is less room than partitions.
    const reads = await Promise.allSettled(due.slice(0, room).map((log) => read(client, log, count)));
    for (const one of reads) if (one.status === 'rejected') throw one.reason;
    // Leases that have lapsed on the server, which their owner will notice, or has renewed by then.
    if (reads.every((one) => one.status === 'fulfilled' && !one.value)) await sleep(redeliveryDelay);
  }

  /** Answers whether the partition is still this member's. */
  async function read(client: Client, log: PartitionLog, count: number): Promise<boolean> {
    const found = await log.read(client, count);
    // The last in line next time.
    if (logs.delete(log)) logs.add(log);
    if (!found) return false;
    if (found.channels !== groups.size && found.entries.length > 0) await learnChannels(client);
    // It may have been lost meanwhile: then its next owner takes them.
    if (!logs.has(log)) return false;
    for (const entry of found.entries) {
      const id = String(entry[0]);
      const message = readEntry(log.stream, entry);
      if (message && groups.isAskedFor(message.channel)) {
        taken.set(message, log);
        queue.add({ log, id, message });
        continue;
      }
      acks.add(log.stream, id);
      if (!message && entry[1]) onFault(new Error(`the entry ${id} of ${log.stream} is no message`));
    }
    return true;
  }

  async function learnChannels(client: Client): Promise<void> {
    const all = (await client.call(['SMEMBERS', keys.channels(group)])) as readonly Buffer[];
    groups = { size: all.length, isAskedFor: channelFilter(all.map(String)) };
  }

  async function waitForMore(client: Client): Promise<void> {
    const asked = [...logs];
    const names = [...asked.map(({ stream }) => stream), ...woken.keys()];
    const after = [...asked.map(({ position }) => position), ...woken.values()];
    isWaiting = true;
    try {
      const command = ['XREAD', 'COUNT', '1', 'BLOCK', String(BLOCK), 'STREAMS', ...names, ...after];
      const found = (await client.call(command)) as
        | readonly (readonly [Buffer, readonly (readonly [Buffer])[]])[]
        | null;
      for (const [name, [entry]] of found ?? []) {
        const id = String(entry?.[0]);
        const key = String(name);
        if (woken.has(key)) woken.set(key, id);
        if (key === keys.wakeAll(group)) for (const owner of owners.values()) owner.look();
        asked.find(({ stream }) => stream === key)?.noticed(id);
      }
    } finally {
      isWaiting = false;
    }
  }

  const began = Promise.withResolvers<void>();
  if (!connection.current()) began.resolve();
  const leave = connection.each(async (client) => {
    acks.flush();
    // What goes wrong while the connection stands, such as a group that somebody has removed, is set right by joining anew.
    for (let isFirst = true; ; isFirst = false) {
      try {
        await join(client);
        began.resolve();
        if (stopped) return;
        if (owners.size === 0) for (const place of streams) own(place);
        wakeAll();
        return await follow(client);
      } catch (error) {
        // The next connection begins anew.
        if (stopped || connection.current() !== client) return began.resolve();
        if (isFirst) began.reject(error);
        onFault(error);
        await sleep(redeliveryDelay);
      }
    }
  });
  const trimming = setInterval(() => {
    const client = connection.current();
    for (const { stream } of client ? logs : [])
      void runScript(client as Client, TRIM, [stream], [keepFor]).catch(() => undefined);
  }, TRIM_EVERY);

  return {
    begun: began.promise,
    async stop(within) {
      stopped = true;
      leave();
      clearInterval(trimming);
      await queue.stop(within);
      await acks.flushed();
      waiter?.destroy();
      await Promise.all([...owners.values()].map((owner) => owner.stop()));
      wakeAll();
    },
  };
}
