import { type SchemaPart, valuesOf } from '@chirograph/schema/combine';
import type { Aspect, Remark, What } from './aspect.ts';

/** A bound of a number or of a size: the keywords that set it, and what its changes are called. */
interface Bound {
  readonly side: 'lower' | 'upper';
  readonly keyword: string;
  readonly exclusive?: string;
  readonly name: string;
  readonly raised: What;
  readonly lowered: What;
}

const BOUNDS: readonly Bound[] = [
  {
    side: 'lower',
    keyword: 'minimum',
    exclusive: 'exclusiveMinimum',
    name: 'minimum',
    raised: 'minimum-raised',
    lowered: 'minimum-lowered',
  },
  {
    side: 'upper',
    keyword: 'maximum',
    exclusive: 'exclusiveMaximum',
    name: 'maximum',
    raised: 'maximum-raised',
    lowered: 'maximum-lowered',
  },
  size('lower', 'minLength', 'min-length'),
  size('upper', 'maxLength', 'max-length'),
  size('lower', 'minItems', 'min-items'),
  size('upper', 'maxItems', 'max-items'),
  size('lower', 'minProperties', 'min-properties'),
  size('upper', 'maxProperties', 'max-properties'),
];

/** A bound of a size, whose lower end is 0 where nothing is said. */
function size<
  Name extends 'min-length' | 'max-length' | 'min-items' | 'max-items' | 'min-properties' | 'max-properties',
>(side: Bound['side'], keyword: string, name: Name): Bound {
  return { side, keyword, name: keyword, raised: `${name}-raised`, lowered: `${name}-lowered` };
}

/** How large numbers, texts, lists and objects may be. */
export const bounds: Aspect = ({ base, head }) =>
  BOUNDS.flatMap((bound) => {
    const [before, after] = [limitOf(base, bound), limitOf(head, bound)];
    const order = compareLimits(before, after, bound.side);
    if (order === 0) return [];
    const keywords = [bound.keyword, ...(bound.exclusive ? [bound.exclusive] : [])];
    const [from, to] = [limitText(before, bound), limitText(after, bound)];
    return [{ what: order < 0 ? bound.raised : bound.lowered, keywords, from, to }];
  });

/** The steps that numbers take. */
export const multiples: Aspect = ({ base, head }) => {
  const [before, after] = [stepsOf(base), stepsOf(head)];
  if (before.join() === after.join()) return [];
  const text = (steps: readonly number[]) =>
    steps.length === 0 ? 'no step' : `multiples of ${steps.join(' and ')}`;
  const remark: Omit<Remark, 'what'> = { keywords: ['multipleOf'], from: text(before), to: text(after) };
  if (after.every((step) => before.some((it) => isMultiple(it, step))))
    return [{ ...remark, what: 'multiple-loosened' }];
  if (before.every((step) => after.some((it) => isMultiple(it, step))))
    return [{ ...remark, what: 'multiple-tightened' }];
  return [{ ...remark, what: 'multiple-changed' }];
};

interface Limit {
  readonly value: number;
  readonly exclusive: boolean;
}

function limitOf(conjuncts: readonly SchemaPart[], bound: Bound): Limit | undefined {
  const limits = [
    ...numbersOf(conjuncts, bound.keyword).map((value) => ({ value, exclusive: false })),
    ...(bound.exclusive ? numbersOf(conjuncts, bound.exclusive) : []).map((value) => ({
      value,
      exclusive: true,
    })),
  ];
  const sorted = limits.sort((a, b) => compareLimits(a, b, bound.side));
  return bound.side === 'lower' ? sorted.at(-1) : sorted[0];
}

/** Negative where the first is the lower one. No limit is lower than any lower bound and higher than any upper one. */
function compareLimits(a: Limit | undefined, b: Limit | undefined, side: Bound['side']): number {
  const outside = side === 'lower' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const [x, y] = [a?.value ?? outside, b?.value ?? outside];
  if (x !== y) return x < y ? -1 : 1;
  const inward = side === 'lower' ? 1 : -1;
  return (Number(a?.exclusive ?? false) - Number(b?.exclusive ?? false)) * inward;
}

function limitText(limit: Limit | undefined, { name, side }: Bound): string {
  if (limit === undefined) return `no ${name}`;
  if (!limit.exclusive) return `${name} ${limit.value}`;
  return `${side === 'lower' ? 'more than' : 'less than'} ${limit.value}`;
}

function stepsOf(conjuncts: readonly SchemaPart[]): number[] {
  return numbersOf(conjuncts, 'multipleOf').sort((a, b) => a - b);
}

function numbersOf(conjuncts: readonly SchemaPart[], keyword: string): number[] {
  return valuesOf(conjuncts, keyword).filter((it) => typeof it === 'number');
}

/** Close enough for a name; what is safe is not decided here. */
function isMultiple(value: number, step: number): boolean {
  const quotient = value / step;
  return Math.abs(quotient - Math.round(quotient)) < 1e-9;
}
