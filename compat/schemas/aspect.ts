import type { NodeId, Schema } from '@chirograph/contract/model';
import type { JsonValue } from '@chirograph/schema';
import type { SchemaPart } from '@chirograph/schema/combine';
import type { ChangeCode } from '../rules/rules.ts';

/** A field in base and head: the schemas that apply to it on either side. */
export interface Pair {
  readonly field: readonly string[];
  readonly base: readonly SchemaPart[];
  readonly head: readonly SchemaPart[];
}

/** The schemas of a workspace, by id. */
export type Schemas = Readonly<Record<NodeId, Schema>>;

/** The schemas of both sides, for following references. */
export interface Sides {
  readonly base: Schemas;
  readonly head: Schemas;
}

/** What a change of a schema is called behind `payload/` or `headers/`. */
export type What = ChangeCode extends infer Code ? (Code extends `payload/${infer W}` ? W : never) : never;

/** A change of one field. */
export interface Remark {
  readonly what: What;
  readonly keywords: readonly string[];
  readonly entries?: readonly string[];
  /** The field meant, where it is not the pair's own. */
  readonly field?: readonly string[];
  readonly from?: string;
  readonly to?: string;
}

/** One aspect of schemas: what it says of a field on both sides, and how that differs. */
export type Aspect = (pair: Pair, sides: Sides) => readonly Remark[];

/** A value as a person writes it: texts without quotes. */
export function shown(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `a`, `a or b`, `a, b or c`. */
export function either(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
}
