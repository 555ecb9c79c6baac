import { aligned, decimalOf } from '../validation/decimal.ts';

/** How often a step goes into a number: a whole number where it does so exactly. */
export function stepsIn(value: number, step: number): number {
  const [digits, stepDigits] = aligned(value, step);
  return digits % stepDigits === 0n ? Number(digits / stepDigits) : Number(digits) / Number(stepDigits);
}

/** So many steps, without the dust of binary fractions: 3 steps of 0.1 are 0.3. */
export function ofSteps(count: number, step: number): number {
  const { digits, places } = decimalOf(step);
  return Number(`${BigInt(count) * digits}e-${places}`);
}
