import type { Place } from '@chirograph/contract/diagnostics';
import type { NodeId } from '@chirograph/contract/model';
import type { SchemaPlace } from '@chirograph/schema/combine';
import type { ChangeCode } from './rules/rules.ts';

/**
 * Compat: what a change of contracts means for those who live by them. `compare` states facts, `judge` says who is
 * affected and proves it with a message. Neither reads files or prints.
 */

/** One fact: something differs between two states of a workspace. Whether it matters is not said here. */
export interface Change {
  readonly code: ChangeCode;
  readonly subject: Subject;
  /** The field of the payload or headers that changed, from their root. */
  readonly field: readonly string[];
  /** What it was and is, in a few words; empty where there is nothing to say. */
  readonly from: string;
  readonly to: string;
  /** Where it stood, in the files of the base. */
  readonly base?: Place;
  /** Where it stands, in the files of the head; of what is gone, the place that lost it. */
  readonly head?: Place;
  /** What stood and stands there, where neither `from` and `to` nor `edit` say all of it: what tells it from another. */
  readonly content?: readonly string[];
  /** Of a change of a schema: how to undo it alone. */
  readonly edit?: SchemaEdit;
}

/** Whose change it is. Nodes are named by their identity and by their ids in base and head. */
export interface Subject {
  readonly domain: string;
  /** As people call it: `OrderPlaced 1.0`, `payment`, `shop.order.placed`. */
  readonly label: string;
  readonly kind: 'service' | 'channel' | 'operation' | 'message' | 'flow';
  readonly base?: NodeId;
  readonly head?: NodeId;
  /** Of an operation or of a message that moves between channels: the messages concerned. */
  readonly messages?: { readonly base: readonly NodeId[]; readonly head: readonly NodeId[] };
}

/**
 * A change of a schema as data: the keywords (or the entry of one) concerned, and where base and head have them. To undo
 * it, take them away in the head and put there what the base had.
 */
export interface SchemaEdit {
  readonly part: 'payload' | 'headers';
  readonly keywords: readonly string[];
  /** Of `properties`, `required` and the like: the entries that are meant; otherwise all of the keyword. */
  readonly entries?: readonly string[];
  /** The schemas of the base and of the head that apply to the field. */
  readonly base: readonly SchemaPlace[];
  readonly head: readonly SchemaPlace[];
}
