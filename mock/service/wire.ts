import { type Clock, createProducer, type Publisher, type WireMessage } from '@chirograph/runtime';
import type { KnownMessage } from '../contracts/contracts.ts';
import type { Sample } from '../samples/sample.ts';
import type { Cause } from './cause.ts';

export interface WireOptions {
  readonly service: string;
  readonly channel: string;
  readonly clock: Clock;
  /** For contracts whose envelope has no place for an id. */
  readonly id: string;
  readonly cause: Cause | undefined;
  /** Whether the message breaks its contract on purpose. */
  readonly corrupted: boolean;
}

/** The message as a real producer of the service would hand it to the broker. */
export async function wireFor(
  { contract }: KnownMessage,
  { payload, headers }: Sample,
  { service, channel, clock, id, cause, corrupted }: WireOptions,
): Promise<WireMessage> {
  const made: WireMessage[] = [];
  const collect: Publisher = {
    async publish(messages) {
      made.push(...messages);
      return messages.map(() => ({ kind: 'acked' }));
    },
  };
  const send = createProducer(service, collect, { clock, newId: () => id });
  const { validate } = contract;
  const own = { ...contract, channel, validate: corrupted ? anything : validate };
  await send(own, payload, {
    ...(cause && { causedBy: { id: cause.id, correlationId: cause.correlationId } }),
    headers,
  });
  const [message] = made;
  if (!message) throw new Error(`the producer of ${service} made nothing of ${contract.name}`);
  return message;
}

function anything(_: unknown): _ is unknown {
  return true;
}
