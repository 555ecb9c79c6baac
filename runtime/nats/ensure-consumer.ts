import type { ConsumerConfig, JetStreamManager } from '@nats-io/jetstream';

type DurableConfig = Partial<ConsumerConfig> &
  Required<Pick<ConsumerConfig, 'durable_name' | 'ack_wait' | 'max_ack_pending' | 'max_deliver'>>;

const NOT_FOUND = 10014;

/** Creates the durable consumer, or brings the one that exists up to date: its place in the stream stays. */
export async function ensureConsumer(
  manager: JetStreamManager,
  stream: string,
  config: DurableConfig,
): Promise<void> {
  const { durable_name, filter_subjects, ack_wait, max_ack_pending, max_deliver } = config;
  const found = await manager.consumers.info(stream, durable_name).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === NOT_FOUND) return undefined;
    throw error;
  });
  if (!found) {
    await manager.consumers.add(stream, config);
    return;
  }
  const wanted = { ack_wait, max_ack_pending, max_deliver, ...(filter_subjects && { filter_subjects }) };
  await manager.consumers.update(stream, durable_name, wanted);
}
