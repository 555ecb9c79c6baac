import { randomUUID } from 'node:crypto';
import { errorKind } from '../consumer/failure.ts';
import { type CodecFor, withCodec } from '../contract/codec-for.ts';
import { withoutDates } from '../contract/dates.ts';
import { headersToText } from '../contract/headers-text.ts';
import type { MessageContract } from '../contract/message-contract.ts';
import { addressFor } from '../contract/parameters.ts';
import { parseHeaders } from '../contract/parse-headers.ts';
import { parseWith } from '../contract/parse-with.ts';
import type { Cause } from '../ports/cause.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import type { Texts } from '../ports/message.ts';
import { publishAll } from '../ports/publish-all.ts';
import type { Publisher } from '../ports/publisher.ts';
import type { Transaction } from '../ports/store.ts';
import { countPublished, countSent, timeOperation } from '../telemetry/metrics.ts';
import { type Observe, tell } from '../telemetry/observation.ts';
import { describeSent, inSendSpan } from '../telemetry/tracing.ts';
import { fillEnvelope } from './fill-envelope.ts';
import { wireMessage } from './wire-message.ts';

export interface ProducerOptions {
  readonly clock?: Clock | undefined;
  /** Makes message ids; random UUIDs unless told otherwise. */
  readonly newId?: (() => string) | undefined;
  readonly observe?: Observe | undefined;
  /** How payloads become bytes, instead of by the contract's own codec: framed for a schema registry, say. */
  readonly codec?: CodecFor | undefined;
}

export interface SendOptions<Headers extends object = Texts, Parameters extends object = Texts> {
  /** The transaction the message belongs to: it is sent if and only if that commits. */
  readonly tx?: Transaction | undefined;
  readonly causedBy?: Cause | undefined;
  /** Headers of the message, beside those that the contract's envelope fills. */
  readonly headers?: Headers | undefined;
  /** What stands in the braces of the channel's address: one word each. */
  readonly parameters?: Parameters | undefined;
  /** An address of the caller's own: for channels whose address nobody knows before run time. */
  readonly channel?: string | undefined;
}

/** The options of a message whose contract knows its headers or parameters: to be given unless the producer knows them all. */
export type SendOptionsWith<Headers extends object, Parameters extends object = Texts> = SendOptions<
  Headers,
  Parameters
> &
  Demanded<'headers', Headers> &
  Demanded<'parameters', Parameters>;

/** Must be there unless it may be empty. */
export type Demanded<Name extends string, T> =
  Record<never, never> extends T ? unknown : { readonly [K in Name]: T };

/**
 * Fills the envelope of `message` where it is empty, validates it, publishes it, and answers it as sent. Throws
 * `ContractViolationError`, and then nothing is sent.
 */
export type Send = <T>(
  contract: MessageContract<T, unknown, Texts, unknown>,
  message: unknown,
  options?: SendOptions<object, object>,
) => Promise<T>;

/** The way the service sends its messages; generated producers are made of it. */
export function createProducer(service: string, publisher: Publisher, options: ProducerOptions = {}): Send {
  const { clock = systemClock, newId = randomUUID, observe, codec } = options;

  return async (contract, message, { tx, causedBy, headers = {}, parameters = {}, channel } = {}) => {
    const filled = fillEnvelope(
      contract,
      { payload: contract.dates ? withoutDates(message) : message, headers: headersToText(headers) },
      {
        id: newId(),
        type: contract.name,
        version: contract.version,
        time: new Date(clock.now()).toISOString(),
        source: service,
        causedBy,
      },
    );
    const payload = parseWith(contract, filled.payload);
    parseHeaders(contract, filled.headers);
    const address = channel ?? addressFor(contract, { ...parameters }, filled);
    const sent = { ...withCodec(contract, codec), channel: address };
    const wire = await inSendSpan(sent, async (trace, span) => {
      const message = wireMessage(sent, { ...filled, headers: { ...trace, ...filled.headers } });
      describeSent(span, message);
      const timed = timeOperation('send', contract.channel);
      try {
        await publishAll(publisher, [message], { tx });
      } catch (error) {
        timed(errorKind(error));
        throw error;
      }
      timed();
      return message;
    });

    const published = (): void => {
      countPublished(contract.name, contract.aggregate);
      countSent(contract.channel);
      tell(observe, { kind: 'published', by: service, message: wire });
    };
    if (tx) tx.afterCommit(published);
    else published();
    return payload;
  };
}
