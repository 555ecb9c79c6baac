import type { JsonValue } from '@chirograph/schema';
import { type SchemaPart, valuesOf } from '@chirograph/schema/combine';
import { type Aspect, either, type Pair } from './aspect.ts';

/** JSON Schema's types; an integer is a number, so `number` stands for those that are no integers. */
const TYPES = ['string', 'integer', 'number', 'boolean', 'object', 'array', 'null'] as const;

type Type = (typeof TYPES)[number];

/** What types a field may have. */
export const types: Aspect = ({ base, head }) => {
  const [before, after] = [typesOf(base), typesOf(head)];
  const gained = TYPES.filter((it) => after.has(it) && !before.has(it));
  const lost = TYPES.filter((it) => before.has(it) && !after.has(it));
  if (gained.length === 0 && lost.length === 0) return [];
  const remark = { keywords: ['type'], from: typeText(before), to: typeText(after) };
  if (lost.length === 0) {
    return [{ ...remark, what: gained.join() === 'null' ? 'null-allowed' : 'type-widened' }];
  }
  if (gained.length === 0)
    return [{ ...remark, what: lost.join() === 'null' ? 'null-refused' : 'type-narrowed' }];
  return [{ ...remark, what: 'type-changed' }];
};

/** Whether no type is allowed on both sides. */
export function areDisjoint({ base, head }: Pair): boolean {
  const after = typesOf(head);
  return [...typesOf(base)].every((it) => !after.has(it));
}

/** The types that all `type` keywords allow together. */
function typesOf(conjuncts: readonly SchemaPart[]): ReadonlySet<Type> {
  let allowed: readonly Type[] = TYPES;
  for (const value of valuesOf(conjuncts, 'type')) {
    const named = new Set<JsonValue>(Array.isArray(value) ? value : [value]);
    if (named.has('number')) named.add('integer');
    allowed = allowed.filter((it) => named.has(it));
  }
  return new Set(allowed);
}

function typeText(types: ReadonlySet<Type>): string {
  if (types.size === TYPES.length) return 'anything';
  if (types.size === 0) return 'nothing';
  return either(TYPES.filter((it) => types.has(it) && !(it === 'integer' && types.has('number'))));
}
