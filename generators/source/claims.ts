/** Names that are given once. */
export class Claims {
  readonly #taken: Set<string>;

  constructor(reserved: Iterable<string> = []) {
    this.#taken = new Set(reserved);
  }

  /** The first candidate that is free; else the last one, numbered. */
  claim(candidates: readonly string[], separator = ''): string {
    let name = candidates.find((it) => !this.#taken.has(it));
    for (let n = 2; name === undefined; n += 1) {
      const numbered = `${candidates.at(-1)}${separator}${n}`;
      if (!this.#taken.has(numbered)) name = numbered;
    }
    this.#taken.add(name);
    return name;
  }
}
