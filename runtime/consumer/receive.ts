import { withDates } from '../contract/dates.ts';
import type { MessageContract } from '../contract/message-contract.ts';
import { readParameters } from '../contract/parameters.ts';
import { readHeaders } from '../contract/parse-headers.ts';
import type { MessageParts } from '../contract/part.ts';
import { ContractViolationError, type Violation } from '../contract/violation.ts';
import { violationsOf } from '../contract/violations-of.ts';
import type { Wire } from '../contract/wire.ts';
import type { Refusal } from '../event-sourcing/decider.ts';
import type { Cause } from '../ports/cause.ts';
import type { Texts } from '../ports/message.ts';
import type { Transaction } from '../ports/store.ts';

/**
 * Does what the message asks for. What it writes through `tx` takes effect exactly once; what it does elsewhere
 * may happen again after a crash. Rejecting undoes its writes and has it tried again on the retry schedule; answering with (or throwing)
 * `refuse(code, message)` undoes them and makes it a dead letter at once, because no retry would help.
 */
export type Handler<T, H = unknown, P = Texts> = (
  message: T,
  context: HandlerContext<H, P>,
) => Promise<Handled> | Handled;

// biome-ignore lint/suspicious/noConfusingVoidType: most handlers answer nothing at all.
type Handled = void | Refusal;

/** What is known of a delivery before its message is opened. */
export interface DeliveryContext {
  readonly tx: Transaction;
  /** The message being handled, as the cause of what is sent because of it. */
  readonly causedBy: Cause;
  /** 1 for the first try. */
  readonly attempt: number;
  /**
   * Aborted when the handler has taken too long, or when the message is no longer this process's (it is being stopped, its
   * lease is lost): the try is over, and its `tx` takes no more.
   */
  readonly signal: AbortSignal;
}

/**
 * What a handler is told beside the message. Producers take it as it is: they look for `tx` and `causedBy`, and what was
 * said of the message that came in is kept apart, lest it be said of the one that goes out.
 */
export interface HandlerContext<H = unknown, P = Texts> extends DeliveryContext {
  readonly received: Received<H, P>;
}

/** How a message came. */
export interface Received<H = unknown, P = Texts> {
  /** The version that came over the wire, before upcasting. */
  readonly version: string;
  /** As their contract says; as text, where there is none. */
  readonly headers: unknown extends H ? Texts : H;
  /** What stands in the braces of the channel's address. */
  readonly parameters: P;
}

/** A message among others that are handled together. */
export interface BatchItem<T, H = unknown, P = Texts> {
  readonly message: T;
  /** The message as the cause of what is sent because of it. */
  readonly causedBy: Cause;
  readonly received: Received<H, P>;
}

/** Does what several messages ask for, at least one, in their order: see `inBatches`. */
export type BatchHandler<T, H = unknown, P = Texts> = (
  items: readonly BatchItem<T, H, P>[],
  context: Pick<DeliveryContext, 'tx' | 'signal'>,
) => Promise<void> | void;

const BATCH = Symbol('batch');

/**
 * A handler that is given the messages that are at hand together, for a statement that writes many rows costs little more than one that writes one. What
 * holds of handlers holds of it, for all of them: when it rejects, its writes are undone, and it is given the messages one by one, so that only the one
 * that fails is tried again.
 */
export function inBatches<T, H = unknown, P = Texts>(handle: BatchHandler<T, H, P>): Handler<T, H, P> {
  const alone: Handler<T, H, P> = async (message, { tx, signal, causedBy, received }) => {
    await handle([{ message, causedBy, received }], { tx, signal });
  };
  return Object.assign(alone, { [BATCH]: handle });
}

/** An older version that is still accepted, and how it becomes the newest. `upcast` must be pure. */
export interface Older<Old, T> {
  readonly contract: MessageContract<Old, unknown, Texts, unknown>;
  /** From wire to wire: what is text there becomes a date afterwards. */
  readonly upcast: ((old: Old) => T) | ((old: Wire<Old>) => Wire<T>);
}

/** One version of one message that a consumer accepts. */
export interface Accepted {
  readonly contract: MessageContract<unknown>;
  /** Validates and upcasts. `address` is that of the channel on which the message came. */
  open(message: MessageParts, address: string): Opened;
}

