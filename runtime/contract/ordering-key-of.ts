import type { MessageContract } from './message-contract.ts';
import { type MessageParts, readText } from './part.ts';

/** The entity whose order the message takes part in; `undefined` when its contract promises no order. */
export function orderingKeyOf(
  contract: Pick<MessageContract<unknown>, 'orderingKey'>,
  message: MessageParts,
): string | undefined {
  return readText(contract.orderingKey, message);
}
