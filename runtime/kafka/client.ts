/** What is used of the client `@platformatic/kafka`: its connection and its protocol messages, loaded on use. */
import type * as Kafka from '@platformatic/kafka';

export type Client = typeof Kafka;

/** A request of the protocol in one version. */
export interface Api<Args extends unknown[], Answer> {
  async(connection: Kafka.Connection, ...args: Args): Promise<Answer>;
  readonly key: number;
  readonly version: number;
}

/** The client package, which only those who use Kafka install. Rejects with the command that installs it. */
export async function loadClient(): Promise<Client> {
  try {
    return await import('@platformatic/kafka');
  } catch (cause) {
    throw new Error('kafkaBroker needs the Kafka client: npm install @platformatic/kafka', { cause });
  }
}

/**
 * Each request in one version, whatever the server offers: what the tests have run is what runs everywhere. Kafka 2.4 has them all,
 * and so does Kafka 4, which has dropped older ones (KIP-896).
 */
export function apisOf(client: Client) {
  return {
    apiVersions: client.apiVersionsV2.api,
    createTopics: client.createTopicsV5.api,
    describeConfigs: client.describeConfigsV2.api,
    fetch: client.fetchV11.api,
    findCoordinator: client.findCoordinatorV3.api,
    heartbeat: client.heartbeatV3.api,
    joinGroup: client.joinGroupV5.api,
    leaveGroup: client.leaveGroupV2.api,
    listOffsets: client.listOffsetsV5.api,
    metadata: client.metadataV8.api,
    offsetCommit: client.offsetCommitV7.api,
    offsetFetch: client.offsetFetchV5.api,
    produce: client.produceV8.api,
    syncGroup: client.syncGroupV3.api,
  };
}

export type Apis = ReturnType<typeof apisOf>;
