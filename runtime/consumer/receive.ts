import type { MessageContract } from '../contract/message-contract.ts';
import { ContractViolation, type Violation } from '../contract/violation.ts';
import { violationsOf } from '../contract/violations-of.ts';
import type { Cause } from '../ports/cause.ts';
import type { Transaction } from '../ports/store.ts';

/**
 * Does what the message asks for. What it writes through `tx` takes effect exactly once; what it does elsewhere
 * may happen again after a crash. Rejecting undoes its writes and has it tried again on the retry schedule.
 */
export type Handler<T> = (message: T, context: HandlerContext) => Promise<void> | void;

/** May be handed to a producer as it is: `tx` and `causedBy` are what it looks for. */
export interface HandlerContext {
  readonly tx: Transaction;
  /** The message being handled, as the cause of what is sent because of it. */
  readonly causedBy: Cause;
  /** 1 for the first try. */
  readonly attempt: number;
  /** The version that came over the wire, before upcasting. */
  readonly receivedVersion: string;
}

/** An older version that is still accepted, and how it becomes the newest. `upcast` must be pure. */
export interface Older<Old, T> {
  readonly contract: MessageContract<Old>;
  readonly upcast: (old: Old) => T;
}

/** One version of one message that a consumer accepts. */
export interface Accepted {
  readonly contract: MessageContract<unknown>;
  /** Validates and upcasts. */
  open(payload: unknown): Opened;
}

export type Opened =
  | { readonly kind: 'ready'; run(context: HandlerContext): Promise<void> }
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
export function receive<T, Olds extends readonly unknown[] = []>(
  contract: MessageContract<T>,
  handler: Handler<T>,
  older: { readonly [K in keyof Olds]: Older<Olds[K], T> } | readonly [] = [],
): Receiver {
  const newest: Accepted = {
    contract,
    open: (payload) =>
      contract.validate(payload) ? ready(handler, payload) : refused('invalid', contract, payload),
  };
  return [newest, ...older.map((version: Older<Olds[number], T>) => accepted(contract, handler, version))];
}

function accepted<Old, T>(newest: MessageContract<T>, handler: Handler<T>, older: Older<Old, T>): Accepted {
  return {
    contract: older.contract,
    open(payload) {
      if (!older.contract.validate(payload)) return refused('invalid', older.contract, payload);
      let upcast: unknown;
      try {
        upcast = older.upcast(payload);
      } catch (error) {
        return {
          kind: 'refused',
          reason: 'upcast-invalid',
          problem: `the upcaster failed: ${error}`,
          violations: [],
        };
      }
      // An upcaster is code like any other: what it makes is checked as if it had come over the wire.
      return newest.validate(upcast) ? ready(handler, upcast) : refused('upcast-invalid', newest, upcast);
    },
  };
}

function ready<T>(handler: Handler<T>, message: T): Opened {
  return { kind: 'ready', run: async (context) => handler(message, context) };
}

function refused(
  reason: 'invalid' | 'upcast-invalid',
  contract: MessageContract<unknown>,
  payload: unknown,
): Opened {
  const violations = violationsOf(contract.validate.errors ?? [], payload);
  const { message: problem } = new ContractViolation(`${contract.name} ${contract.version}`, violations);
  return { kind: 'refused', reason, problem, violations };
}
