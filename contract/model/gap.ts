/** Why a value of one schema need not be a value of another. */
export interface Gap {
  /** Where in the payload. */
  readonly path: readonly string[];
  /** What may be there, as the rest of a sentence: `may be missing`. */
  readonly why: string;
}
