/** What came of reading text that a person typed: the value, or a sentence that says what is wrong with it. */
export type Parsed<T> = { readonly value: T } | { readonly problem: string };
