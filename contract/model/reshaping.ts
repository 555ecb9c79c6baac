import type { JsonValue } from '@chirograph/schema';
import type { Message, Upcast } from './message.ts';

/** An upcast as a tree: how an object of the new payload is made of one of the old. */
export interface Reshaping {
  /** Where the object that it is made of stands in the old payload; undefined for one that is new. */
  readonly of: readonly string[] | undefined;
  /** Keys of that object that are not taken over. */
  readonly without: ReadonlySet<string>;
  /** The other keys that change. */
  readonly fields: ReadonlyMap<string, FieldChange>;
}

/** What stands at one key of the new object. */
export interface FieldChange {
  /** The place in the old payload that it is taken from. */
  readonly from?: readonly string[];
  /** What stands there where the old payload has nothing for it. */
  readonly otherwise?: { readonly value: JsonValue };
  /** What stands there in any case. */
  readonly always?: { readonly value: JsonValue };
  /** How the object that stands there is made. */
  readonly inside?: Reshaping;
}

/**
 * What the upcast does, with the version that the new envelope tells.
 * @param knows whether the old payload may have something at a place
 */
export function reshapingOf(
  { version, contract }: Pick<Message, 'version' | 'contract'>,
  upcast: Upcast,
  knows: (path: readonly string[]) => boolean,
): Reshaping {
  const root: Draft = draft([]);
  for (const { from } of upcast.move) leave(root, from, knows);
  for (const path of upcast.remove) leave(root, path, knows);
  for (const { from, to } of upcast.move) set(root, to, { from }, knows);
  for (const { path, value } of upcast.default) set(root, path, { otherwise: { value } }, knows);
  const place = contract.envelope.version;
  if (place?.in === 'payload') set(root, place.path, { always: { value: version } }, knows);
  return pruned(root);
}

/** An object from which something is taken may be gone itself. */
function pruned({ of, without, fields }: Draft): Draft {
  const kept = [...fields].flatMap(([name, { inside, ...change }]) => {
    const isGone = without.has(name) && Object.keys(change).length === 0 && inside?.fields.size === 0;
    return isGone ? [] : [[name, { ...change, ...(inside && { inside: pruned(inside) }) }] as const];
  });
  return { of, without, fields: new Map(kept) };
}

interface Draft {
  readonly of: readonly string[] | undefined;
  readonly without: Set<string>;
  readonly fields: Map<string, DraftField>;
}

interface DraftField extends FieldChange {
  readonly inside?: Draft;
}

type Knows = (path: readonly string[]) => boolean;

function draft(of: readonly string[] | undefined): Draft {
  return { of, without: new Set(), fields: new Map() };
}

/** Takes a place of the old payload away. */
function leave(root: Draft, path: readonly string[], knows: Knows): void {
  const last = path.at(-1);
  if (last !== undefined) objectAt(root, path.slice(0, -1), knows).without.add(last);
}

function set(root: Draft, path: readonly string[], change: Omit<FieldChange, 'inside'>, knows: Knows): void {
  const last = path.at(-1);
  if (last === undefined) return;
  const { of, without, fields } = objectAt(root, path.slice(0, -1), knows);
  // What is moved takes the place of what stood there.
  if (change.from && of && knows([...of, last])) without.add(last);
  fields.set(last, { ...fields.get(last), ...change });
}

/** The object of the new payload at a path; it is made of what stood there, or of what was moved there. */
function objectAt(root: Draft, path: readonly string[], knows: Knows): Draft {
  let here = root;
  for (const name of path) {
    const field = here.fields.get(name);
    const former = here.of && !here.without.has(name) ? [...here.of, name] : undefined;
    const of = field?.from ?? (former && knows(former) ? former : undefined);
    const inside = field?.inside ?? draft(of);
    here.fields.set(name, { ...field, inside });
    here = inside;
  }
  return here;
}
