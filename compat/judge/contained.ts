import type { JsonSchema } from '@chirograph/schema';
import { type Containment, decideContainment, type Formats } from '@chirograph/schema/containment';

/** So many characters two schemas may have together, with all that they refer to: it takes half a second or so to decide them. */
const LARGEST = 600_000;

/** Decides whether one schema contains another; those that would take too long, or too much memory, are left undecided. */
export function contained(sub: JsonSchema, sup: JsonSchema, formats: Formats): Containment {
  return tooLarge(sub, sup) ?? decideContainment(sub, sup, { formats });
}

/** Why two schemas are not decided; undefined where they are. */
export function tooLarge(
  sub: JsonSchema,
  sup: JsonSchema,
): Extract<Containment, { kind: 'undecided' }> | undefined {
  const size = sizeOf(sub) + sizeOf(sup);
  if (size <= LARGEST) return undefined;
  const [own, most] = [size, LARGEST].map((it) => `${(it / 1e6).toFixed(1)} MB`);
  return { kind: 'undecided', reason: `the two schemas have ${own}, and at most ${most} are compared` };
}

/** Characters of a schema as a document of its own. */
export function sizeOf(schema: JsonSchema): number {
  return JSON.stringify(schema).length;
}
