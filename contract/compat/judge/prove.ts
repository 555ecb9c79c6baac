import type { Message, Workspace } from '../../model/index.ts';
import type { JsonValue } from '../../source/index.ts';
import type { Change, SchemaEdit } from '../change.ts';
import type { Rooted } from '../schemas/declared.ts';
import type { Schemas } from '../schemas/schemas.ts';
import { undo } from '../schemas/undo.ts';
import { type Decision, decide } from './decide.ts';
import type { Direction } from './direction.ts';
import type { States } from './hits.ts';
import type { Writers } from './policy.ts';
import { type Witness, witnessOf } from './witness.ts';

/** One part of one message in both states: what a proof is about. */
export interface Question {
  readonly states: States;
  readonly base: Message;
  readonly head: Message;
  readonly part: 'payload' | 'headers';
  readonly writers: Writers;
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
    };

/**
 * Whether a direction holds, and which changes are to blame where it does not: a change is at fault when what is written
 * is refused by a consumer for whom this one change alone was not made (FORWARD), or when what was written before this one
 * change alone is refused now (BACKWARD).
 */
export function prove(question: Question, changes: readonly Change[], direction: Direction): Proof {
  const { states, part, base, head, writers } = question;
  const [former, now] = [rootedIn(states.base, base, part), rootedIn(states.head, head, part)];
  const [producer, consumer] = direction === 'FORWARD' ? [now, former] : [former, now];
  const whole = decide(producer, consumer, writers);
  if (whole.containment.kind === 'contained') return { kind: 'holds' };
  if (whole.containment.kind === 'undecided') return { kind: 'undecided', reason: whole.containment.reason };

  const examples = examplesOf(direction === 'FORWARD' ? head : base, part);
  const show = (found: JsonValue) => witnessOf(whole, found, part, examples);
  const witness = show(whole.containment.witness);
  const suspects = changes.filter((it) => it.code.startsWith(`${part}/`));
  const faults = new Map<Change, Witness>();
  for (const change of suspects) {
    const alone = change.edit && isolated(question, change.edit, direction);
    const shown = alone?.kind === 'not-contained' ? show(alone.witness) : undefined;
    if (shown) faults.set(change, shown);
  }
  const [only, ...others] = suspects.filter((it) => it.edit === undefined || matters(it));
  if (faults.size === 0 && only && others.length === 0 && witness) faults.set(only, witness);
  return { kind: 'breaks', faults, witness };
}

/** Whether the direction breaks for this change: with the change undone, and nothing else. */
function isolated(
  { states, base, head, part, writers }: Question,
  edit: SchemaEdit,
  direction: Direction,
): Decision['containment'] | undefined {
  const schemas = undo([edit], { base: states.base.schemas, head: states.head.schemas });
  const root = head[part];
  if (schemas === undefined || root === undefined || base[part] === undefined) return undefined;
  const without: Rooted = { schemas, root };
  const now: Rooted = { schemas: states.head.schemas, root };
  const [producer, consumer] = direction === 'FORWARD' ? [now, without] : [without, now];
  return decide(producer, consumer, writers).containment;
}

/** Words and defaults are nothing to a validator. */
function matters({ code }: Change): boolean {
  return !/documentation-changed|default-changed|content-changed|deprecated/.test(code);
}

/** A message without a schema may hold anything. */
export function rootedIn({ schemas }: Workspace, message: Message, part: 'payload' | 'headers'): Rooted {
  const root = message[part];
  return root === undefined ? ANYTHING : { schemas, root };
}

const ANYTHING: Rooted = {
  schemas: {
    anything: {
      id: 'anything',
      at: { file: '', pointer: '' },
      name: 'Anything',
      dialect: 'draft-07',
      json: true,
    },
  } satisfies Schemas,
  root: 'anything',
};

function examplesOf(message: Message, part: 'payload' | 'headers'): JsonValue[] {
  return message.examples.flatMap((it) => (it[part] === undefined ? [] : [it[part]]));
}
