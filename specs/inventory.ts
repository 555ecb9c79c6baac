import { readFileSync } from 'node:fs';

/** What the documents of the five domains say, as data: the measure that the specs are tested by. */
export interface Inventory {
  /** What the documents' own type names mean. */
  readonly types: Types;
  readonly domains: Readonly<Record<string, DomainFacts>>;
}

/** Type names and what each says of a schema. */
export type Types = Readonly<Record<string, TypeFacts>>;

/** A type's name, several that hold at once (`integer & Quantity`), or the keywords themselves. */
export type TypeFacts = string | KeywordFacts;

/** Keywords as in JSON Schema, but with `properties` and `required` as `fields`, whose `?` marks what may be missing. */
export interface KeywordFacts {
  readonly [keyword: string]: unknown;
  readonly fields?: Fields;
}

export type Fields = Readonly<Record<string, TypeFacts>>;

export interface DomainFacts {
  /** The fields of the envelope on the wire, by the kind of message. */
  readonly wire: Readonly<Record<string, readonly string[]>>;
  readonly headers?: readonly string[];
  /** Each spelling under which the documents name a consumer, and the service that it is. */
  readonly services: Readonly<Record<string, string>>;
  /** Invariants that the documents give for a service as a whole. */
  readonly invariants?: Readonly<Record<string, readonly string[]>>;
  /** Seconds between the tries of a delivery. */
  readonly retry?: readonly number[];
  readonly types: Types;
  readonly messages: readonly MessageFacts[];
  /** The messages that no document has, by key, and the decision record that says why they are there. */
  readonly added?: Readonly<Record<string, string>>;
  /** Each flow's messages in the order in which they are sent. */
  readonly flows: Readonly<Record<string, readonly string[]>>;
}

export interface MessageFacts {
  readonly key: string;
  readonly name: string;
  readonly version: string;
  readonly kind: string;
  /** The service that sends the event, or receives the command. */
  readonly owner: string;
  readonly reference?: string;
  readonly aggregate: string;
  /** Who receives the event, as the documents spell it. */
  readonly consumers?: readonly string[];
  /** Those that the document forgot, in its spelling. */
  readonly decidedConsumers?: readonly string[];
  /** How many receive the event, where the documents count them. */
  readonly consumerCount?: number;
  /** The services that send the command. */
  readonly senders?: readonly string[];
  readonly fields: Fields;
  /** Whether the loyalty envelope names the business. */
  readonly businessId?: boolean;
  readonly metadata?: readonly string[];
  readonly purpose?: string;
  readonly trigger?: string;
  readonly invariants?: readonly string[];
  readonly outcome?: string;
  /** As the document lists them. */
  readonly failures?: readonly string[];
  /** Those that the document forgot; they follow its own. */
  readonly decidedFailures?: readonly string[];
  readonly leadsTo?: readonly string[];
  readonly identity: readonly string[];
  readonly orderingKey: string;
  readonly perDay?: number;
  /** In days. */
  readonly retention?: number;
  /** What `metadata.source` of a checkout event always is. */
  readonly source?: string;
  /** How many sample messages the documents give, with those that were added. */
  readonly examples?: number;
}

export const inventory: Inventory = JSON.parse(
  readFileSync(new URL('./inventory.json', import.meta.url), 'utf8'),
);
