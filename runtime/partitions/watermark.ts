/**
 * Turns settlements in any order into one place that moves forward: for brokers that acknowledge by "everything up to here"
 * (Kafka's offsets). What lies before the place is settled without a gap.
 */
export interface Watermark<Position> {
  /** To be called in the broker's order. Answers with what is to be called once, when it is settled. */
  open(position: Position): () => void;
  /** How many are open or wait for one before them. */
  readonly size: number;
  /** What is settled and waits for one before it, in order. */
  ahead(): readonly Position[];
}

/** `onAdvance` is told the last position up to which all is settled. */
export function watermark<Position>(onAdvance: (position: Position) => void): Watermark<Position> {
  const entries: { readonly position: Position; settled: boolean }[] = [];
  let first = 0;
  let settledAhead = 0;

  function advance(): void {
    let last: { readonly position: Position } | undefined;
    for (let entry = entries[first]; entry?.settled; entry = entries[first]) {
      last = entry;
      first += 1;
      settledAhead -= 1;
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
        if (entry.settled) return;
        entry.settled = true;
        settledAhead += 1;
        if (entries[first] === entry) advance();
      };
    },
    get size() {
      return entries.length - first;
    },
    ahead() {
      if (settledAhead === 0) return [];
      const found: Position[] = [];
      for (let index = first; index < entries.length; index++) {
        const entry = entries[index];
        if (entry?.settled) found.push(entry.position);
      }
      return found;
    },
  };
}
