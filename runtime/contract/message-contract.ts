import type { Texts } from '../ports/message.ts';
import type { Codec } from './codec.ts';
import type { Part } from './part.ts';
import type { Validator } from './validator.ts';

/** An event says what happened, a command asks for something, an integration event is meant for other domains. */
export type MessageKind = 'event' | 'command' | 'integration-event';

/** Where the envelope's facts stand; a contract whose envelope lacks one leaves it out. */
export interface Envelope {
  readonly id?: Part;
  readonly type?: Part;
  readonly version?: Part;
  /** When it happened: ISO 8601 with offset. */
  readonly time?: Part;
  readonly source?: Part;
  readonly subject?: Part;
  /** The id shared by all that follows from one first message. */
  readonly correlationId?: Part;
  /** The id of the message that led to this one. */
  readonly causationId?: Part;
}

/** How often, and how long after each failure, handling is tried again. */
export interface RetrySchedule {
  /** Milliseconds to wait after the first, second, ... failed try. After the last: dead letter. */
  readonly delays: readonly number[];
}

/** What every message of a contract says in the same words, such as the `specversion` of CloudEvents. */
export interface Constant extends Part {
  /** Any JSON value. */
  readonly value: unknown;
}

/** Where text on the wire is a `Date` in a `T`: JSON pointers, in which `*` stands for every item, or every key. */
export type DatesOf<T> = readonly string[] & { readonly '~of'?: T };

/** What the headers of a message hold. */
export interface HeadersContract<H, Wire = H> {
  /** Headers that the contract does not name are let through: brokers and traces add their own. */
  readonly validate: Validator<Wire>;
  readonly dates?: DatesOf<H>;
  /** The headers whose value is not text. Brokers carry text, so these travel as JSON. */
  readonly json?: readonly string[];
}

/** A name in braces of a channel's address. */
export interface ParameterContract<V = string> {
  /** Absent: any one word. */
  readonly values?: readonly V[];
  /** What producers take where nothing is given. */
  readonly default?: V;
  /** Where the message says it too: there producers find it. */
  readonly location?: Part;
}

/**
 * One version of one message, as its AsyncAPI document and `x-contract` state it. Generated, never written by hand. `T` is
 * the message in code, `Wire` as JSON carries it: the same, unless text becomes dates.
 */
export interface MessageContract<
  T,
  H = unknown,
  P extends { readonly [K in keyof P]: string } = Texts,
  Wire = T,
> {
  /** What the envelope's `type` says, such as `loyalty.points.earned`. */
  readonly name: string;
  readonly version: string;
  readonly kind: MessageKind;
  readonly aggregate?: string;
  /** The channel's address; names in braces, as in `orders.{region}.placed`, stand for one word each. */
  readonly channel: string;
  /** What is said of the names in the address; of those left out, nothing. */
  readonly parameters?: { readonly [K in keyof P]: ParameterContract<P[K]> };
  readonly contentType: string;
  /** How payloads become bytes, where the content type alone does not tell: of JSON and `text/...` it does. */
  readonly codec?: Codec;
  readonly envelope: Envelope;
  /** Filled in by producers, like the envelope. */
  readonly constants?: readonly Constant[];
  /** Messages with the same key are handled in the order in which they were published. */
  readonly orderingKey?: Part;
  /** What makes two deliveries the same message. Empty: the message id alone. */
  readonly identity: readonly Part[];
  readonly retry?: RetrySchedule;
  readonly dates?: DatesOf<T>;
  readonly validate: Validator<Wire>;
  /** Absent: the contract says nothing of headers. */
  readonly headers?: HeadersContract<H, unknown>;
}
