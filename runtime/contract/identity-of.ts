import type { MessageContract } from './message-contract.ts';
import { type MessageParts, readPart } from './part.ts';

/**
 * What makes a delivery the same message as another, as the contract states it; `undefined` when the contract
 * states none or a part of it is missing. The name belongs to it, for one request may lead to several messages
 * that share an id; the version does not, for one fact may be published in two versions side by side, and who accepts
 * both must handle it once.
 */
export function identityOf(
  contract: Pick<MessageContract<unknown>, 'name' | 'identity'>,
  message: MessageParts,
): string | undefined {
  const parts = contract.identity.map((part) => readPart(part, message));
  if (parts.length === 0 || parts.includes(undefined)) return undefined;
  return `${contract.name} ${JSON.stringify(parts)}`;
}
