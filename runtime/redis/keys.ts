/** The names of all that a broker keeps in Redis. */
export interface Keys {
  /** How many partitions there are, for all who use the prefix. */
  readonly partitions: string;
  stream(place: string, partition: number): string;
  /** Who owns which partition of a stream for a group. */
  leases(place: string, group: string): string;
  /** All channels that any member of a group has ever asked for. */
  channels(group: string): string;
  /** A stream of no content: what is added to it wakes all members of a group. */
  wakeAll(group: string): string;
  /** The same for one of them. */
  wake(member: string): string;
}

export function keysUnder(prefix: string): Keys {
  return {
    partitions: `${prefix}:partitions`,
    stream: (place, partition) => `${prefix}:stream:${place}:${partition}`,
    leases: (place, group) => `${prefix}:group:${group}:leases:${place}`,
    channels: (group) => `${prefix}:group:${group}:channels`,
    wakeAll: (group) => `${prefix}:group:${group}:wake`,
    wake: (member) => `${prefix}:member:${member}`,
  };
}
