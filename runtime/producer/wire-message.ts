import { codecOf } from '../contract/codec.ts';
import { identityOf } from '../contract/identity-of.ts';
import type { MessageContract } from '../contract/message-contract.ts';
import { orderingKeyOf } from '../contract/ordering-key-of.ts';
import type { WireMessage } from '../ports/message.ts';
import type { FilledMessage } from './fill-envelope.ts';

/** The message as brokers carry it. Throws where its content type has no codec: nothing goes out under a wrong label. */
export function wireMessage(contract: MessageContract<unknown>, message: FilledMessage): WireMessage {
  const codec = codecOf(contract);
  if (codec === undefined)
    throw new Error(
      `${contract.name} ${contract.version}: no codec for the content type ${contract.contentType}`,
    );
  const key = orderingKeyOf(contract, message);
  const identity = identityOf(contract, message);
  return {
    id: message.id,
    name: contract.name,
    version: contract.version,
    channel: contract.channel,
    ...(key !== undefined && { key }),
    ...(identity !== undefined && { identity }),
    headers: message.headers,
    contentType: contract.contentType,
    body: codec.encode(message.payload),
  };
}
