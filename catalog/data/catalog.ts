import type { MessageKind } from '@chirograph/contract/model';
import type { JsonValue, SchemaObject } from '@chirograph/schema';

/**
 * The catalog as data: what `catalog.json` and the files beside it hold. `catalog.schema.json` says the same as JSON
 * Schema. Things refer to one another by `Link`; an address is a file name without its ending, relative to the root.
 */

/** Raised when a field goes or changes its meaning; a field that comes raises nothing. */
export const FORMAT = 'chirograph-catalog/1';

/** Another thing of the catalog: `messages/shop.order.placed@1.0`, and what people call it. */
export interface Link {
  readonly to: string;
  readonly title: string;
}

/** `catalog.json`: one row a thing. What a row leaves out is in the file that its address names. */
export interface CatalogIndex {
  readonly $schema: string;
  readonly format: typeof FORMAT;
  readonly title: string;
  readonly domains: readonly DomainRow[];
  readonly services: readonly ServiceRow[];
  readonly messages: readonly MessageRow[];
  readonly channels: readonly ChannelRow[];
  readonly flows: readonly FlowRow[];
  readonly owners: readonly OwnerRow[];
  /** The states that were compared, the newest first; the first one is the contracts as they are. */
  readonly releases: readonly ReleaseRow[];
  readonly comparisons: readonly ComparisonRow[];
}

export interface DomainRow {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  /** It stands in the contracts of this neighbour, which are only read here. */
  readonly neighbour?: string;
  readonly services: number;
  readonly messages: number;
  readonly flows: number;
  readonly owners: readonly string[];
}

export interface ServiceRow {
  readonly id: string;
  readonly title: string;
  readonly domain: string;
  /** It stands in the contracts of this neighbour, which are only read here. */
  readonly neighbour?: string;
  readonly version: string;
  readonly summary?: string;
  readonly owner?: string;
  /** Of how many message names it sends and receives at least one version. */
  readonly sends: number;
  readonly receives: number;
}

export interface MessageRow {
  readonly id: string;
  /** The name on the wire. */
  readonly name: string;
  readonly version: string;
  readonly title: string;
  readonly kind: MessageKind;
  readonly domain: string;
  /** It stands in the contracts of this neighbour, which are only read here. */
  readonly neighbour?: string;
  /** False where the catalog has a newer version of the name. */
  readonly latest: boolean;
  readonly summary?: string;
  readonly aggregate?: string;
  readonly reference?: string;
  readonly owners: readonly string[];
  readonly deprecated?: Deprecated;
  readonly personalData?: true;
  /** How many services send and receive it. */
  readonly senders: number;
  readonly receivers: number;
}

export interface ChannelRow {
  readonly id: string;
  readonly title: string;
  readonly domain: string;
  /** It stands in the contracts of this neighbour, which are only read here. */
  readonly neighbour?: string;
  readonly protocols: readonly string[];
  readonly messages: number;
}

export interface FlowRow {
  readonly id: string;
  readonly title: string;
  readonly domain: string;
  readonly summary?: string;
  readonly steps: number;
}

export interface OwnerRow {
  readonly id: string;
  readonly name: string;
  readonly services: number;
}

export interface ReleaseRow {
  readonly name: string;
  /** `YYYY-MM-DD`; of the contracts as they are, none. */
  readonly date?: string;
}

export interface ComparisonRow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly counts: VerdictCounts;
}

export type Verdict = 'breaking' | 'undecided' | 'warning' | 'safe';

export type VerdictCounts = Readonly<Record<Verdict, number>>;

/** Days as `YYYY-MM-DD`; empty where the contract says that it is deprecated and nothing else. */
export interface Deprecated {
  readonly since?: string;
  /** The first day on which it may be gone. */
  readonly removal?: string;
}

/** What a thing is told of where it is written: `specs/shop/order.asyncapi.yaml:61`. */
export interface Written {
  readonly file: string;
  readonly line: number;
}

export interface Owner {
  readonly to: string;
  readonly title: string;
  readonly email?: string;
  readonly url?: string;
}

