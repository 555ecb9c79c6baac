import type * as TLS from 'node:tls';
import { type Place, places } from '../partitions/places.ts';
import type { Broker } from '../ports/broker.ts';
import { BrokerSettingsError } from '../ports/broker-settings-error.ts';
import { faultListener } from '../ports/fault-listener.ts';
import type { Subscription } from '../ports/subscriber.ts';
import { type Client, openConnection } from './connection.ts';
import { type GroupMember, joinGroup } from './group-member.ts';
import { keysUnder } from './keys.ts';
import { redisPublisher } from './publisher.ts';
import { LAG, run } from './scripts.ts';
import type { UnsafeSetting } from './unsafe-settings.ts';

export interface RedisBrokerOptions {
  /** `redis://user:password@host:6379/0`, or `rediss://` for TLS. */
  readonly url: string;
  /** Certificates and the like, for `rediss://`. */
  readonly tls?: TLS.ConnectionOptions | undefined;
  /** Before the names of all keys, `chirograph` unless told otherwise, so that two environments can share a server. */
  readonly prefix?: string | undefined;
  /**
   * Which channels lie in which stream. One stream for all unless told otherwise: then a key keeps its order over all its channels, and each
   * group reads past what it did not ask for. Several streams (one for each domain, say) let a group read less.
   */
  readonly streams?: readonly Place[] | undefined;
  /**
   * How many Redis streams each stream is made of, 8 unless told otherwise: as many members of a group can work at once. It is the same for all who use
   * the prefix, and stays as it was when that was used for the first time.
   */
  readonly partitions?: number | undefined;
  /** The most bytes of a message (`sizeOf`): 16 MiB unless told otherwise. */
  readonly maxBytes?: number | undefined;
  /** Milliseconds for which a message is kept though all groups have acknowledged it, for groups to come: an hour unless told otherwise. */
  readonly keepFor?: number | undefined;
  /** Milliseconds without a sign of life after which a member's partitions go to others: 3 seconds unless told otherwise. */
  readonly leaseTime?: number | undefined;
  /** Milliseconds before a rejected message is delivered again. */
  readonly redeliveryDelay?: number | undefined;
  /** Settings of the server that lose messages, and are to be taken as they are. */
  readonly allowUnsafe?: readonly UnsafeSetting[] | undefined;
  /** Told of lost connections and the like, which fix themselves. Process warnings unless told otherwise. */
  readonly onFault?: ((error: unknown) => void) | undefined;
}

const HOUR = 3_600_000;

/**
 * A broker on Redis Streams (server 7.0 or newer; tested on 7.0), through `redis`. A message lies in one of several streams, by its key; each of
 * them is read by one member of a group at a time, which keeps the order of each key whatever member dies when. The server may be away: the broker
 * connects when it comes. Rejects when the server's settings lose messages.
 */
export async function redisBroker(options: RedisBrokerOptions): Promise<Broker> {
  const {
    url,
    tls,
    prefix = 'chirograph',
    streams = [{ name: 'all', subjects: ['>'] }],
    partitions = 8,
    maxBytes = 16 * 1024 * 1024,
    keepFor = HOUR,
    leaseTime = 3_000,
    redeliveryDelay = 250,
    allowUnsafe = [],
  } = options;
  const onFault = faultListener(options.onFault);
  const keys = keysUnder(prefix);
  const known = places(streams);
  const connection = await openConnection({
    url,
    tls,
    allowUnsafe,
    check: (client) => agreeOnPartitions(client, keys.partitions, partitions),
    onFault,
  });
  const publish = redisPublisher({ connection, keys, places: known, partitions, maxBytes });
  const members = new Set<GroupMember>();
  let closed = false;

  async function close(): Promise<void> {
    closed = true;
    await Promise.all([...members].map((member) => member.stop()));
    connection.close();
  }

  return {
    async publish(messages, { tx } = {}) {
      if (tx) throw new Error('a broker cannot take part in a transaction: publish through outbox(store)');
      if (closed) throw new Error('the broker is closed');
      return publish(messages);
    },
    limits: () => ({ maxBytes }),
    health: connection.health,
    async lag(group) {
      const client = connection.current();
      if (!client) return undefined;
      const all = streams.flatMap(({ name }) =>
        Array.from({ length: partitions }, (_, n) => keys.stream(name, n)),
      );
      const lags = await Promise.all(all.map((stream) => run<number | null>(client, LAG, [stream], [group])));
      const known = lags.filter((it) => it !== null);
      return known.length === 0 ? undefined : known.reduce((sum, it) => sum + it, 0);
    },
    async subscribe(to, deliver) {
      if (closed) throw new Error('the broker is closed');
      const own = new Set(
        to.channels.flatMap((channel) => {
          const holding = known.holding(channel);
          if (holding.length === 0)
            throw new Error(`no stream takes messages for ${channel}: name one in redisBroker's streams`);
          return holding.map(({ name }) => name);
        }),
      );
      const member = joinGroup({
        connection,
        keys,
        streams: [...own],
        partitions,
        to,
        deliver,
        redeliveryDelay,
        leaseTime,
        keepFor,
        onFault,
      });
      members.add(member);
      try {
        await member.begun;
      } catch (error) {
        members.delete(member);
        await member.stop(0);
        throw error;
      }
      const subscription: Subscription = {
        async stop({ within } = {}) {
          members.delete(member);
          await member.stop(within);
        },
      };
      return subscription;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** With another number, keys would lie in other streams. */
export async function agreeOnPartitions(client: Client, key: string, partitions: number): Promise<void> {
  const before = (await client.call(['SET', key, String(partitions), 'NX', 'GET'])) as Buffer | null;
  if (before === null || String(before) === String(partitions)) return;
  throw new BrokerSettingsError(
    `${key} has ${before} partitions on this server, and ${partitions} are asked for: say partitions: ${before}, or take another prefix`,
  );
}
