import { type Endpoint, endsOf, type Message, meetingOf, type Workspace } from '@chirograph/contract/model';
import type { Rooted } from '@chirograph/schema/combine';
import { ofTypesRead } from '../readers/of-type.ts';
import { decide, witnessCheckOf } from './decide.ts';
import type { Direction } from './direction.ts';
import { demandOn, type Policy, type Terms } from './policy.ts';
import { examplesOf, rootedIn } from './prove.ts';
import type { Witness } from './witness.ts';

/** Those at the other end of the wire, as the base has them. */
export interface Audience {
  /** Those who go by the very words that changed. */
  readonly shared: readonly Endpoint[];
  /** Those who have a contract of their own. */
  readonly own: readonly Endpoint[];
  /** Who sends to each of them, or receives from it. */
  readonly partners: ReadonlyMap<Endpoint, readonly Endpoint[]>;
}

/** FORWARD: the readers of a message. BACKWARD: its senders. Ends of one operation count once. */
export function audienceOf(workspace: Workspace, { id }: Message, direction: Direction): Audience {
  const meeting = meetingOf(workspace);
  const action = direction === 'FORWARD' ? 'send' : 'receive';
  const partners = new Map<Endpoint, Endpoint[]>();
  for (const end of endsOf(workspace, id)) {
    if (end.action !== action) continue;
    const others =
      direction === 'FORWARD'
        ? meeting.readersOf(end).map((it) => it.reader)
        : meeting.sendersOf(end).map((it) => it.sender);
    for (const it of others) partners.set(it, [...(partners.get(it) ?? []), end]);
  }
  const ends = [...partners.keys()];
  return {
    shared: ends.filter((it) => it.message.id === id),
    own: ends.filter((it) => it.message.id !== id),
    partners,
  };
}

/**
 * The readers of a message that its document only sends, BACKWARD: each has a contract of its own, and none goes by the new
 * one. Empty where somebody reads by the message itself, or nobody is known.
 */
export function readersApart(
  workspace: Workspace,
  { id }: Message,
  direction: Direction,
): readonly Endpoint[] {
  const ends = endsOf(workspace, id);
  if (direction === 'FORWARD' || ends.some((it) => it.action === 'receive')) return [];
  const meeting = meetingOf(workspace);
  return [...new Set(ends.flatMap((end) => meeting.readersOf(end).map((it) => it.reader)))];
}

/** What a change is to those who have a contract of their own. */
export interface Reach {
  readonly affected: readonly Endpoint[];
  readonly unaffected: readonly Endpoint[];
  /** Of whom nobody knows whether they could do with the old schema: it is in another language, say. */
  readonly unknown: readonly Endpoint[];
  readonly witness: Witness | undefined;
}

/**
 * Holds the new schema of one side against each contract of the other side. Who could not do with the old schema either is
 * not affected by the change.
 */
export function reachOf(
  workspace: Workspace,
  own: readonly Endpoint[],
  {
    part,
    direction,
    changed,
    before,
    after,
    policy,
    terms,
  }: {
    readonly part: 'payload' | 'headers';
    readonly direction: Direction;
    /** The message that changed, as the workspace has it. */
    readonly changed: Message;
    readonly before: Rooted;
    readonly after: Rooted;
    readonly policy: Policy;
    /** What is taken to be written under the schema that changed. */
    readonly terms: Terms;
  },
): Reach {
  const affected: Endpoint[] = [];
  const unaffected: Endpoint[] = [];
  const unknown: Endpoint[] = [];
  let witness: Witness | undefined;
  for (const ends of Map.groupBy(own, (it) => it.message.id).values()) {
    const { message } = ends[0]!;
    const theirs = rootedIn(workspace, message, part);
    const whole = (ours: Rooted) =>
      direction === 'FORWARD'
        ? { producer: ours, consumer: theirs, terms }
        : {
            producer: theirs,
            consumer: ours,
            terms: { ...terms, writers: demandOn(message, policy).writers ?? terms.writers },
          };
    const written = direction === 'FORWARD' ? changed : message;
    // Who reads some of the types that one message stands for could never take them all.
    const reader = direction === 'FORWARD' ? message : changed;
    const typed = (ours: Rooted) => {
      const exchange = whole(ours);
      const producer = ofTypesRead(exchange.producer, workspace, reader);
      return producer && { ...exchange, producer };
    };
    const former = part === 'headers' ? 'holds' : decide(whole(before)).kind;
    const isWhole = former === 'holds';
    const exchange = (ours: Rooted) => (isWhole ? whole(ours) : (typed(ours) ?? whole(ours)));
    const now = decide(exchange(after), witnessCheckOf(exchange(after), part, examplesOf(written, part)));
    if (now.kind === 'holds') unaffected.push(...ends);
    else if (isWhole || decide(exchange(before)).kind === 'holds') {
      affected.push(...ends);
      if (now.kind === 'breaks') witness ??= now.witness;
    } else if (former === 'undecided') unknown.push(...ends);
  }
  return { affected, unaffected, unknown, witness };
}
