import type { Escaped } from '../contract/unsent.ts';
import type { Validator } from '../contract/validator.ts';
import type { Violation } from '../contract/violation.ts';
import { violationsOf } from '../contract/violations-of.ts';
import type { Sampler } from './sampler.ts';

/** A value that differs from a valid message in one place, and is refused for it. */
export interface Neighbour {
  readonly value: unknown;
  /** For the title of a test: `/data/totalPoints: null`. */
  readonly name: string;
  /** JSON pointer to the place. */
  readonly pointer: string;
  /** What was done there. */
  readonly change: Change;
  /** What the contract says to it; at least one. */
  readonly violations: readonly Violation[];
}

export type Change =
  | 'removed'
  | 'added'
  | 'other type'
  | 'null'
  | 'emptied'
  | 'lengthened'
  | 'doubled'
  | 'other text'
  | 'too small'
  | 'too large'
  | 'a fraction';

/** Pointers into a message, as far as its type tells: `/data/totalPoints`. */
export type PointerInto<T, Depth extends readonly unknown[] = []> = Depth['length'] extends 5
  ? never
  : T extends readonly unknown[] | string | Date | Uint8Array
    ? never
    : T extends object
      ? {
          [K in keyof T & string]:
            | `/${Escaped<K>}`
            | `/${Escaped<K>}${PointerInto<NonNullable<T[K]>, readonly [...Depth, unknown]>}`;
        }[keyof T & string]
      : never;

/**
 * A neighbour of a valid message: one of its places is changed, in one of the ways in which messages go wrong.
 * @param at the place to change; any place without one
 * @returns undefined when no change that is known makes the message invalid there
 */
export function neighbourOf(
  valid: unknown,
  isValid: Validator<unknown>,
  sampler: Sampler,
  at?: string,
): Neighbour | undefined {
  const edits = editsOf(valid, '').filter(({ pointer }) => at === undefined || pointer === at);
  const start = edits.length === 0 ? 0 : sampler.integer(0, edits.length - 1);
  for (let i = 0; i < edits.length; i += 1) {
    const edit = edits[(start + i) % edits.length];
    if (edit && !isValid(edit.value)) {
      const violations = violationsOf(isValid.errors ?? [], edit.value);
      return { ...edit, name: `${edit.pointer || 'the message'}: ${edit.change}`, violations };
    }
  }
  return undefined;
}

type Edit = Pick<Neighbour, 'value' | 'pointer' | 'change'>;

/** Every way to change one place of a value, the value itself included. */
function editsOf(value: unknown, pointer: string): Edit[] {
  const here = waysToChange(value).map(([change, changed]) => ({ value: changed, pointer, change }));
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const inner = items
      .slice(0, 3)
      .flatMap((item, i) =>
        editsOf(item, `${pointer}/${i}`).map((it) => ({ ...it, value: items.with(i, it.value) })),
      );
    return [...here, ...inner];
  }
  if (!isRecord(value)) return here;
  const entries = Object.entries(value);
  const inner = entries.flatMap(([name, item]) => {
    const place = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const removed: Edit = {
      value: Object.fromEntries(entries.filter(([key]) => key !== name)),
      pointer: place,
      change: 'removed',
    };
    const changed = editsOf(item, place).map((it) => ({
      ...it,
      value: Object.fromEntries(entries.map(([key, own]) => [key, key === name ? it.value : own])),
    }));
    return [removed, ...changed];
  });
  return [...here, ...inner];
}

function waysToChange(value: unknown): (readonly [Change, unknown])[] {
  const other: readonly [Change, unknown] = ['other type', typeof value === 'string' ? 7 : 'seven'];
  const none: readonly [Change, unknown] = ['null', null];
  if (typeof value === 'string')
    return [other, none, ['emptied', ''], ['lengthened', `${value}${'!'.repeat(300)}`], ['other text', '?']];
  if (typeof value === 'number')
    return [other, none, ['too small', -1e15], ['too large', 1e15], ['a fraction', value + 0.123456789]];
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return [other, none, ['emptied', []], ['doubled', [...items, ...items]], ['added', [...items, {}]]];
  }
  if (value instanceof Uint8Array)
    return [other, none, ['emptied', new Uint8Array()], ['doubled', Uint8Array.from([...value, ...value])]];
  if (isRecord(value)) return [other, none, ['added', { ...value, unheardOf: true }]];
  return [other, none];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}
