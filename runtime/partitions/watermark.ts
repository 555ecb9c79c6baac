/**
 * Turns settlements in any order into one place that moves forward: for brokers that acknowledge by "everything up to here"
 * (Kafka's offsets). What lies before the place is settled without a gap.
 */
export interface Watermark<Position> {
  /** To be called in the broker's order. Answers with what is to be called once, when it is settled. */
  open(position: Position): () => void;
  /** How many are open or wait for one before them. */
  readonly size: number;
}

/** `onAdvance` is told the last position up to which all is settled. */
export function watermark<Position>(onAdvance: (position: Position) => void): Watermark<Position> {
  const entries: { readonly position: Position; settled: boolean }[] = [];
  let first = 0;

  function advance(): void {
    let last: { readonly position: Position } | undefined;
    for (let entry = entries[first]; entry?.settled; entry = entries[first]) {
      last = entry;
      first += 1;
    }
    // Shifting one by one would cost the whole length each time.
    if (first > 1_024 || first === entries.length) {
      entries.splice(0, first);
      first = 0;
    }
    if (last) onAdvance(last.position);
  }

  return {
    open(position) {
      const entry = { position, settled: false };
      entries.push(entry);
      return () => {
        entry.settled = true;
        if (entries[first] === entry) advance();
      };
    },
    get size() {
      return entries.length - first;
    },
  };
}
