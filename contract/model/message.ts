import type { JsonValue, Location } from '@chirograph/schema';
import type { Bindings } from './bindings.ts';
import type { NodeId } from './location.ts';

/** What a message means: a fact, a request, or a fact told to the outside. */
export type MessageKind = 'event' | 'command' | 'integration-event';

/**
 * A message: one name in one version. Two documents that refer to one message share its node; its consumers are the
 * services with a `receive` operation that carries it.
 */
export interface Message {
  readonly id: NodeId;
  readonly at: Location;
  readonly domain: string;
  /** The key under `components.messages` (or in the channel): `PointsEarned`. Code is named after it. */
  readonly key: string;
  /** The name on the wire: `loyalty.points.earned`. */
  readonly name: string;
  /** Where no `name` is written: it stands for its key, or, where not even that is, for the place alone. */
  readonly naming?: 'key' | 'place';
  /** The version of this message's contract, `1.0` where nothing is said. */
  readonly version: string;
  readonly kind: MessageKind;
  readonly title?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated: boolean;
  readonly tags: readonly string[];
  readonly contentType: string;
  readonly payload?: NodeId;
  /** A payload in a schema language that is not read (Avro, Protobuf, ...), as text: enough to see that it changed. */
  readonly foreignPayload?: string;
  readonly headers?: NodeId;
  readonly correlationId?: MessagePath;
  readonly examples: readonly MessageExample[];
  /** Itself and its traits in the order of merging: what comes later wins. Left out where it has no traits. */
  readonly layers?: readonly MessageLayer[];
  readonly bindings?: Bindings;
  readonly contract: MessageContract;
}

/** A message's own text, or a trait of it. */
export interface MessageLayer {
  readonly at: Location;
  /** The paths in the message of which this layer has the last word: `title`, `x-contract/retention`. */
  readonly decides: readonly string[];
}

/** A place in a message, from AsyncAPI's runtime expression `$message.payload#/eventId` or a bare JSON Pointer. */
export interface MessagePath {
  readonly in: 'payload' | 'headers';
  readonly path: readonly string[];
}

export interface MessageExample {
  readonly at: Location;
  readonly name?: string;
  readonly summary?: string;
  readonly payload?: JsonValue;
  readonly headers?: JsonValue;
}

/** Where a domain's envelope keeps its parts. */
export type Envelope = Readonly<Partial<Record<EnvelopePart, MessagePath>>>;

export const ENVELOPE_PARTS = [
  'id',
  'type',
  'version',
  'time',
  'source',
  'subject',
  'data',
  'correlationId',
  'causationId',
] as const;

export type EnvelopePart = (typeof ENVELOPE_PARTS)[number];

/** What `x-contract` says of a message (see docs/x-contract.md). */
export interface MessageContract {
  /** The version that is written there; `Message.version` has one in any case. */
  readonly version?: string;
  /** What the documents that the contract was written from know the message by: `EVT-ORDER-001`. */
  readonly reference?: string;
  readonly aggregate?: string;
  readonly envelope: Envelope;
  /** Messages with one value here are delivered in the order in which they were sent. */
  readonly orderingKey?: MessagePath;
  /** Deliveries with one value here are one message: the second has no effect. */
  readonly identity: readonly MessagePath[];
  readonly trigger?: string;
  readonly invariants: readonly string[];
  /** Of a command: what its sender wants, what it leads to, what may stop it. */
  readonly outcome?: string;
  readonly failures: readonly string[];
  /** Of a command: the names of the messages that it leads to. */
  readonly leadsTo: readonly string[];
  readonly retry?: RetrySchedule;
  /** Milliseconds for which the message is kept. */
  readonly retention?: number;
  readonly volume?: Volume;
  readonly upcasts: readonly Upcast[];
  readonly deprecation?: Deprecation;
}

/**
 * The key of `x-contract` that each field is read from. Code that treats the keys one by one has a record of all fields
 * (load/contract.ts, compat/compare/compare-contracts.ts, the message page of a catalog), so that a new one is forgotten
 * nowhere; a test holds the keys against the vocabulary.
 */
export const CONTRACT_KEYS: Readonly<Record<keyof MessageContract | 'kind', string>> = {
  kind: 'kind',
  reference: 'reference',
  version: 'version',
  aggregate: 'aggregate',
  envelope: 'envelope',
  orderingKey: 'orderingKey',
  identity: 'identity',
  trigger: 'trigger',
  invariants: 'invariants',
  outcome: 'outcome',
  failures: 'failures',
  leadsTo: 'leadsTo',
  retry: 'retry',
  retention: 'retention',
  volume: 'volume',
  deprecation: 'deprecated',
  upcasts: 'upcasts',
};

/** Days as `YYYY-MM-DD`. */
export interface Deprecation {
  readonly since: string;
  /** The first day on which the message may be gone. */
  readonly removal?: string;
}

/** Waits between the tries of one delivery, in milliseconds. After the last one the message is a dead letter. */
export interface RetrySchedule {
  readonly delays: readonly number[];
}

export interface Volume {
  readonly perDay: number;
}

/**
 * How an older version of a message becomes this one, in order: moves, then removals, then defaults; or by a function
 * that each consumer brings.
 */
export interface Upcast {
  readonly at: Location;
  readonly from: string;
  readonly move: readonly { readonly from: readonly string[]; readonly to: readonly string[] }[];
  readonly remove: readonly (readonly string[])[];
  readonly default: readonly { readonly path: readonly string[]; readonly value: JsonValue }[];
  /** What it takes cannot be declared. */
  readonly byFunction: boolean;
}