export type Opened =
  | {
      readonly kind: 'ready';
      run(context: DeliveryContext): Promise<void>;
      /** What handles it together with others, and how it is handed over. */
      readonly together?: Together | undefined;
    }
  | {
      readonly kind: 'refused';
      readonly reason: 'invalid' | 'upcast-invalid';
      /** What is wrong, as a sentence. */
      readonly problem: string;
      readonly violations: readonly Violation[];
    };

/** Of messages that have the same `handle` several are handled at once. */
export interface Together {
  readonly handle: BatchHandler<unknown>;
  item(causedBy: Cause): BatchItem<unknown>;
}

/** One message in all versions that a consumer accepts, with its handler. */
export type Receiver = readonly Accepted[];

/**
 * Ties a handler to the newest version of its message, and older versions to it by their upcasters. `'awaited'`: the message is a reply that `requests`
 * waits for, and the consumer does not ask for it.
 */
export function receive<
  T,
  H = unknown,
  P extends { readonly [K in keyof P]: string } = Texts,
  Olds extends readonly unknown[] = [],
>(
  contract: MessageContract<T, H, P, unknown>,
  handler: Handler<T, H, P> | 'awaited',
  older: { readonly [K in keyof Olds]: Older<Olds[K], T> } | readonly [] = [],
): Receiver {
  if (handler === 'awaited') return [];
  const handle = handler as Handle<T>;
  const newest: Accepted = {
    contract,
    open: ({ payload, headers }, address) => {
      if (!contract.validate(payload)) return refusedPayload('invalid', contract, payload);
      return opened(contract, headers, address, handle, () => asDates(contract, payload));
    },
  };
  return [newest, ...older.map((version: Older<Olds[number], T>) => accepted(contract, handle, version))];
}

/** A handler as it is called: what it is told is by the contract that the message came with. */
type Handle<T> = ((message: T, context: OpenedContext) => Promise<Handled> | Handled) & {
  readonly [BATCH]?: BatchHandler<unknown>;
};

type OpenedContext = DeliveryContext & {
  readonly received: { readonly [K in keyof Received]: unknown };
};

function accepted<Old, T>(
  newest: MessageContract<T, unknown, Texts, unknown>,
  handle: Handle<T>,
  older: Older<Old, T>,
): Accepted {
  const upcastOf = older.upcast as (old: unknown) => unknown;
  return {
    contract: older.contract,
    open({ payload, headers }, address) {
      if (!older.contract.validate(payload)) return refusedPayload('invalid', older.contract, payload);
      let upcast: unknown;
      try {
        upcast = upcastOf(payload);
      } catch (error) {
        return refused('upcast-invalid', `the upcaster failed: ${error}`, []);
      }
      // An upcaster is code like any other: what it makes is checked as if it had come over the wire.
      if (!newest.validate(upcast)) return refusedPayload('upcast-invalid', newest, upcast);
      return opened(older.contract, headers, address, handle, () => asDates(newest, upcast));
    },
  };
}

/** A message that has been checked, as its handler takes it. */
function asDates<T>(contract: MessageContract<T, unknown, Texts, unknown>, wire: unknown): T {
  return withDates(contract.dates, wire) as T;
}

/** Checks headers and address, and hands over with what they say. */
function opened<T>(
  contract: MessageContract<unknown>,
  text: MessageParts['headers'],
  address: string,
  handle: Handle<T>,
  messageOf: () => T,
): Opened {
  const headers = readHeaders(contract, text);
  const parameters = readParameters(contract, address);
  if (headers.kind === 'violations' || parameters.kind === 'violations') {
    const violations = [headers, parameters].flatMap((it) => (it.kind === 'violations' ? it.violations : []));
    const { message: problem } = new ContractViolationError(titleOf(contract), violations);
    return refused('invalid', problem, violations);
  }
  const received = {
    version: contract.version,
    headers: headers.headers,
    parameters: parameters.parameters,
  };
  return {
    kind: 'ready',
    async run(context) {
      const answer = await handle(messageOf(), { ...context, received });
      if (answer) throw answer;
    },
    together: handle[BATCH] && {
      handle: handle[BATCH],
      item: (causedBy) => ({ message: messageOf(), causedBy, received: received as Received }),
    },
  };
}

function refusedPayload(
  reason: 'invalid' | 'upcast-invalid',
  contract: MessageContract<unknown>,
  payload: unknown,
): Opened {
  const violations = violationsOf(contract.validate.errors ?? [], payload);
  return refused(reason, new ContractViolationError(titleOf(contract), violations).message, violations);
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
