import { toText } from '../contract/headers-text.ts';
import type { MessageContract } from '../contract/message-contract.ts';
import { type MessageParts, type Part, readPart, readText, writePayload } from '../contract/part.ts';
import { CAUSATION_HEADER, type Cause, CORRELATION_HEADER } from '../ports/cause.ts';

/** What the runtime knows about a message that is about to be sent. */
export interface EnvelopeFacts {
  readonly id: string;
  readonly type: string;
  readonly version: string;
  readonly time: string;
  readonly source: string;
  readonly causedBy: Cause | undefined;
}

/** A message whose envelope is complete, and its id. */
export interface FilledMessage extends MessageParts {
  readonly id: string;
}

/** Writes the contract's constants, and the facts where its envelope wants them; what the caller has given stays. */
export function fillEnvelope(
  contract: Pick<MessageContract<unknown>, 'envelope' | 'constants'>,
  message: MessageParts,
  facts: EnvelopeFacts,
): FilledMessage {
  const { envelope, constants = [] } = contract;
  const id = readText(envelope.id, message) ?? facts.id;
  const correlationId = readText(envelope.correlationId, message) ?? facts.causedBy?.correlationId ?? id;
  const causationId = readText(envelope.causationId, message) ?? facts.causedBy?.id;
  const fills: readonly (readonly [Part | undefined, unknown])[] = [
    ...constants.map((constant) => [constant, constant.value] as const),
    [envelope.id, id],
    [envelope.type, facts.type],
    [envelope.version, facts.version],
    [envelope.time, facts.time],
    [envelope.source, facts.source],
    [envelope.correlationId, correlationId],
    [envelope.causationId, causationId],
  ];

  let payload = message.payload;
  const headers: Record<string, string> = { [CORRELATION_HEADER]: correlationId };
  if (causationId !== undefined) headers[CAUSATION_HEADER] = causationId;
  Object.assign(headers, message.headers);

  for (const [part, value] of fills) {
    if (!part || value === undefined || readPart(part, { payload, headers }) !== undefined) continue;
    if (part.in === 'payload') payload = writePayload(payload, part.path, value);
    else headers[part.path.join('.')] = toText(value);
  }
  return { id, payload, headers };
}
