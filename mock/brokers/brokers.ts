import { suggest } from '@chirograph/contract/diagnostics';
import type { Workspace } from '@chirograph/contract/model';
import type { Broker, Clock } from '@chirograph/runtime';
import type { Parsed } from '../parsed.ts';

/** A kind of broker, by the scheme of its URL. */
interface Adapter {
  readonly scheme: string;
  /** Whether other processes see what is published. */
  readonly shared: boolean;
  open(url: string, context: BrokerContext): Promise<Broker>;
}

export interface BrokerContext {
  readonly workspace: Workspace;
  /** Addresses of all channels that are to be heard or sent on. */
  readonly channels: readonly string[];
  /** The machine's, unless told otherwise. */
  readonly clock?: Clock;
  /** Told of faults that fix themselves, such as a lost connection. */
  readonly onFault: (error: unknown) => void;
}

/** Every broker that a mock can speak to: a new adapter is a row. Clients are loaded when a row is chosen. */
const ADAPTERS: readonly Adapter[] = [
  {
    scheme: 'memory',
    shared: false,
    async open(_, { clock }) {
      const { memoryBroker } = await import('@chirograph/runtime/memory');
      return memoryBroker({ clock, acknowledge: 'received' });
    },
  },
  {
    scheme: 'nats',
    shared: true,
    async open(url, { workspace, channels, onFault }) {
      const { findStreams, natsBroker } = await import('@chirograph/runtime/nats');
      const streams = await findStreams({ servers: url, channels, otherwise: streamsOf(workspace) });
      return natsBroker({ servers: url, streams, onFault });
    },
  },
  {
    scheme: 'kafka',
    shared: true,
    async open(url, { workspace, channels, onFault }) {
      const { findTopics, kafkaBroker } = await import('@chirograph/runtime/kafka');
      const topics = await findTopics({ brokers: url, channels, otherwise: streamsOf(workspace) });
      return kafkaBroker({ brokers: url, topics, onFault });
    },
  },
  {
    scheme: 'amqp',
    shared: true,
    async open(url, { onFault }) {
      const { amqpBroker } = await import('@chirograph/runtime/amqp');
      return amqpBroker({ url, unroutable: 'drop', onFault });
    },
  },
  {
    scheme: 'redis',
    shared: true,
    async open(url, { onFault }) {
      const { redisBroker } = await import('@chirograph/runtime/redis');
      return redisBroker({ url, onFault });
    },
  },
];

export interface ChosenBroker {
  readonly scheme: string;
  readonly shared: boolean;
  open(context: BrokerContext): Promise<Broker>;
}

/** With TLS and without. */
const SECURE = /^(amqp|redis)s$/;

/** The adapter for `nats://127.0.0.1:4222`, `memory:`, or `memory`. */
export function brokerFor(url: string): Parsed<ChosenBroker> {
  const [written = ''] = url.split(':');
  const scheme = written.replace(SECURE, '$1');
  const adapter = ADAPTERS.find((it) => it.scheme === scheme);
  if (adapter) {
    const { shared, open } = adapter;
    return { value: { scheme, shared, open: (context) => connected(open(url, context)) } };
  }
  const schemes = ADAPTERS.map((it) => it.scheme);
  const near = suggest(scheme, schemes);
  return {
    problem: `there is no adapter for \`${scheme}\` brokers yet; ${near ? `did you mean \`${near}\`?` : `there are ${schemes.slice(0, -1).join(', ')} and ${schemes.at(-1)}`}`,
  };
}

/** A mock that waits for its server would look as if nobody sent anything. */
async function connected(opening: Promise<Broker>): Promise<Broker> {
  const broker = await opening;
  const { connected: isConnected, problem } = broker.health();
  if (isConnected) return broker;
  await broker.close();
  throw new Error(problem);
}

/** Where a server has no stream yet: one for each domain, of its name, for all addresses that begin as the domain's do. */
function streamsOf({ channels, domains }: Workspace): { name: string; subjects: string[] }[] {
  // A neighbour's messages are on our channels too, and a subject belongs to one stream.
  const taken = new Set<string>();
  const rank = ({ neighbour }: Workspace['domains'][number]) => (neighbour === undefined ? 0 : 1);
  return domains
    .toSorted((a, b) => rank(a) - rank(b))
    .flatMap(({ name, folder, neighbour }) => {
      const own = channels.filter((it) => it.at.file.startsWith(`${folder}/`));
      const roots = new Set(
        own.flatMap(
          ({ address }) =>
            address
              ?.split(/[./]/)
              .find(Boolean)
              ?.replace(/.*\{.*/, '*') ?? [],
        ),
      );
      const free = [...roots].filter((it) => neighbour === undefined || !taken.has(it));
      for (const it of free) taken.add(it);
      return free.length === 0 ? [] : [{ name, subjects: free.sort().map((it) => `${it}.>`) }];
    });
}
