import type { SchemaObject } from '../keywords/schema.ts';

/**
 * The numbers to sample from, both ends included: within the schema's bounds, and where it sets none small enough to be
 * read: a handful of things, else up to a thousand.
 * @param name of the property
 * @param step the least difference of two numbers
 */
export function numberRange(
  schema: SchemaObject,
  name: string,
  step: number,
): { readonly min: number; readonly max: number } {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const lowest = Math.max(
    typeof minimum === 'number' ? minimum : Number.NEGATIVE_INFINITY,
    typeof exclusiveMinimum === 'number' ? exclusiveMinimum + step : Number.NEGATIVE_INFINITY,
  );
  const highest = Math.min(
    typeof maximum === 'number' ? maximum : Number.POSITIVE_INFINITY,
    typeof exclusiveMaximum === 'number' ? exclusiveMaximum - step : Number.POSITIVE_INFINITY,
  );
  const few = FEW.test(name);
  const least = few ? 1 : 0;
  const min = Number.isFinite(lowest) ? lowest : Math.min(least, highest);
  const usual = few ? 5 : 1000;
  if (!Number.isFinite(highest)) return { min, max: Math.max(usual, min + usual) };
  // Of a handful nobody expects as many as are just about allowed.
  return { min, max: few ? Math.min(highest, Math.max(min, 0) + usual) : highest };
}

const FEW = /(quantity|count|copies|seats|depth|attempts|items|level|position)$/i;
