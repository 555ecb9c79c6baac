/**
 * A number that follows from the run's seed and from what it is for, so that no decision depends on the order in which
 * things happen (FNV-1a, 32 bits).
 */
export function seedFor(seed: number, ...parts: readonly string[]): number {
  let state = 0x811c9dc5 ^ seed;
  const text = parts.join('\n');
  for (let i = 0; i < text.length; i += 1) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  // FNV leaves the last characters in the low bits; numbered neighbours should not be neighbours.
  state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
  return (state ^ (state >>> 12)) >>> 0;
}
