import { compareVersions } from '../compare-versions.ts';
import type { Message } from '../message.ts';
import type { Workspace } from '../workspace.ts';
import { carriersOverlap } from './carriers-overlap.ts';
import type { Endpoint } from './endpoint.ts';
import { compareMarks, shapeOf, typeMarksOf } from './message-type.ts';
import { serversOverlap } from './servers-overlap.ts';

/** A sender and a reader that share the wire, and by what it is known that they mean one message. */
export interface Edge {
  readonly sender: Endpoint;
  readonly reader: Endpoint;
  /**
   * `reference`: both refer to one message. `name`: both write its name. `type`: fixed values of both payloads say so.
   * `key`: one has no name, and is filed under the other's. `channel`: nothing else on the channel can be meant.
   */
  readonly by: 'reference' | 'name' | 'type' | 'key' | 'channel';
}

/**
 * The pairs among the ends at two overlapping addresses.
 * @param isExact whether the addresses are equal; where they only overlap the channel alone proves nothing
 */
export function matchMessages(
  workspace: Workspace,
  senders: readonly Endpoint[],
  readers: readonly Endpoint[],
  isExact: boolean,
): Edge[] {
  const edges = new Map<string, Edge>();
  const numbers = new Map([...senders, ...readers].map((it, index) => [it, index]));
  const add = (sender: Endpoint, reader: Endpoint, by: Edge['by']) => {
    const key = `${numbers.get(sender)} ${numbers.get(reader)}`;
    if (!edges.has(key)) edges.set(key, { sender, reader, by });
  };
  const isMet = (sender: Endpoint, reader: Endpoint) =>
    edges.has(`${numbers.get(sender)} ${numbers.get(reader)}`);

  const byNode = Map.groupBy(readers, (it) => it.message.id);
  const byName = Map.groupBy(readers, (it) => it.message.name);
  const folded = Map.groupBy(readers, (it) => fold(it.message.key));
  const foldedNames = Map.groupBy(readers, (it) => fold(it.message.name));
  const unnamed = readers.filter((it) => isUnnamed(it.message));
  const marks = (it: Endpoint) => typeMarksOf(workspace, it.message);

  for (const sender of senders) {
    const { message } = sender;
    for (const reader of byNode.get(message.id) ?? []) {
      const isOneChannel = sender.channel?.id === reader.channel?.id;
      if (isOneChannel || shareBroker(sender, reader)) add(sender, reader, 'reference');
    }
    for (const reader of byName.get(message.name) ?? []) {
      if (isPlaced(message) || isPlaced(reader.message)) continue;
      const by = isUnnamed(message) || isUnnamed(reader.message) ? 'key' : 'name';
      if (by === 'key' && compareMarks(marks(sender), marks(reader)) === 'different') continue;
      if (shareBroker(sender, reader)) add(sender, reader, by);
    }
  }
  matchSpellings();
  const open = unnamed.length > 0 || senders.some((it) => isUnnamed(it.message));
  if (open) matchUnnamed();
  return withoutOtherVersions([...edges.values()]);

  /** Names that differ in nothing but their spelling are one, where neither side has the other's exact name. */
  function matchSpellings(): void {
    const pairs = [...edges.values()];
    const met = new Set(
      pairs.flatMap((it) => [
        `${numbers.get(it.sender)} ${it.reader.service}`,
        `${numbers.get(it.reader)} ${it.sender.service}`,
      ]),
    );
    for (const sender of senders) {
      if (isUnnamed(sender.message)) continue;
      for (const reader of foldedNames.get(fold(sender.message.name)) ?? []) {
        if (isUnnamed(reader.message) || isMet(sender, reader)) continue;
        if (met.has(`${numbers.get(sender)} ${reader.service}`)) continue;
        if (met.has(`${numbers.get(reader)} ${sender.service}`)) continue;
        if (compareMarks(marks(sender), marks(reader)) === 'different') continue;
        if (shareBroker(sender, reader)) add(sender, reader, 'name');
      }
    }
  }

  function matchUnnamed(): void {
    for (const sender of senders) {
      const others = isUnnamed(sender.message) ? readers : unnamed;
      const filed = new Set(
        [sender.message.key, sender.message.name].flatMap((it) => [
          ...(folded.get(fold(it)) ?? []),
          ...(foldedNames.get(fold(it)) ?? []),
        ]),
      );
      for (const reader of others) {
        if (isMet(sender, reader) || !shareBroker(sender, reader)) continue;
        const said = compareMarks(marks(sender), marks(reader));
        if (said === 'same') add(sender, reader, 'type');
        else if (
          said === undefined &&
          filed.has(reader) &&
          !isPlaced(sender.message) &&
          !isPlaced(reader.message)
        )
          add(sender, reader, 'key');
      }
    }
    if (isExact) matchRest();
  }

  /** By the channel alone: what neither side has found a partner for in the other's document. */
  function matchRest(): void {
    const pairs = [...edges.values()];
    const readBy = new Set(pairs.map((it) => `${numbers.get(it.sender)} ${it.reader.service}`));
    const sentBy = new Set(pairs.map((it) => `${numbers.get(it.reader)} ${it.sender.service}`));
    const left: [Endpoint, Endpoint][] = [];
    for (const sender of senders) {
      for (const reader of isUnnamed(sender.message) ? readers : unnamed) {
        // A document that means one message by both says so.
        if (sender.service === reader.service) continue;
        if (readBy.has(`${numbers.get(sender)} ${reader.service}`)) continue;
        if (sentBy.has(`${numbers.get(reader)} ${sender.service}`)) continue;
        if (compareMarks(marks(sender), marks(reader)) === 'different') continue;
        if (shareBroker(sender, reader)) left.push([sender, reader]);
      }
    }
    // Of several that a document could mean, those whose fields fit.
    const choices = Map.groupBy(left, ([sender, reader]) => `${sender.service} ${reader.service}`);
    for (const choice of choices.values()) {
      const fitting =
        choice.length > 1 ? choice.filter(([sender, reader]) => fits(workspace, sender, reader)) : choice;
      for (const [sender, reader] of fitting.length > 0 ? fitting : choice) add(sender, reader, 'channel');
    }
  }
}

