import { aligned } from './decimal.ts';

/**
 * Whether a number is a whole number of units, counted in decimals (JSON Schema, validation, section 6.2.1): 19.99 is a
 * multiple of 0.01, as it is not in binary fractions.
 */
export function isMultipleOf(value: number, unit: number): boolean {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(unit)) return value % unit === 0;
  if (!Number.isFinite(value)) return false;
  const [digits, unitDigits] = aligned(value, unit);
  return digits % unitDigits === 0n;
}
