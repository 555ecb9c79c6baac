import { identityOf } from '../contract/identity-of.ts';
import type { MessageContract } from '../contract/message-contract.ts';
import { orderingKeyOf } from '../contract/ordering-key-of.ts';
import { type MessageParts, readText } from '../contract/part.ts';
import type { Violation } from '../contract/violation.ts';
import { readAddress } from '../ports/address.ts';
import { type Cause, CORRELATION_HEADER } from '../ports/cause.ts';
import { mark } from '../ports/mark.ts';
import type { WireMessage } from '../ports/message.ts';
import type { DeadLetterReason } from '../ports/parked-messages.ts';
import { decodeBody, decodeJson } from './decode.ts';
import type { Accepted, DeliveryContext, Together } from './receive.ts';
import { recognise } from './recognise.ts';

/** A message as its consumer understands it. */
export type Reading = ReadyMessage | UnreadableMessage;

export interface ReadyMessage extends Marks {
  readonly kind: 'ready';
  readonly contract: MessageContract<unknown>;
  readonly causedBy: Cause;
  run(context: DeliveryContext): Promise<void>;
  readonly together: Together | undefined;
}

/** A message that no retry can fix. */
export interface UnreadableMessage extends Marks {
  readonly kind: 'unreadable';
  readonly reason: Exclude<DeadLetterReason, 'retries-exhausted'>;
  /** What is wrong, as a sentence. */
  readonly problem: string;
  readonly violations?: readonly Violation[];
}

/** By which a message is kept apart from others, whether it can be read or not. */
interface Marks {
  readonly identity: string;
  readonly key: string | undefined;
}

/** Finds the message's contract among those accepted, decodes it, validates and upcasts. */
export function readMessage(message: WireMessage, accepted: readonly Accepted[]): Reading {
  const marks: Marks = {
    identity: mark(message.identity ?? idWithin(message, message.name)),
    key: message.key === undefined ? undefined : mark(message.key),
  };
  const { headers } = message;
  const known = decodeJson(
    message,
    accepted.map(({ contract }) => contract),
  );
  if (known.kind === 'undecodable') return undecodable(marks, known);
  const recognised = recognise(message, { payload: known.payload, headers }, accepted);
  if (recognised.kind !== 'recognised') {
    const key = marks.key ?? keyOnChannel(message, { payload: known.payload, headers }, accepted);
    return { kind: 'unreadable', ...marks, key, reason: recognised.kind, problem: recognised.problem };
  }

  const { contract } = recognised.accepted;
  const decoded = decodeBody(message, contract, known.payload);
  if (decoded.kind === 'undecodable') return undecodable(marks, decoded);
  const parts: MessageParts = { payload: decoded.payload, headers };
  const own: Marks = {
    identity: mark(identityOf(contract, parts) ?? message.identity ?? idWithin(message, contract.name)),
    key: keyIn(contract, parts) ?? marks.key,
  };
  const opened = recognised.accepted.open(parts, message.channel);
  if (opened.kind === 'refused') {
    const { reason, problem, violations } = opened;
    return { kind: 'unreadable', ...own, reason, problem, violations };
  }
  const id = readText(contract.envelope.id, parts) ?? message.id;
  const correlationId =
    readText(contract.envelope.correlationId, parts) ?? message.headers[CORRELATION_HEADER] ?? id;
  return {
    kind: 'ready',
    ...own,
    contract,
    causedBy: { id, correlationId },
    run: opened.run,
    together: opened.together,
  };
}

function undecodable(marks: Marks, { problem }: { readonly problem: string }): UnreadableMessage {
  return { kind: 'unreadable', ...marks, reason: 'undecodable', problem };
}

/**
 * The key of a message that nobody knows and that came without one: what the contracts of its channel would call its key, if they agree. So
 * it keeps its place among the messages of its entity until it can be read.
 */
function keyOnChannel(
  message: WireMessage,
  parts: MessageParts,
  accepted: readonly Accepted[],
): string | undefined {
  const keys = new Set<string | undefined>();
  for (const { contract } of accepted)
    if (readAddress(contract.channel, message.channel)) keys.add(keyIn(contract, parts));
  const [key, ...others] = keys;
  return others.length === 0 ? key : undefined;
}

function keyIn(contract: MessageContract<unknown>, parts: MessageParts): string | undefined {
  const key = orderingKeyOf(contract, parts);
  return key === undefined ? undefined : mark(key);
}

/** An id alone may be one request's, under which several different messages are sent: the name keeps them apart. */
function idWithin({ id, channel }: WireMessage, name: string | undefined): string {
  return `${name ?? channel} ${id}`;
}
