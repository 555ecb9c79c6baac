/** A partition of a topic. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

export interface Candidate {
  readonly id: string;
  /** The topics that it reads. */
  readonly topics: readonly string[];
  /** What it has now, and gives back only when it is told to. */
  readonly owned: readonly TopicPartition[];
  /** When it last took part: of two who claim the same, the later one has it. */
  readonly generation: number;
  /** Partitions that hold what it does not know, and when it noticed: others come first. */
  readonly refused: readonly (TopicPartition & { readonly at: number })[];
}

/**
 * Shares partitions among the members of a group: everybody about as many, and as few changes as that takes. What changes hands is
 * nobody's at first: its owner settles what it has under way and says so by joining again; only then another gets it. So the others go on meanwhile
 * (as in Kafka's cooperative protocol, KIP-429).
 */
export function assign(
  members: readonly Candidate[],
  partitionsOf: ReadonlyMap<string, number>,
): ReadonlyMap<string, readonly TopicPartition[]> {
  const claims = claimsOf(members);
  const shares = new Map<string, Map<string, TopicPartition>>(members.map(({ id }) => [id, new Map()]));
  const eligible = new Map<string, readonly string[]>();
  for (const [topic, count] of [...partitionsOf].sort(([one], [other]) => (one < other ? -1 : 1)))
    for (let partition = 0; partition < count; partition++) {
      const it = { topic, partition };
      const willing = willingOf(members, it, claims.get(nameOf(it)));
      if (willing.length === 0) continue;
      eligible.set(nameOf(it), willing);
      const claim = claims.get(nameOf(it));
      if (claim !== undefined && willing.includes(claim)) shares.get(claim)?.set(nameOf(it), it);
    }
  const taken = new Set([...shares.values()].flatMap((share) => [...share.keys()]));
  for (const [name, willing] of eligible)
    if (!taken.has(name)) shares.get(leastOf(willing, shares))?.set(name, partitionNamed(name));
  balance(shares, eligible);
  return new Map(
    [...shares].map(([id, share]) => [
      id,
      [...share.values()].filter((it) => (claims.get(nameOf(it)) ?? id) === id),
    ]),
  );
}

/** Who has what. */
function claimsOf(members: readonly Candidate[]): ReadonlyMap<string, string> {
  const claims = new Map<string, { readonly id: string; readonly generation: number }>();
  for (const { id, owned, generation } of members)
    for (const it of owned) {
      const other = claims.get(nameOf(it));
      if (!other || other.generation < generation) claims.set(nameOf(it), { id, generation });
    }
  return new Map([...claims].map(([name, { id }]) => [name, id]));
}

/** Those who can be given a partition: who refuse it only when all do, and then the one that refused it first. */
function willingOf(
  members: readonly Candidate[],
  it: TopicPartition,
  owner: string | undefined,
): readonly string[] {
  const readers = members.filter(({ topics }) => topics.includes(it.topic));
  const refusals = new Map(
    readers.flatMap(({ id, refused }) => {
      const found = refused.find(({ topic, partition }) => topic === it.topic && partition === it.partition);
      return found ? [[id, found.at] as const] : [];
    }),
  );
  const willing = readers.filter(({ id }) => !refusals.has(id));
  if (willing.length > 0 || readers.length < 2)
    return (willing.length > 0 ? willing : readers).map(({ id }) => id);
  const [first] = [...refusals].sort(
    ([a, one], [b, other]) => one - other || (a === owner ? 1 : b === owner ? -1 : 0),
  );
  return first ? [first[0]] : [];
}

function leastOf(ids: readonly string[], shares: ReadonlyMap<string, ReadonlyMap<string, unknown>>): string {
  let least = ids[0] ?? '';
  for (const id of ids) if ((shares.get(id)?.size ?? 0) < (shares.get(least)?.size ?? 0)) least = id;
  return least;
}

/** Moves from who has most to who has least, one by one, until nobody has two more than another who could have it. */
function balance(
  shares: ReadonlyMap<string, Map<string, TopicPartition>>,
  eligible: ReadonlyMap<string, readonly string[]>,
): void {
  for (let moved = true; moved; ) {
    moved = false;
    for (const [from, share] of [...shares].sort(([, one], [, other]) => other.size - one.size))
      for (const [name, it] of [...share].reverse()) {
        const to = leastOf(eligible.get(name) ?? [], shares);
        if (to === from || share.size - (shares.get(to)?.size ?? 0) < 2) continue;
        share.delete(name);
        shares.get(to)?.set(name, it);
        moved = true;
      }
  }
}

export function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}

/** Topics have no slashes in their names. */
function partitionNamed(name: string): TopicPartition {
  const [topic = '', partition] = name.split('/');
  return { topic, partition: Number(partition) };
}
