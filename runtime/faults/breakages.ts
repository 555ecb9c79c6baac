/**
 * One safeguard each, removed: the broken variants of the rows. They decorate the ports, so that nothing in the runtime knows of them.
 */
import type { Broker, DeliveryOutcome, OutboxRow, Publisher, Store, Transaction } from '../index.ts';

export interface Parts {
  readonly store: Store;
  readonly broker: Broker;
}

type Breakage = (parts: Parts) => Parts;

export type BreakageName = keyof typeof BREAKAGES;

export const BREAKAGES = {
  /** The inbox says of every message that it is new. */
  'no inbox': ({ store, broker }) => ({
    broker,
    store: withTransactions(store, (tx) => ({
      inbox: {
        ...tx.inbox,
        async claim(consumer, identities) {
          await tx.inbox.claim(consumer, identities);
          return identities.map(() => true);
        },
      },
    })),
  }),
  /** Messages are acknowledged before they are handled. */
  'acknowledged early': ({ store, broker }) => ({
    store,
    broker: {
      ...broker,
      subscribe: (to, deliver) =>
        broker.subscribe(to, async (messages, context) => {
          void deliver(messages, context).catch(() => undefined);
          return messages.map((): DeliveryOutcome => ({ kind: 'done' }));
        }),
    },
  }),
  /** Rows leave the outbox before the broker has the messages. */
  'removed before sent': ({ store, broker }) => ({
    store,
    broker: {
      ...broker,
      async publish(messages, options) {
        void broker.publish(messages, options).catch(() => undefined);
        return messages.map(() => ({ kind: 'acked' }));
      },
    },
  }),
  /** Any relay that asks for the lease has it. */
  'no lease': ({ store, broker }) => ({ broker, store: withTransactions(store, leaseForAll) }),
  /** The outbox is read from the highest id seen on. */
  'read by id': ({ store, broker }) => ({ broker, store: readById(store) }),
  /** A message that the broker refuses is tried again for ever. */
  'never refused': ({ store, broker }) => ({
    store,
    broker: withPublish(broker, async (messages, options) =>
      (await broker.publish(messages, options)).map((outcome) =>
        outcome.kind === 'refused' ? { kind: 'retry', error: outcome.error } : outcome,
      ),
    ),
  }),
  /** The inbox believes the clock of this process, which is eight days ahead. */
  'pruned by own clock': ({ store, broker }) => ({
    broker,
    store: withTransactions(store, (tx) => ({
      inbox: {
        ...tx.inbox,
        prune: (consumer, { limit }) => tx.inbox.prune(consumer, { keep: -EIGHT_DAYS, limit }),
      },
    })),
  }),
  /** What this member does not know is acknowledged. */
  'unknown acknowledged': ({ store, broker }) => ({
    store,
    broker: {
      ...broker,
      // It asks for all channels, so that the others' messages come too.
      subscribe: (to, deliver) =>
        broker.subscribe({ ...to, channels: ALL_CHANNELS }, async (messages, context) => {
          const known = messages.filter(({ channel }) => to.channels.includes(channel));
          const outcomes = known.length > 0 ? await deliver(known, context) : [];
          return messages.map((message) => outcomes[known.indexOf(message)] ?? { kind: 'done' });
        }),
    },
  }),
} as const satisfies Readonly<Record<string, Breakage>>;

const EIGHT_DAYS = 8 * 24 * 3_600_000;

/** The channels of the rollout's row. */
export const ALL_CHANNELS = ['faults.happened', 'faults.happened.v2'];

export function withTransactions(store: Store, change: (tx: Transaction) => Partial<Transaction>): Store {
  // Calls of `attempt` hand out the store's own `tx`: what is changed here is what the runtime itself asks for.
  return {
    ...store,
    transaction: (work) => store.transaction((tx) => work(Object.assign(Object.create(tx), change(tx)))),
  };
}

function leaseForAll(tx: Transaction): Partial<Transaction> {
  return {
    leases: { ...tx.leases, acquire: async () => 1 },
    outbox: { ...tx.outbox, remove: (ids) => tx.outbox.remove(ids) },
  };
}

function readById(store: Store): Store {
  let last = 0;
  const seen = new Set<string>();
  return withTransactions(store, (tx) => ({
    outbox: {
      ...tx.outbox,
      async next({ limit }) {
        const { rows } = await (
          tx.client as { query(sql: string, values: unknown[]): Promise<{ rows: Raw[] }> }
        ).query(
          `SELECT seq::text, id, channel, key, identity, name, version, headers, content_type, body FROM ${schemaOf(tx)}.outbox
           WHERE seq > $1 ORDER BY seq LIMIT $2`,
          [last, limit],
        );
        const found: OutboxRow[] = rows.map((row) => ({
          id: row.seq,
          deduplicationId: `broken-${row.seq}`,
          message: {
            id: row.id,
            name: row.name,
            version: row.version,
            channel: row.channel,
            key: row.key,
            identity: row.identity,
            headers: {},
            contentType: row.content_type,
            body: row.body,
          },
        }));
        for (const { id } of found) {
          seen.add(id);
          last = Math.max(last, Number(id));
        }
        return found;
      },
    },
  }));
}

interface Raw {
  readonly seq: string;
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly channel: string;
  readonly key: string;
  readonly identity: string;
  readonly content_type: string;
  readonly body: Uint8Array;
}

let schema = 'chirograph';
export function inSchema(name: string): void {
  schema = name;
}
function schemaOf(_: Transaction): string {
  return schema;
}

function withPublish(broker: Broker, publish: Publisher['publish']): Broker {
  return { ...broker, publish };
}
