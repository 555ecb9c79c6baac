import { places } from '../partitions/places.ts';
import type { Broker } from '../ports/broker.ts';
import { BrokerSettingsError } from '../ports/broker-settings-error.ts';
import { faultListener } from '../ports/fault-listener.ts';
import { lateBroker } from '../ports/late-broker.ts';
import type { Subscription } from '../ports/subscriber.ts';
import { type Client, loadClient } from './client.ts';
import { type Cluster, openCluster } from './cluster.ts';
import { type GroupMember, joinGroup } from './group-member.ts';
import { connectionOf, type KafkaBrokerOptions } from './kafka-broker-options.ts';
import { committedOffsets, listOffsets } from './offsets.ts';
import { kafkaPublisher } from './publisher.ts';
import { createTopics, type KafkaTopic, planTopicsOn, type TopicPlan } from './topics.ts';

/** What Kafka's servers take unless told otherwise (`message.max.bytes`). */
const MAX_MESSAGE_BYTES = 1_048_588;
/** For the frame of a batch and the facts beside the message. */
const RESERVE = 4_096;
const REBALANCE_TIMEOUT = 30_000;

/**
 * A broker on Kafka, through the protocol layer of `@platformatic/kafka`. Messages of a key go to the partition that any Kafka client would put them
 * in; the members of a group share the partitions of its topics. The servers may be away: the broker connects when they come.
 */
export async function kafkaBroker(options: KafkaBrokerOptions): Promise<Broker> {
  const { waitFor = 5_000 } = options;
  const onFault = faultListener(options.onFault);
  const client = await loadClient();
  return lateBroker({
    open: () => openBroker(client, options, onFault),
    isAway: (error) => !(error instanceof BrokerSettingsError) && !isRefusal(error),
    waitFor,
    onFault,
  });
}

async function openBroker(
  client: Client,
  options: KafkaBrokerOptions,
  onFault: (error: unknown) => void,
): Promise<Broker> {
  const { prefix = '', sessionTimeout = 6_000, redeliveryDelay = 250 } = options;
  const topicName = (name: string): string => `${prefix}${name}`;
  const topics = options.topics.map((it) => ({ ...it, name: topicName(it.name) }));
  const placesOfTopics = places(options.topics);
  const cluster = await openCluster({
    client,
    ...connectionOf(options),
    topics: topics.map(({ name }) => name),
    onFault,
  });
  let plans: readonly TopicPlan[];
  try {
    plans = await ensureTopics(client, cluster, topics);
  } catch (error) {
    cluster.close();
    throw error;
  }
  const largest = Math.min(
    ...plans.map(({ maxBytes = MAX_MESSAGE_BYTES }) => maxBytes),
    MAX_MESSAGE_BYTES * 1_000,
  );
  const maxBytes = options.maxBytes ?? largest - RESERVE;
  const publisher = kafkaPublisher({ cluster, places: placesOfTopics, topicName, maxBytes });
  const members = new Set<GroupMember>();
  const topicsOfGroup = new Map<string, readonly string[]>();
  let closed = false;

  return {
    async publish(messages, { tx } = {}) {
      if (tx) throw new Error('a broker cannot take part in a transaction: publish through outbox(store)');
      if (closed) throw new Error('the broker is closed');
      return publisher.publish(messages);
    },
    limits: () => ({ maxBytes }),
    health: cluster.health,
    async lag(group) {
      const all = (topicsOfGroup.get(group) ?? topics.map(({ name }) => name)).flatMap((topic) =>
        Array.from({ length: cluster.topic(topic)?.leaders.length ?? 0 }, (_, partition) => ({
          topic,
          partition,
        })),
      );
      const link = await cluster.link(await cluster.coordinator(`${prefix}${group}`));
      try {
        const [done, ends] = await Promise.all([
          committedOffsets(cluster, link, `${prefix}${group}`, all),
          listOffsets(cluster, all, 'new'),
        ]);
        const known = [...done].filter(([, { offset }]) => offset >= 0n);
        if (known.length === 0) return undefined;
        return known.reduce(
          (sum, [name, { offset }]) => sum + Number((ends.get(name) ?? offset) - offset),
          0,
        );
      } finally {
        link.close();
      }
    },
    async subscribe(to, deliver) {
      if (closed) throw new Error('the broker is closed');
      const member = joinGroup({
        client,
        cluster,
        places: placesOfTopics,
        topicName,
        to,
        groupName: `${prefix}${to.group}`,
        deliver,
        redeliveryDelay,
        sessionTimeout,
        rebalanceTimeout: REBALANCE_TIMEOUT,
        onFault,
      });
      members.add(member);
      topicsOfGroup.set(to.group, member.topics);
      try {
        if (cluster.health().connected) await member.begun;
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
    async close() {
      closed = true;
      await Promise.all([...members].map((member) => member.stop()));
      publisher.close();
      cluster.close();
    },
    async [Symbol.asyncDispose](this: Broker) {
      await this.close();
    },
  };
}

async function ensureTopics(
  client: Client,
  cluster: Cluster,
  topics: readonly KafkaTopic[],
): Promise<readonly TopicPlan[]> {
  const plans = await planTopicsOn(client, cluster, topics);
  const unsafe = plans.filter(({ problems }) => problems.length > 0);
  if (unsafe.length > 0)
    throw new BrokerSettingsError(
      `Kafka loses messages:\n${unsafe.map(({ name, problems }) => `  the topic ${name}:\n${problems.map((it) => `    ${it}`).join('\n')}`).join('\n')}\nTo take a topic as it is, name these settings in its allowUnsafe.`,
    );
  const missing = new Set(plans.filter(({ kind }) => kind === 'create').map(({ name }) => name));
  if (missing.size === 0) return plans;
  await createTopics(
    cluster,
    topics.filter(({ name }) => missing.has(name)),
  );
  return planTopicsOn(client, cluster, topics);
}

/** Name or password are wrong. */
function isRefusal(error: unknown): boolean {
  for (let it = error; it instanceof Error; it = it.cause)
    if ('code' in it && it.code === 'PLT_KFK_AUTHENTICATION') return true;
  return false;
}