/** `messages/<name>@<version>.json` */
export interface MessageRecord {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly title: string;
  readonly kind: MessageKind;
  readonly domain: Link;
  /** It stands in the contracts of this neighbour, which are only read here. */
  readonly neighbour?: string;
  readonly summary?: string;
  /** CommonMark. */
  readonly description?: string;
  readonly written: Written;
  readonly owners: readonly Owner[];
  readonly deprecated?: Deprecated;
  readonly aggregate?: string;
  readonly reference?: string;
  readonly tags: readonly string[];
  readonly contentType: string;
  readonly channels: readonly CarrierLink[];
  readonly senders: readonly Participant[];
  readonly receivers: readonly Participant[];
  readonly trigger?: string;
  readonly outcome?: string;
  readonly leadsTo: readonly Link[];
  readonly invariants: readonly string[];
  readonly failures: readonly string[];
  /** Places in the message: `/data/orderId`, `headers/id`. */
  readonly orderingKey?: string;
  readonly identity: readonly string[];
  readonly correlation?: string;
  /** Where the envelope has its parts: `{ id: '/eventId' }`. */
  readonly envelope: Readonly<Record<string, string>>;
  /** Waits between tries, in milliseconds; after the last one the message is a dead letter. */
  readonly retry?: readonly number[];
  /** Milliseconds. */
  readonly retention?: number;
  /** Messages a day. */
  readonly volume?: number;
  readonly personalData: readonly string[];
  readonly bindings?: JsonValue;
  readonly examples: readonly Example[];
  /** A message that its schema refuses, and why. */
  readonly invalid?: InvalidExample;
  readonly payload?: SchemaRecord;
  readonly headers?: SchemaRecord;
  /** A payload in a schema language that is not read (Avro, Protobuf), as text. */
  readonly foreignPayload?: string;
  /** All versions of the name, the newest first, this one among them. */
  readonly versions: readonly VersionLink[];
  /** How older versions become this one. */
  readonly upcasts: readonly UpcastRecord[];
  /** What differs between versions, where this is one of the two; the newest pair first. */
  readonly changes: readonly VersionChange[];
  readonly flows: readonly Link[];
}

/** A channel that carries a message. */
export interface CarrierLink extends Link {
  readonly protocols: readonly string[];
}

/** A service that sends or receives a message, and the operation by which. */
export interface Participant {
  readonly service: Link;
  /** Where it is another than that of the message or the channel. */
  readonly domain?: Link;
  readonly owner?: Link;
  readonly operation: string;
  /** In the words of its contract. */
  readonly purpose?: string;
  readonly channel?: Link;
  /** It is the answer to a request. */
  readonly reply?: true;
  /** The service's own schedule, in place of the message's. */
  readonly retry?: readonly number[];
  /** Where the service's document describes the message in its own words, instead of referring to these. */
  readonly copy?: Copy;
}

/** A service's own description of a message. */
export interface Copy {
  readonly written: Written;
  /** The page of that description, where it is of another version or name. */
  readonly page?: Link;
  readonly version: string;
  /** The fields of the message's payload that it does not name, sorted. */
  readonly leavesOut: readonly string[];
}

export interface Example {
  readonly title: string;
  readonly payload?: JsonValue;
  readonly headers?: JsonValue;
}

/** The first example with one value replaced. */
export interface InvalidExample {
  /** Where in the payload, as a JSON Pointer. */
  readonly at: string;
  /** What stands there instead; left out where the field is missing. */
  readonly value?: JsonValue;
  readonly reason: string;
}

export interface VersionLink extends Link {
  readonly version: string;
  readonly deprecated?: Deprecated;
  readonly senders: number;
  readonly receivers: number;
}

/** Another message of its aggregate, or of its service where it has none; the newest version of each. */
export interface Sibling extends Link {
  readonly kind: MessageKind;
}

export interface UpcastRecord {
  readonly from: string;
  readonly move: readonly { readonly from: string; readonly to: string }[];
  readonly remove: readonly string[];
  readonly default: readonly { readonly path: string; readonly value: JsonValue }[];
  readonly byFunction: boolean;
}

export interface SchemaRecord {
  /** One document that stands alone. */
  readonly schema: SchemaObject;
}

