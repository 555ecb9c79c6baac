import type { Place } from '../partitions/places.ts';
import { BrokerSettingsError } from '../ports/broker-settings-error.ts';
import type { Client } from './client.ts';
import type { Cluster } from './cluster.ts';
import { ErrorCode, KafkaError } from './error-codes.ts';
import { type UnsafeSetting, unsafeSettings } from './unsafe-settings.ts';

export interface KafkaTopic extends Place {
  /**
   * For a topic that is made: how many partitions it has, 8 unless told otherwise. As many members of a group can work at once. More partitions later
   * put keys elsewhere, and a key's order is lost at that moment.
   */
  readonly partitions?: number | undefined;
  /** For a topic that is made: on how many servers it lies, 3 unless told otherwise, or as many as there are. */
  readonly replicas?: number | undefined;
  /** Settings of the topic that lose messages, and are to be taken as they are. */
  readonly allowUnsafe?: readonly UnsafeSetting[] | undefined;
}

/** What a server has of a topic. */
export interface TopicPlan {
  /** With its prefix. */
  readonly name: string;
  /** `as-is`: it is there. `unsafe`: it is there, and loses messages: nothing is changed about it. */
  readonly kind: 'create' | 'as-is' | 'unsafe';
  /** How many it has, or is to have. */
  readonly partitions: number;
  /** Settings by which it loses messages, each with what fixes it. */
  readonly problems: readonly string[];
  /** The most bytes of a batch that it takes, as far as known. */
  readonly maxBytes?: number | undefined;
}

const PARTITIONS = 8;
const REPLICAS = 3;
const SETTINGS = [
  'cleanup.policy',
  'max.message.bytes',
  'min.insync.replicas',
  'retention.bytes',
  'retention.ms',
  'unclean.leader.election.enable',
];

/** What there is of the topics. */
export async function planTopicsOn(
  client: Client,
  cluster: Cluster,
  topics: readonly KafkaTopic[],
): Promise<readonly TopicPlan[]> {
  const there = topics.filter(({ name }) => cluster.topic(name));
  const settings = await settingsOf(
    client,
    cluster,
    there.map(({ name }) => name),
  );
  return topics.map(({ name, partitions = PARTITIONS, allowUnsafe = [] }): TopicPlan => {
    const topic = cluster.topic(name);
    if (!topic) return { name, kind: 'create', partitions, problems: [] };
    const values = settings.get(name);
    const facts = { topic: name, replicas: topic.replicas, brokers: cluster.brokers, values };
    const problems = unsafeSettings(facts, allowUnsafe);
    const largest = values?.get('max.message.bytes');
    return {
      name,
      kind: problems.length > 0 ? 'unsafe' : 'as-is',
      partitions: topic.leaders.length,
      problems,
      ...(largest !== undefined && { maxBytes: Number(largest) }),
    };
  });
}

/** By topic; a topic of which the server says nothing is left out. */
async function settingsOf(
  { ConfigResourceTypes }: Client,
  { ask, apis }: Cluster,
  topics: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const found = new Map<string, ReadonlyMap<string, string>>();
  if (topics.length === 0) return found;
  if (!(await offers(ask, apis, apis.describeConfigs))) return found;
  const resources = topics.map((resourceName) => ({
    resourceType: ConfigResourceTypes.TOPIC,
    resourceName,
    configurationKeys: SETTINGS,
  }));
  const { results } = await ask(apis.describeConfigs, resources, false, false);
  for (const { errorCode, resourceName, configs } of results)
    if (errorCode === 0)
      found.set(resourceName, new Map(configs.map(({ name, value }) => [name, value ?? ''])));
  return found;
}

async function offers(
  ask: Cluster['ask'],
  { apiVersions }: Cluster['apis'],
  { key, version }: { readonly key: number; readonly version: number },
): Promise<boolean> {
  const { apiKeys } = await ask(apiVersions, 'chirograph', '1');
  return apiKeys.some((it) => it.apiKey === key && it.minVersion <= version && version <= it.maxVersion);
}

/** Makes topics that are not there. Rejects when the server does not let us. */
export async function createTopics(cluster: Cluster, topics: readonly KafkaTopic[]): Promise<void> {
  if (topics.length === 0) return;
  const { ask, apis } = cluster;
  const names = topics.map(({ name }) => name).join(', ');
  if (!(await offers(ask, apis, apis.createTopics)))
    throw new BrokerSettingsError(
      `there is no topic ${names}, and the server makes none: kafka-topics.sh --create`,
    );
  const created = await ask(
    apis.createTopics,
    topics.map(({ name, partitions = PARTITIONS, replicas = REPLICAS }) => {
      const replicationFactor = Math.min(replicas, cluster.brokers);
      return {
        name,
        numPartitions: partitions,
        replicationFactor,
        assignments: [],
        configs: [{ name: 'min.insync.replicas', value: String(Math.min(2, replicationFactor)) }],
      };
    }),
    3_000,
    false,
  );
  for (const { name, errorCode, errorMessage } of created.topics) {
    // Somebody else was quicker.
    if (errorCode === 0 || errorCode === ErrorCode.topicAlreadyExists) continue;
    const error = new KafkaError(`the topic ${name} could not be made`, errorCode, errorMessage);
    const isOurs =
      errorCode === ErrorCode.topicAuthorizationFailed ||
      errorCode === ErrorCode.clusterAuthorizationFailed ||
      errorCode === ErrorCode.invalidTopic;
    throw isOurs ? new BrokerSettingsError(error.message) : error;
  }
  // The servers hear of it one after the other.
  for (let tries = 0; tries < 20; tries++) {
    await cluster.refresh();
    const isThere = topics.every(({ name }) => cluster.topic(name)?.leaders.every((leader) => leader >= 0));
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the topics ${names} were made, and have no leader yet`);
}
