import { fieldSchemas, imageOf, type Message, reshapingOf, type Upcast } from '@chirograph/contract/model';
import { type Definition, isObject, type JsonValue, joinPointer, valueAt } from '@chirograph/schema';
import { documentOf, layered, type Rooted } from '@chirograph/schema/combine';
import { decideContainment } from '@chirograph/schema/containment';
import type { Change } from '../change.ts';
import { matters } from '../matters.ts';
import type { States } from './affected-operations.ts';
import { holds } from './decide.ts';
import type { Terms } from './policy.ts';
import { exchangeOf, rootedIn } from './prove.ts';
import type { SuggestedUpcast } from './suggested-upcast.ts';

/** A message in both states, and what is taken to be written of it. */
export interface Versions {
  readonly states: States;
  readonly base: Message;
  readonly head: Message;
  readonly terms: Terms;
}

type Steps = Pick<Upcast, 'move' | 'remove' | 'default'>;

/**
 * What makes a message as the head has it of every message as the base had it: what was renamed is moved, what is needed
 * now gets a value, what has no room any more is removed. Told only where the engine proves that every old message becomes
 * a valid new one; undefined where no declaration does.
 */
export function suggestUpcast(versions: Versions, changes: readonly Change[]): SuggestedUpcast | undefined {
  const { states, base, head, terms } = versions;
  const own = changes.filter((it) => it.code.startsWith('payload/') && matters(it));
  if (own.length === 0 || base.payload === undefined || head.payload === undefined) return undefined;
  const headers = exchangeOf(
    'BACKWARD',
    rootedIn(states.base, base, 'headers'),
    rootedIn(states.head, head, 'headers'),
    terms,
  );
  if (!holds(headers)) return undefined;
  const needed = stepsFor(versions, own);
  const steps = [{ ...needed, remove: [] }, needed].find((it) => isComplete(versions, it));
  return steps && written(base.version, steps);
}

/** What each change asks for; which of the removals are needed is tried. */
function stepsFor({ states, head }: Versions, changes: readonly Change[]): Steps {
  const of = (...codes: readonly string[]) =>
    changes.filter(({ code, field }) => codes.includes(code.slice('payload/'.length)) && isPath(field));
  return {
    move: of('property-renamed').map(({ field, to }) => ({ from: field, to: [...field.slice(0, -1), to] })),
    remove: of('property-removed', 'required-property-removed').map(({ field }) => field),
    default: of('required-property-added', 'property-made-required').flatMap(({ field }) => {
      const value = valueFor(states, head, field);
      return value === undefined ? [] : [{ path: field, value }];
    }),
  };
}

/** Whether a field stands at one place: not in a list, not in one branch of several. */
function isPath(field: readonly string[]): boolean {
  return field.every((part) => !/^[[(]/.test(part));
}

/** A value that a field may have: one that the schema names, else the plainest that there is. */
function valueFor(
  { head: workspace }: States,
  head: Message,
  path: readonly string[],
): JsonValue | undefined {
  if (head.payload === undefined) return undefined;
  for (const schema of fieldSchemas(workspace, head.payload, path)) {
    if (!isObject(schema)) continue;
    const [first] = Array.isArray(schema.enum) ? (schema.enum as readonly JsonValue[]) : [];
    const named = schema.default ?? schema.const ?? first;
    if (named !== undefined) return named;
  }
  // Not one of an example: pasted as it is, it would say of all old messages what only this one says.
  const sample = decideContainment(documentOf(rootedIn(workspace, head, 'payload')), false);
  return sample.kind === 'not-contained' ? valueAt(sample.witness, joinPointer(path)) : undefined;
}

/** Whether what the steps make of every old message is a valid new one. */
function isComplete({ states, base, head, terms }: Versions, steps: Steps): boolean {
  const { payload } = base;
  if (payload === undefined) return false;
  const knows = (path: readonly string[]) => fieldSchemas(states.base, payload, path).length > 0;
  const upcast: Upcast = { at: base.at, from: base.version, byFunction: false, ...steps };
  const image = imageOf(states.base, { $ref: payload }, reshapingOf(head, upcast, knows));
  if (image.gaps.length > 0) return false;
  const former = states.base.schemas[payload];
  if (!former) return false;
  const schemas = layered<Definition>(states.base.schemas);
  schemas[IMAGE] = { ...former, json: image.schema };
  const made: Rooted = { schemas, root: IMAGE };
  return holds(exchangeOf('BACKWARD', made, rootedIn(states.head, head, 'payload'), terms));
}

const IMAGE = 'image of an upcast';

function written(from: string, { move, remove, default: defaults }: Steps): SuggestedUpcast {
  const moves = move.map((it) => [joinPointer(it.from), joinPointer(it.to)] as const);
  const values = defaults.map(({ path, value }) => [joinPointer(path), value] as const);
  return {
    from,
    ...(moves.length > 0 && { move: Object.fromEntries(moves) }),
    ...(remove.length > 0 && { remove: remove.map(joinPointer) }),
    ...(values.length > 0 && { default: Object.fromEntries(values) }),
  };
}
