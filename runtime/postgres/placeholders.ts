/** `$1::text[], $2::bytea[]`: arrays to be unnested side by side, a row for each place. */
export function columns(types: readonly string[]): string {
  return types.map((type, index) => `$${index + 1}::${type}[]`).join(', ');
}

/** `$1, $2, $3` */
export function placeholders(count: number): string {
  return Array.from({ length: count }, (_, index) => `$${index + 1}`).join(', ');
}