/** A field of a payload or of headers as a row of a table. */
export interface Field {
  /** `items[]` is what a list holds, `{key}` what an object holds under keys that are data. */
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly title?: string;
  readonly description?: string;
  /** What is asked of a value, in words: `1 or more`, `at most 40 characters`. */
  readonly constraints: readonly string[];
  readonly values?: readonly JsonValue[];
  readonly default?: JsonValue;
  readonly deprecated?: true;
  readonly personalData?: true;
  readonly fields?: readonly Field[];
  /** It is one of these (`oneOf`, `anyOf`). */
  readonly variants?: readonly { readonly title: string; readonly fields: readonly Field[] }[];
  /** A schema that holds itself: the name of where it was shown. */
  readonly recursive?: string;
}

/** What an older and a newer version of one name differ in. */
export interface VersionChange {
  readonly from: Link;
  readonly to: Link;
  readonly fromVersion: string;
  readonly toVersion: string;
  readonly verdict: Verdict;
  readonly findings: readonly FindingRecord[];
  /** What the contract offers to those who read the newer and are sent the older one. */
  readonly upcast: 'declared' | 'function' | 'none';
  /** Who receives the older version and not the newer one; who goes on sending the older one. */
  readonly stillReading: readonly Link[];
  readonly stillSending: readonly Link[];
}

/** One difference, judged. */
export interface FindingRecord {
  readonly code: string;
  readonly verdict: Verdict;
  /** Whose change it is: `OrderPlaced 1.0`, with its address where it is in the catalog. */
  readonly subject: string;
  readonly to?: string;
  readonly domain: string;
  readonly kind: 'service' | 'channel' | 'operation' | 'message' | 'flow';
  readonly message: string;
  readonly fingerprint: string;
  readonly effects: readonly Effect[];
  readonly fix?: Fix;
  /** Why a break was accepted. */
  readonly approval?: string;
}

/** One way in which a change breaks, with those that it affects. */
export interface Effect {
  /** FORWARD: old readers meet new messages. BACKWARD: new readers meet old messages. */
  readonly direction?: 'FORWARD' | 'BACKWARD';
  readonly parties: readonly string[];
  readonly services: readonly (Link & { readonly action: 'send' | 'receive' })[];
  readonly witness?: WitnessRecord;
}

/** A message that one side may send and the other refuses. */
export interface WitnessRecord {
  readonly part: 'payload' | 'headers';
  readonly value: JsonValue;
  /** Where it is refused, as a JSON Pointer, and the validator's words. */
  readonly at: string;
  readonly reason: string;
}

export interface Fix {
  readonly text: string;
  readonly checked: string;
  /** An entry of `x-contract.upcasts` to be added. */
  readonly upcast?: JsonValue;
  readonly or?: Fix;
}

/** Code to copy, as the generators name things; empty where nobody told the catalog. Pages show it; the data does not hold it. */
export interface MessageCode {
  readonly send: readonly Snippet[];
  readonly receive: readonly Snippet[];
  /** A command that stands in for a service. */
  readonly mock: readonly Snippet[];
}

export interface Snippet {
  readonly title: string;
  readonly language: 'ts' | 'sh';
  readonly text: string;
}

/** `services/<id>.json` */
export interface ServiceRecord {
  readonly id: string;
  readonly title: string;
  readonly name: string;
  readonly domain: Link;
  /** It stands in the contracts of this neighbour, which are only read here. */
  readonly neighbour?: string;
  readonly version: string;
  readonly description?: string;
  readonly written: Written;
  readonly owner?: Owner;
  readonly tags: readonly string[];
  readonly servers: readonly ServerRecord[];
  readonly sends: readonly Exchange[];
  readonly receives: readonly Exchange[];
  readonly flows: readonly Link[];
}

export interface ServerRecord {
  readonly name: string;
  readonly address: string;
  readonly protocol: string;
  /** Any of these will do; none: nothing is asked. */
  readonly security: readonly string[];
}

/** What a service does with a message, with those at the other end. */
export interface Exchange {
  readonly message: Link;
  readonly name: string;
  readonly version: string;
  readonly kind: MessageKind;
  readonly deprecated?: Deprecated;
  readonly operation: string;
  readonly purpose?: string;
  readonly channel?: Link;
  readonly reply?: true;
  readonly retry?: readonly number[];
  readonly security: readonly string[];
  readonly others: readonly Link[];
}

