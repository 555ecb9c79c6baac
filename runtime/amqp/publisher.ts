import type { ConfirmChannel } from 'amqplib';
import type { OutgoingMessage } from '../ports/message.ts';
import type { PublishOutcome } from '../ports/publisher.ts';
import { sizeOf } from '../ports/size-of.ts';
import type { Connection, Model } from './connection.ts';
import { MAX_SHORT_STRING, routingKeyOf } from './routing.ts';
import type { Topology } from './topology.ts';
import { propertiesOf } from './wire.ts';

/** Milliseconds that the server has to confirm a message. */
const CONFIRM_TIMEOUT = 10_000;

const ACKED: PublishOutcome = { kind: 'acked' };

/** Sends one message at a time of each key; answers with what became of it. */
export interface AmqpPublisher {
  send(message: OutgoingMessage): Promise<PublishOutcome>;
  close(): void;
}

export interface AmqpPublisherOptions {
  readonly topology: Topology;
  readonly maxBytes: number;
  readonly unroutable: 'refuse' | 'drop';
}

export function amqpPublisher(
  connection: Connection,
  { topology, maxBytes, unroutable }: AmqpPublisherOptions,
): AmqpPublisher {
  let channel: Promise<ConfirmChannel> | undefined;
  let of: Model | undefined;
  /** Returned by the server, by our own number: the confirmation comes after. */
  const returned = new Set<string>();
  let sent = 0;

  function channelOn(model: Model): Promise<ConfirmChannel> {
    if (channel && of === model) return channel;
    of = model;
    const opening = (async () => {
      const opened = await model.createConfirmChannel();
      const gone = (): void => {
        if (channel === opening) channel = undefined;
      };
      opened.on('error', gone);
      opened.on('close', gone);
      opened.on('return', ({ properties }) => void returned.add(String(properties.correlationId)));
      await topology.declareExchange(opened);
      return opened;
    })();
    channel = opening;
    opening.catch(() => {
      if (channel === opening) channel = undefined;
    });
    return opening;
  }

  return {
    async send(message) {
      const { channel: address, key } = message;
      const size = sizeOf(message);
      if (size > maxBytes)
        return refused(
          `the message for ${address} has ${size} bytes, and ${maxBytes} are allowed (maxBytes)`,
        );
      const routingKey = routingKeyOf(topology.partitionFor(key), address);
      if (Buffer.byteLength(routingKey) > MAX_SHORT_STRING)
        return refused(`the address ${address} is longer than AMQP allows (${MAX_SHORT_STRING} bytes)`);
      const model = connection.current();
      if (!model) return retry(address, new Error(connection.health().problem ?? 'not connected'));
      try {
        const open = await channelOn(model);
        sent += 1;
        const number = String(sent);
        await confirmed(open, routingKey, message, number);
        if (!returned.delete(number) || unroutable === 'drop') return ACKED;
        return refused(
          `no queue takes messages for ${address}: no group has subscribed to it yet. Let a consumer declare its queues first, or set unroutable: 'drop'`,
        );
      } catch (error) {
        return retry(address, error);
      }
    },
    close() {
      void channel?.then((open) => open.close()).catch(() => undefined);
    },
  };

  function confirmed(
    open: ConfirmChannel,
    routingKey: string,
    message: OutgoingMessage,
    number: string,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`not confirmed within ${CONFIRM_TIMEOUT} ms`)),
        CONFIRM_TIMEOUT,
      );
      const { buffer, byteOffset, byteLength } = message.body;
      open.publish(
        topology.exchange,
        routingKey,
        Buffer.from(buffer, byteOffset, byteLength),
        { ...propertiesOf(message), correlationId: number },
        (error: unknown) => {
          clearTimeout(timer);
          if (error)
            reject(error instanceof Error ? error : new Error('the server did not take the message'));
          else resolve();
        },
      );
    });
  }
}

function refused(text: string): PublishOutcome {
  return { kind: 'refused', error: new Error(text) };
}

function retry(address: string, cause: unknown): PublishOutcome {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return {
    kind: 'retry',
    error: new Error(`RabbitMQ did not confirm a message for ${address}: ${reason}`, { cause }),
  };
}
