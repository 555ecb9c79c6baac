import {
  CORRELATION_HEADER,
  codecOf,
  identityOf,
  type MessageParts,
  orderingKeyOf,
  type Part,
  readAddress,
  readPart,
  readText,
  type WireMessage,
} from '@chirograph/runtime';
import type { JsonObject, JsonValue } from '@chirograph/schema';
import { channelOf } from '../checks/inspect.ts';
import { factsOf } from '../compose/facts.ts';
import type { KnownMessage } from '../contracts/contracts.ts';

/** A message that others may follow from. */
export interface Cause {
  readonly known: KnownMessage;
  readonly id: string;
  readonly correlationId: string;
  readonly aggregate: string | undefined;
  readonly subject: JsonValue | undefined;
  /** The value of the ordering key; undefined for commands, which may go by something else than what they are about. */
  readonly key: JsonValue | undefined;
  /** What it is about: its ordering key, else its identity. */
  readonly entity: string;
  /** What makes it this message and no other. */
  readonly identity: string;
  readonly facts: JsonObject;
  readonly parts: MessageParts;
}

export function causeOf(known: KnownMessage, message: WireMessage, parts: MessageParts): Cause {
  const { contract } = known;
  const id = readText(contract.envelope.id, parts) ?? message.id;
  const identity = identityOf(contract, parts) ?? id;
  const correlationId =
    readText(contract.envelope.correlationId, parts) ?? message.headers[CORRELATION_HEADER] ?? id;
  const read = (part: Part | undefined): JsonValue | undefined => {
    const value = part && readPart(part, parts);
    return typeof value === 'string' || typeof value === 'number' ? value : undefined;
  };
  return {
    known,
    id,
    correlationId,
    aggregate: contract.aggregate,
    subject: read(contract.envelope.subject),
    key: contract.kind === 'command' ? undefined : read(contract.orderingKey),
    entity: orderingKeyOf(contract, parts) ?? identity,
    identity,
    facts: { ...parametersOf(known, message.channel), ...factsOf(known, parts.payload) },
    parts,
  };
}

/** What the address says, as far as the payload does not say it again. */
function parametersOf(known: KnownMessage, address: string): JsonObject {
  const channel = channelOf(known, address);
  return (channel && readAddress(channel.address, address)) ?? {};
}

/** The parts of a message of ours, read back. */
export function partsOf({ contract }: KnownMessage, { body, headers }: WireMessage): MessageParts {
  return { payload: codecOf(contract)?.decode(body), headers };
}
