import { identityOf } from '../contract/identity-of.ts';
import type { MessageContract } from '../contract/message-contract.ts';
import { orderingKeyOf } from '../contract/ordering-key-of.ts';
import type { WireMessage } from '../ports/message.ts';
import type { FilledMessage } from './fill-envelope.ts';

const encoder = new TextEncoder();

/** The message as brokers carry it. */
export function wireMessage(contract: MessageContract<unknown>, message: FilledMessage): WireMessage {
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
    body: encoder.encode(JSON.stringify(message.payload ?? null)),
  };
}
