import type * as Amqp from 'amqplib';
import { loadClient } from './connection.ts';
import { topologyFor } from './topology.ts';

export interface PlanQueuesOptions {
  readonly url: string;
  /** As in `amqpBroker`. */
  readonly prefix?: string | undefined;
  readonly partitions?: number | undefined;
  /** Consumers, and the channels that they receive from. */
  readonly groups: readonly { readonly group: string; readonly channels: readonly string[] }[];
  /** Whether to make what is missing, and bind it. Nothing is ever removed. */
  readonly apply?: boolean | undefined;
}

/** What a server has of an exchange or a queue. Bindings cannot be asked for over AMQP: `apply` makes them in any case. */
export interface QueuePlan {
  readonly kind: 'exchange' | 'queue';
  readonly name: string;
  readonly exists: boolean;
}

/** Compares a server with the exchange and queues that there should be, and makes what is missing if told to. Rejects when no server answers. */
export async function planQueues(options: PlanQueuesOptions): Promise<readonly QueuePlan[]> {
  const { url, prefix = '', partitions = 8, groups, apply = false } = options;
  const { connect } = await loadClient();
  const model = await connect(url, { timeout: 5_000 });
  model.on('error', () => undefined);
  try {
    const topology = topologyFor(prefix === '' ? '' : `${prefix}.`, partitions);
    const plans: QueuePlan[] = [
      {
        kind: 'exchange',
        name: topology.exchange,
        exists: await exists(model, (it) => it.checkExchange(topology.exchange)),
      },
    ];
    const all = groups.flatMap(({ group, channels }) =>
      Array.from({ length: partitions }, (_, partition) => ({ group, channels, partition })),
    );
    for (const { group, partition } of all) {
      const name = topology.queueOf(group, partition);
      plans.push({ kind: 'queue', name, exists: await exists(model, (it) => it.checkQueue(name)) });
    }
    if (apply) {
      const channel = await model.createChannel();
      await topology.declareExchange(channel);
      for (const { group, channels, partition } of all)
        await topology.declareQueue(channel, group, partition, channels);
      await channel.close();
    }
    return plans;
  } finally {
    await model.close();
  }
}

type Model = Awaited<ReturnType<typeof Amqp.connect>>;

/** The server closes the channel on which something was asked for that it does not have. */
async function exists(model: Model, check: (channel: Amqp.Channel) => Promise<unknown>): Promise<boolean> {
  const channel = await model.createChannel();
  channel.on('error', () => undefined);
  try {
    await check(channel);
    await channel.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 404) return false;
    throw error;
  }
}
