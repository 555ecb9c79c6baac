import { withDates } from '../contract/dates.ts';
import type { MessageContract } from '../contract/message-contract.ts';
import { readHeaders } from '../contract/parse-headers.ts';
import type { MessageParts } from '../contract/part.ts';
import { ContractViolation, type Violation } from '../contract/violation.ts';
import { violationsOf } from '../contract/violations-of.ts';
import type { Wire } from '../contract/wire.ts';
import type { Cause } from '../ports/cause.ts';
import type { Transaction } from '../ports/store.ts';

/**
 * Does what the message asks for. What it writes through `tx` takes effect exactly once; what it does elsewhere
 * may happen again after a crash. Rejecting undoes its writes and has it tried again on the retry schedule.
 */
export type Handler<T, H = unknown> = (message: T, context: HandlerContext<H>) => Promise<void> | void;

/** What is known of a delivery before its message is opened. */
export interface DeliveryContext {
  readonly tx: Transaction;
  /** The message being handled, as the cause of what is sent because of it. */
  readonly causedBy: Cause;
  /** 1 for the first try. */
  readonly attempt: number;
  /** The version that came over the wire, before upcasting. */
  readonly receivedVersion: string;
}

/** What a handler is told beside the message. Its `tx` and `causedBy` are what producers look for. */
export interface HandlerContext<H = unknown> extends DeliveryContext {
  /** As their contract says; as text, where there is none. */
  readonly headers: unknown extends H ? Readonly<Record<string, string>> : H;
}

/** An older version that is still accepted, and how it becomes the newest. `upcast` must be pure. */
export interface Older<Old, T> {
  readonly contract: MessageContract<Old, unknown, unknown>;
  /** From wire to wire: what is text there becomes a date afterwards. */
  readonly upcast: ((old: Old) => T) | ((old: Wire<Old>) => Wire<T>);
}

/** One version of one message that a consumer accepts. */
export interface Accepted {
  readonly contract: MessageContract<unknown>;
  /** Validates and upcasts. */
  open(message: MessageParts): Opened;
}

export type Opened =
  | { readonly kind: 'ready'; run(context: DeliveryContext): Promise<void> }
  | {
      readonly kind: 'refused';
      readonly reason: 'invalid' | 'upcast-invalid';
      /** What is wrong, as a sentence. */
      readonly problem: string;
      readonly violations: readonly Violation[];
    };

/** One message in all versions that a consumer accepts, with its handler. */
export type Receiver = readonly Accepted[];

/** Ties a handler to the newest version of its message, and older versions to it by their upcasters. */
export function receive<T, H = unknown, Olds extends readonly unknown[] = []>(
  contract: MessageContract<T, H, unknown>,
  handler: Handler<T, H>,
  older: { readonly [K in keyof Olds]: Older<Olds[K], T> } | readonly [] = [],
): Receiver {
  const handle = handler as Handle<T>;
  const newest: Accepted = {
    contract,
    open: ({ payload, headers }) => {
      if (!contract.validate(payload)) return refusedPayload('invalid', contract, payload);
      return opened(contract, headers, (context) => handle(asDates(contract, payload), context));
    },
  };
  return [newest, ...older.map((version: Older<Olds[number], T>) => accepted(contract, handle, version))];
}

/** A handler as it is called: the headers that it is given are those of the contract that the message came with. */
type Handle<T> = (
  message: T,
  context: DeliveryContext & { readonly headers: unknown },
) => Promise<void> | void;

function accepted<Old, T>(
  newest: MessageContract<T, unknown, unknown>,
  handle: Handle<T>,
  older: Older<Old, T>,
): Accepted {
  const upcastOf = older.upcast as (old: unknown) => unknown;
  return {
    contract: older.contract,
    open({ payload, headers }) {
      if (!older.contract.validate(payload)) return refusedPayload('invalid', older.contract, payload);
      let upcast: unknown;
      try {
        upcast = upcastOf(payload);
      } catch (error) {
        return refused('upcast-invalid', `the upcaster failed: ${error}`, []);
      }
      // An upcaster is code like any other: what it makes is checked as if it had come over the wire.
      if (!newest.validate(upcast)) return refusedPayload('upcast-invalid', newest, upcast);
      const message = asDates(newest, upcast);
      return opened(older.contract, headers, (context) => handle(message, context));
    },
  };
}

/** A message that has been checked, as its handler takes it. */
function asDates<T>(contract: MessageContract<T, unknown, unknown>, wire: unknown): T {
  return withDates(contract.dates, wire) as T;
}

/** Checks the headers, and hands over with them. */
function opened(
  contract: MessageContract<unknown>,
  text: MessageParts['headers'],
  handle: (context: DeliveryContext & { readonly headers: unknown }) => Promise<void> | void,
): Opened {
  const read = readHeaders(contract, text);
  if (read.kind === 'violations') {
    const { message: problem } = new ContractViolation(titleOf(contract), read.violations);
    return refused('invalid', problem, read.violations);
  }
  return { kind: 'ready', run: async (context) => handle({ ...context, headers: read.headers }) };
}

function refusedPayload(
  reason: 'invalid' | 'upcast-invalid',
  contract: MessageContract<unknown>,
  payload: unknown,
): Opened {
  const violations = violationsOf(contract.validate.errors ?? [], payload);
  return refused(reason, new ContractViolation(titleOf(contract), violations).message, violations);
}

function refused(
  reason: 'invalid' | 'upcast-invalid',
  problem: string,
  violations: readonly Violation[],
): Opened {
  return { kind: 'refused', reason, problem, violations };
}

function titleOf({ name, version }: MessageContract<unknown>): string {
  return `${name} ${version}`;
}