/** `channels/<id>.json` */
export interface ChannelRecord {
  readonly id: string;
  readonly title: string;
  /** Null where it is known at run time only. */
  readonly address: string | null;
  readonly domain: Link;
  /** It stands in the contracts of this neighbour, which are only read here. */
  readonly neighbour?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly written: Written;
  readonly parameters: readonly ParameterRecord[];
  readonly protocols: readonly string[];
  readonly servers: readonly ServerRecord[];
  readonly bindings?: JsonValue;
  readonly messages: readonly (Link & {
    readonly name: string;
    readonly version: string;
    readonly kind: MessageKind;
    readonly summary?: string;
    /** The services that send and receive it on this channel. What for, the message says. */
    readonly senders: readonly Link[];
    readonly receivers: readonly Link[];
  })[];
}

export interface ParameterRecord {
  readonly name: string;
  readonly description?: string;
  readonly values?: readonly string[];
  readonly default?: string;
  readonly examples: readonly string[];
  readonly location?: string;
}

/** `domains/<id>.json` */
export interface DomainRecord {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  /** It stands in the contracts of this neighbour, which are only read here. */
  readonly neighbour?: string;
  readonly owners: readonly Owner[];
  readonly services: readonly ServiceRow[];
  /** By aggregate; those without one come last, without a title. */
  readonly messages: readonly { readonly aggregate?: string; readonly rows: readonly MessageRow[] }[];
  readonly flows: readonly FlowRow[];
  readonly channels: readonly ChannelRow[];
  readonly matrix: Matrix;
  readonly neighbours: readonly Neighbour[];
  readonly terms: readonly Term[];
}

/** Who talks to whom within a domain: `cells[from][to]` are the messages that one sends and the other receives. */
export interface Matrix {
  readonly services: readonly Link[];
  readonly cells: readonly {
    readonly from: number;
    readonly to: number;
    readonly messages: readonly Link[];
  }[];
}

/** Another domain, and the messages in which the two meet. */
export interface Neighbour {
  readonly domain: Link;
  readonly received: readonly Link[];
  readonly sent: readonly Link[];
}

/** A schema with a name and a description: a word of the domain. */
export interface Term {
  readonly name: string;
  readonly domain: string;
  readonly type: string;
  readonly description: string;
  readonly values?: readonly JsonValue[];
}

/** `flows/<id>.json` */
export interface FlowRecord {
  readonly id: string;
  readonly title: string;
  readonly domain: Link;
  readonly description?: string;
  readonly written: Written;
  /** In the order in which they first act. */
  readonly lanes: readonly Link[];
  readonly steps: readonly StepRecord[];
  /** Flows that begin as this one does and then go another way. */
  readonly branches: readonly FlowBranch[];
}

export interface StepRecord {
  readonly id: string;
  /** From 1. */
  readonly number: number;
  readonly action: 'send' | 'receive';
  readonly lane: number;
  readonly messages: readonly Link[];
  readonly description?: string;
  /** Numbers of the steps after which it comes. */
  readonly after: readonly number[];
  /** Of a step that receives: the number of the step that sent, where the flow has it. */
  readonly from?: number;
  readonly onFailure?: readonly StepFailure[];
}

/** What follows where a step fails. */
export interface StepFailure {
  readonly name: string;
  readonly type: 'end' | 'retry' | 'goto';
  /** Where it goes on: the number of a step, or another flow. */
  readonly step?: number;
  readonly flow?: Link;
  /** Of a retry: milliseconds before it, and how often at most. */
  readonly delay?: number;
  readonly limit?: number;
}

export interface FlowBranch {
  readonly flow: Link;
  /** The number of the last step that both have. */
  readonly after: number;
  readonly first?: string;
}

/** `owners/<id>.json` */
export interface OwnerRecord {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly url?: string;
  readonly services: readonly ServiceRow[];
  readonly messages: readonly MessageRow[];
}

/** `releases/<id>.json`: what changed between two states. */
export interface ComparisonRecord {
  readonly id: string;
  readonly from: ReleaseRow;
  readonly to: ReleaseRow;
  readonly counts: VerdictCounts;
  readonly findings: readonly FindingRecord[];
}
