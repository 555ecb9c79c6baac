/** The codes by which we refuse, on purpose, what the official parser accepts. Their pages say so. */
export const STRICTER: ReadonlySet<string> = new Set([
  'message/example-invalid',
  // Errors only where an example is refused for them; the parser does not look into examples of AsyncAPI 3.
  'schema/required-unknown',
  'schema/unknown-keyword',
  'channel/parameter-unused',
  'schema/pattern-invalid',
  'schema/unsatisfiable',
  'schema/default-invalid',
  'schema/example-invalid',
  'reference/circular',
  'reference/expected',
  'reference/not-text',
]);

/** Mutants that the parser accepts only because it does not look: it leaves references to what they stand in alone. */
export const UNSEEN: ReadonlySet<string> = new Set(['refer elsewhere info/tags/1/$ref']);
