import { places } from '../partitions/places.ts';
import { loadClient } from './client.ts';
import { openCluster } from './cluster.ts';
import { connectionOf, type KafkaConnection } from './kafka-broker-options.ts';
import type { KafkaTopic } from './topics.ts';
import { UNSAFE_SETTINGS } from './unsafe-settings.ts';

export interface FindTopicsOptions extends KafkaConnection {
  /** Addresses of channels, or their forms. */
  readonly channels: readonly string[];
  /** Topics for the channels that have none of their own name. */
  readonly otherwise: readonly KafkaTopic[];
}

/**
 * The topics of the channels on these servers, for those who come to servers that others have set up. Kafka does not know which channels lie in a
 * topic: one of a channel's name is the channel's, and the others are asked for by the names that are given. Rejects when no server answers.
 */
export async function findTopics(options: FindTopicsOptions): Promise<readonly KafkaTopic[]> {
  const { channels, otherwise } = options;
  const client = await loadClient();
  const plain = channels.filter((it) => /^[\w.-]{1,249}$/.test(it));
  const names = [...new Set([...plain, ...otherwise.map(({ name }) => name)])];
  const cluster = await openCluster({
    client,
    ...connectionOf(options),
    topics: names,
    onFault: () => undefined,
  });
  try {
    const own = plain.filter((channel) => cluster.topic(channel));
    const rest = places(otherwise);
    const needed = new Set(channels.filter((it) => !own.includes(it)).flatMap((it) => rest.holding(it)));
    return [
      ...own.map((name): KafkaTopic => ({ name, subjects: [name], allowUnsafe: UNSAFE_SETTINGS })),
      // Others have set up those that are there, for reasons of their own.
      ...otherwise
        .filter((it) => needed.has(it))
        .map((it): KafkaTopic => (cluster.topic(it.name) ? { ...it, allowUnsafe: UNSAFE_SETTINGS } : it)),
    ];
  } finally {
    cluster.close();
  }
}
