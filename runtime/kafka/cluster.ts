import { backoff } from '../backoff.ts';
import { BrokerSettingsError } from '../ports/broker-settings-error.ts';
import type { Health } from '../ports/health.ts';
import { type Api, type Apis, apisOf } from './client.ts';
import { ErrorCode, KafkaError } from './error-codes.ts';
import { type Address, type Link, type LinkOptions, openLink } from './link.ts';
import { type WatchedNode, watchedNode } from './watched-node.ts';

/** A topic as the cluster has it. */
export interface Topic {
  readonly name: string;
  /** The number of the server that leads each partition; -1 where none does just now. */
  readonly leaders: readonly number[];
  readonly replicas: number;
}

/** A cluster of Kafka servers: who leads which partition, and connections that are made again whenever they are lost. */
export interface Cluster {
  readonly apis: Apis;
  /** As last heard. */
  topic(name: string): Topic | undefined;
  readonly brokers: number;
  /** Asks again who leads what. */
  refresh(): Promise<void>;
  /** A connection of one's own to a server, by its number; rejects when there is none to be had now. */
  link(node: number): Promise<Link>;
  /** The number of the server that keeps a group. */
  coordinator(group: string): Promise<number>;
  /** Asks any of the servers. */
  ask<Args extends unknown[], Answer>(api: Api<Args, Answer>, ...args: Args): Promise<Answer>;
  /** Calls `run` whenever the cluster was heard. Returns the way to stop. */
  onHeard(run: () => void): () => void;
  health(): Health;
  close(): void;
}

export interface ClusterOptions extends LinkOptions {
  /** `host:port` of some of the servers. */
  readonly brokers: readonly string[];
  /** The topics to be informed about; a topic that is not there is left out. */
  readonly topics: readonly string[];
  onFault(error: unknown): void;
}

/** How often we ask who leads what, which shows as well that a server answers. */
const REFRESH = 2_000;
export const ANSWER_WITHIN = 4_000;

