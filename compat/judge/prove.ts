import type { Message, Workspace } from '@chirograph/contract/model';
import type { JsonSchema, JsonValue } from '@chirograph/schema';
import { type Definitions, documentOf, type Rooted } from '@chirograph/schema/combine';
import { avroOf } from '../avro/avro-of.ts';
import { causeOf } from '../avro/compare-avro.ts';
import type { Change, SchemaEdit } from '../change.ts';
import { matters } from '../matters.ts';
import { undo } from '../schemas/undo.ts';
import type { States } from './affected-operations.ts';
import { sizeOf } from './contained.ts';
import { avroMismatches, avroWitness, decide, type Exchange, witnessCheckOf } from './decide.ts';
import type { Direction } from './direction.ts';
import type { Terms } from './policy.ts';
import type { Witness } from './witness.ts';

/** One part of one message in both states: what a proof is about. */
export interface Question {
  readonly states: States;
  readonly base: Message;
  readonly head: Message;
  readonly part: 'payload' | 'headers';
  readonly terms: Terms;
}

/** What a direction comes to for a part of a message. */
export type Proof =
  | { readonly kind: 'holds' }
  | { readonly kind: 'undecided'; readonly reason: string }
  /** The changes at fault, each with a message of its own; without any, they break only together. */
  | {
      readonly kind: 'breaks';
      readonly faults: ReadonlyMap<Change, Witness>;
      readonly witness: Witness | undefined;
      /** Changes of which nobody has asked whether they break: the schemas are too large to ask so often. */
      readonly unexamined?: readonly Change[];
    };

/**
 * Whether a direction holds, and which changes are to blame where it does not: a change is at fault when what is written
 * is refused by a consumer for whom this one change alone was not made (FORWARD), or when what was written before this one
 * change alone is refused now (BACKWARD).
 */
export function prove(question: Question, changes: readonly Change[], direction: Direction): Proof {
  const { states, part, base, head, terms } = question;
  const [former, now] = [rootedIn(states.base, base, part), rootedIn(states.head, head, part)];
  const exchange = exchangeOf(direction, former, now, terms);
  const check = witnessCheckOf(exchange, part, examplesOf(direction === 'FORWARD' ? head : base, part));
  const whole = decide(exchange, check);
  if (whole.kind !== 'breaks') return whole;

  const suspects = changes.filter((it) => it.code.startsWith(`${part}/`) && matters(it));
  const faults = new Map<Change, Witness>();
  for (const mismatch of avroMismatches(exchange)) {
    const cause = causeOf(mismatch, suspects);
    if (cause && !faults.has(cause)) faults.set(cause, avroWitness(mismatch, part));
  }
  if (faults.size > 0) return { ...whole, faults };
  const [only, ...others] = suspects;
  if (only && others.length === 0) {
    if (whole.witness) faults.set(only, whole.witness);
    return { ...whole, faults };
  }
  const weight = Math.max(1, sizeOf(documentOf(former)) + sizeOf(documentOf(now)));
  const examined = suspects.slice(0, Math.max(1, Math.floor(MOST_EXAMINED / weight)));
  const unexamined = suspects.slice(examined.length);
  for (const change of examined) {
    const without = change.edit && withoutChange(question, change.edit);
    if (!without) continue;
    const about = [change.field.at(-1) ?? '', ...(change.edit?.entries ?? [])];
    const alone = decide(exchangeOf(direction, without, now, terms), { ...check, about });
    if (alone.kind === 'breaks' && alone.witness) faults.set(change, alone.witness);
  }
  // Several that do the same hide one another: each is tried as the only one.
  for (const change of examined) {
    if (faults.has(change)) continue;
    const only = onlyChange(question, change, suspects);
    if (!only) continue;
    const own = exchangeOf(direction, former, only, terms);
    const about = [change.field.at(-1) ?? '', ...(change.edit?.entries ?? [])];
    const alone = decide(own, { ...witnessCheckOf(own, part, check.examples), about });
    if (alone.kind === 'breaks' && alone.witness) faults.set(change, alone.witness);
  }
  return { ...whole, faults, ...(unexamined.length > 0 && { unexamined }) };
}

/**
 * So many characters of schemas are decided to find the changes that are to blame: each change takes both schemas. A million
 * takes half a second or so.
 */
const MOST_EXAMINED = 3_000_000;

/** FORWARD: what is written now must be read by those of before. BACKWARD: the reverse. */
export function exchangeOf(direction: Direction, former: Rooted, now: Rooted, terms: Terms): Exchange {
  const [producer, consumer] = direction === 'FORWARD' ? [now, former] : [former, now];
  return { producer, consumer, terms };
}

/** The schema as it would be had this one change not been made. */
function withoutChange({ states, base, head, part }: Question, edit: SchemaEdit): Rooted | undefined {
  const schemas = undo([edit], { base: states.base.schemas, head: states.head.schemas });
  const root = head[part];
  return schemas && root !== undefined && base[part] !== undefined ? { schemas, root } : undefined;
}

/** The schema as it would be had this change alone been made. */
export function onlyChange(
  { states, head, part }: Pick<Question, 'states' | 'head' | 'part'>,
  change: Change,
  all: readonly Change[],
): Rooted | undefined {
  const root = head[part];
  if (root !== undefined && avroOf({ schemas: states.head.schemas, root })) return undefined;
  const rest = all.filter((it) => it !== change && it.edit?.part === part && matters(it));
  const edits = rest.flatMap((it) => it.edit ?? []);
  if (root === undefined || edits.length < rest.length) return undefined;
  const schemas = undo(edits, { base: states.base.schemas, head: states.head.schemas });
  return schemas && { schemas, root };
}

/** A message without a schema may hold anything; headers are an object in any case. */
export function rootedIn({ schemas }: Workspace, message: Message, part: 'payload' | 'headers'): Rooted {
  const root = message[part];
  if (root !== undefined) return { schemas, root };
  return part === 'headers' ? ANY_HEADERS : ANYTHING;
}

const ANYTHING = rootedAt(true);
const ANY_HEADERS = rootedAt({ type: 'object' });

function rootedAt(json: JsonSchema): Rooted {
  const schema = {
    name: 'Anything',
    dialect: 'draft-07',
    json,
  } as const;
  return { schemas: { anything: schema } satisfies Definitions, root: 'anything' };
}

/** The payloads, or headers, of a message's examples. */
export function examplesOf(message: Message, part: 'payload' | 'headers'): JsonValue[] {
  return message.examples.flatMap((it) => (it[part] === undefined ? [] : [it[part]]));
}