/** Whether two may be connected to one broker, and there to one place of their address. */
function shareBroker(sender: Endpoint, reader: Endpoint): boolean {
  return serversOverlap(sender.servers, reader.servers) && carriersOverlap(sender.channel, reader.channel);
}

/** Whether all that a reader requires is named by the sender. */
function fits(workspace: Workspace, sender: Endpoint, reader: Endpoint): boolean {
  const [sent, read] = [shapeOf(workspace, sender.message), shapeOf(workspace, reader.message)];
  return !sent || !read || [...read.required].every((it) => sent.names.has(it));
}

/**
 * Leaves out pairs of two versions where a side has the other's version too: there each version meets its like. A version
 * that is not written may be any.
 */
function withoutOtherVersions(edges: readonly Edge[]): Edge[] {
  const isAlike = ({ sender, reader }: Edge) => versionsMeet(sender.message, reader.message);
  if (edges.every(isAlike)) return [...edges];
  const place = (it: Endpoint, other: Endpoint) => `${it.message.name} ${it.service} ${other.service}`;
  const alike = edges.filter(isAlike);
  const met = new Set(
    alike.flatMap(({ sender, reader }) => [
      `send ${sender.message.id} ${reader.service}`,
      `receive ${reader.message.id} ${sender.service}`,
    ]),
  );
  const rest = edges.filter(
    (it) =>
      !isAlike(it) &&
      it.by !== 'reference' &&
      !met.has(`send ${it.sender.message.id} ${it.reader.service}`) &&
      !met.has(`receive ${it.reader.message.id} ${it.sender.service}`),
  );
  const newest = (group: readonly Edge[]): readonly Edge[] => {
    const last = (of: (it: Edge) => Message) =>
      group
        .map((it) => of(it).version)
        .toSorted(compareVersions)
        .at(-1);
    const [sent, read] = [last((it) => it.sender.message), last((it) => it.reader.message)];
    return group.filter((it) => it.sender.message.version === sent && it.reader.message.version === read);
  };
  const groups = Map.groupBy(rest, ({ sender, reader }) => place(sender, reader));
  return [...alike, ...[...groups.values()].flatMap(newest)];
}

/** Whether two messages of one name may be of one version. */
export function versionsMeet(a: Message, b: Message): boolean {
  const [one, other] = [a.contract.version, b.contract.version];
  return a.id === b.id || one === undefined || other === undefined || one === other;
}

/** Whether no name is written: what stands for it is the message's key. */
export function isUnnamed({ naming }: Message): boolean {
  return naming !== undefined;
}

/** Whether not even a key is written: what stands for the name tells only where the message is. */
export function isPlaced({ naming }: Message): boolean {
  return naming === 'place';
}

/** A name as people compare it: `order.placed`, `order_placed` and `OrderPlaced` are one. One of signs alone is like no other. */
function fold(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '') || name;
}
