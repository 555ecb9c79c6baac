import { loadClient } from './client.ts';
import { openCluster } from './cluster.ts';
import { connectionOf, type KafkaConnection } from './kafka-broker-options.ts';
import { createTopics, type KafkaTopic, planTopicsOn, type TopicPlan } from './topics.ts';

export interface PlanTopicsOptions extends KafkaConnection {
  /** What is to be there. */
  readonly topics: readonly KafkaTopic[];
  /** Whether to make what is missing. Nothing that is there is changed. */
  readonly apply?: boolean | undefined;
}

/** Compares a cluster with the topics that there should be, and makes what is missing if told to. Rejects when no server answers. */
export async function planTopics(options: PlanTopicsOptions): Promise<readonly TopicPlan[]> {
  const { topics, apply = false } = options;
  const client = await loadClient();
  const cluster = await openCluster({
    client,
    ...connectionOf(options),
    topics: topics.map(({ name }) => name),
    onFault: () => undefined,
  });
  try {
    const plans = await planTopicsOn(client, cluster, topics);
    const missing = new Set(plans.filter(({ kind }) => kind === 'create').map(({ name }) => name));
    if (apply)
      await createTopics(
        cluster,
        topics.filter(({ name }) => missing.has(name)),
      );
    return plans;
  } finally {
    cluster.close();
  }
}