/** Rejects when no server answers, when one refuses us, and when they are too old. */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const { client, topics, onFault } = options;
  const apis = apisOf(client);
  const bootstrap = options.brokers.map(addressOf);
  let nodes = new Map<number, WatchedNode>();
  let known = new Map<string, Topic>();
  let control: Link | undefined;
  let health: Health = { connected: false, since: Date.now(), problem: 'not connected yet' };
  let failures = 0;
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();

  /** Any server will do; one connection for all who ask. */
  function anyLink(): Promise<Link> {
    if (control?.isOpen) return Promise.resolve(control);
    opening ??= openAny().finally(() => {
      opening = undefined;
    });
    return opening;
  }

  let opening: Promise<Link> | undefined;
  async function openAny(): Promise<Link> {
    const addresses = [...[...nodes.values()].map(({ address }) => address), ...bootstrap];
    let problem: unknown = new Error('no server is known');
    for (const address of shuffled(addresses)) {
      let link: Link | undefined;
      try {
        link = await openLink(options, address);
        await checkVersions(link, apis, address);
        if (closed) link.close();
        control = link;
        return link;
      } catch (error) {
        link?.close();
        if (error instanceof BrokerSettingsError) throw error;
        problem = error;
      }
    }
    throw problem;
  }

  let refreshing: Promise<void> | undefined;
  function refresh(): Promise<void> {
    refreshing ??= ask(apis.metadata, [...topics], false, false, false)
      .then(learn)
      .finally(() => {
        refreshing = undefined;
      });
    return refreshing;
  }

  function learn(metadata: Awaited<ReturnType<Apis['metadata']['async']>>): void {
    const before = nodes;
    nodes = new Map();
    for (const { nodeId, host, port } of metadata.brokers) {
      const same = before.get(nodeId);
      const isSame = same && same.address.host === host && same.address.port === port;
      nodes.set(nodeId, isSame ? same : watchedNode(options, apis, { host, port }));
      if (isSame) before.delete(nodeId);
    }
    for (const gone of before.values()) gone.close(new Error('the server left the cluster'));
    // One that answers nothing of a topic just now does not unlearn it: leaders are being elected.
    const found = new Map(known);
    for (const { errorCode, name, partitions } of metadata.topics) {
      if (errorCode === ErrorCode.unknownTopic) found.delete(name);
      if (errorCode !== 0) continue;
      const leaders: number[] = [];
      for (const { partitionIndex, leaderId } of partitions) leaders[partitionIndex] = leaderId;
      found.set(name, { name, leaders, replicas: partitions[0]?.replicaNodes.length ?? 0 });
    }
    known = found;
    failures = 0;
    if (!health.connected) health = { connected: true, since: Date.now() };
    for (const listener of listeners) listener();
  }

  async function ask<Args extends unknown[], Answer>(api: Api<Args, Answer>, ...args: Args): Promise<Answer> {
    if (closed) throw new Error('the broker is closed');
    const link = await anyLink();
    return link.call(api, ANSWER_WITHIN, ...args);
  }

  function lost(error: unknown): void {
    const problem = error instanceof Error ? error.message : String(error);
    if (closed) return;
    health = { connected: false, since: health.connected ? Date.now() : health.since, problem };
    failures += 1;
  }

  async function keepHearing(): Promise<void> {
    try {
      await refresh();
    } catch (error) {
      if (failures === 0) onFault(error);
      lost(error);
    }
    if (closed) return;
    timer = setTimeout(() => void keepHearing(), failures === 0 ? REFRESH : backoff(failures, 100, 5_000));
  }

  function close(): void {
    closed = true;
    clearTimeout(timer);
    health = { connected: false, since: Date.now(), problem: 'closed' };
    control?.close();
    for (const node of nodes.values()) node.close();
    listeners.clear();
  }

  try {
    await refresh();
  } catch (error) {
    close();
    throw error;
  }
  timer = setTimeout(() => void keepHearing(), REFRESH);

  return {
    apis,
    topic: (name) => known.get(name),
    get brokers() {
      return nodes.size;
    },
    refresh,
    async link(id) {
      const node = nodes.get(id);
      if (closed) throw new Error('the broker is closed');
      if (!node) throw new Error(health.problem ?? `the server ${id} is not known`);
      return node.link();
    },
    async coordinator(group) {
      const { coordinators } = await ask(apis.findCoordinator, 0, [group]);
      const [found] = coordinators;
      if (found?.errorCode !== 0)
        throw new KafkaError(
          `no server keeps the group ${group}`,
          found?.errorCode ?? -1,
          found?.errorMessage,
        );
      if (!nodes.has(found.nodeId)) await refresh();
      return found.nodeId;
    },
    ask,
    onHeard(run) {
      listeners.add(run);
      return () => void listeners.delete(run);
    },
    health: () => health,
    close,
  };
}

async function checkVersions(link: Link, apis: Apis, { host, port }: Address): Promise<void> {
  const { apiKeys } = await link.call(apis.apiVersions, ANSWER_WITHIN, 'chirograph', '1');
  const offered = new Map(apiKeys.map((it) => [it.apiKey, it]));
  const { createTopics: _, describeConfigs: __, apiVersions: ___, ...needed } = apis;
  const missing = Object.values(needed).filter(({ key, version }) => {
    const range = offered.get(key);
    return !range || version < range.minVersion || version > range.maxVersion;
  });
  if (missing.length === 0) return;
  link.close();
  throw new BrokerSettingsError(
    `the Kafka at ${host}:${port} is too old or too new: it does not speak the requests ${missing.map(({ key, version }) => `${key} in version ${version}`).join(', ')}. Kafka 2.4 and newer do.`,
  );
}

function addressOf(broker: string): Address {
  const [, host, port = '9092'] = /^\[?(.+?)\]?(?::(\d+))?$/.exec(broker) ?? [];
  if (!host) throw new BrokerSettingsError(`${broker} is no address of a Kafka server: write host:port`);
  return { host, port: Number(port) };
}

function shuffled<T>(list: readonly T[]): readonly T[] {
  return list
    .map((it) => [Math.random(), it] as const)
    .sort(([one], [other]) => one - other)
    .map(([, it]) => it);
}
