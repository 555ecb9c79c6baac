/** A stream or topic, and the channels whose messages lie in it: the messages of one key keep their order within it. */
export interface Place {
  readonly name: string;
  /** Patterns of addresses: `*` is one word of any kind, `>` at the end one or more. Words lie between dots or slashes. */
  readonly subjects: readonly string[];
}

/** Which place an address belongs to: the first that has it. */
export interface Places {
  of(address: string): Place | undefined;
  /** All that may hold messages of a channel, which may be a template of addresses. */
  holding(channel: string): readonly Place[];
}

export function places(list: readonly Place[]): Places {
  const patterns = list.flatMap((place) =>
    place.subjects.map((subject) => ({ place, words: wordsOf(subject) })),
  );
  return {
    of(address) {
      const words = wordsOf(address);
      return patterns.find((it) => meet(it.words, words))?.place;
    },
    holding(channel) {
      const words = wordsOf(channel).map((word) => (/\{[^{}]+\}/.test(word) ? '*' : word));
      return [...new Set(patterns.filter((it) => meet(it.words, words)).map(({ place }) => place))];
    },
  };
}

function wordsOf(address: string): readonly string[] {
  return address.split(/[./]/).filter((word) => word !== '');
}

/** Whether some address is both of the pattern and of the words, in which `*` stands for any word. */
function meet(pattern: readonly string[], words: readonly string[]): boolean {
  for (const [index, wanted] of pattern.entries()) {
    const given = words[index];
    if (wanted === '>') return given !== undefined;
    if (given === undefined || (wanted !== '*' && given !== '*' && wanted !== given)) return false;
  }
  return words.length === pattern.length;
}
