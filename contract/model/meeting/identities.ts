import type { NodeId } from '../location.ts';
import type { Message } from '../message.ts';
import { oncePer } from '../once-per.ts';
import type { Workspace } from '../workspace.ts';
import { addressOf } from './address.ts';
import { carriersOverlap } from './carriers-overlap.ts';
import { endpointsOf } from './endpoint.ts';
import { isPlaced, versionsMeet } from './match-messages.ts';
import { meetingOf } from './meeting.ts';
import { serversOverlap } from './servers-overlap.ts';

/** One message in one version, as all documents have it. */
export interface MessageIdentity {
  /** The node that stands for all: the sender's, where there is one. */
  readonly message: Message;
  /** The nodes by which documents describe it, the one that stands for all first. */
  readonly views: readonly Message[];
}

/** Every message of the workspace once, in the order of the nodes that stand for them. */
export const identitiesOf = oncePer((workspace: Workspace): readonly MessageIdentity[] => [
  ...new Set(byNode(workspace).values()),
]);

/** The identity that a node is a view of. */
export function identityOf(workspace: Workspace, message: NodeId): MessageIdentity | undefined {
  return byNode(workspace).get(message);
}

const byNode = oncePer((workspace: Workspace): ReadonlyMap<NodeId, MessageIdentity> => {
  const groups = new Groups();
  for (const { one, other } of alike(workspace)) groups.join(one, other);
  const sent = new Set(endpointsOf(workspace).flatMap((it) => (it.action === 'send' ? [it.message.id] : [])));
  const found = new Map<NodeId, MessageIdentity>();
  for (const views of Map.groupBy(workspace.messages, ({ id }) => groups.of(id)).values()) {
    const main = views.find(({ id }) => sent.has(id)) ?? views[0]!;
    const identity = { message: main, views: [main, ...views.filter((it) => it !== main)] };
    for (const { id } of views) found.set(id, identity);
  }
  return found;
});

interface Pair {
  readonly one: NodeId;
  readonly other: NodeId;
}

/** Nodes that mean one message in one version: of one name at one address, or met where no other can be meant. */
function* alike(workspace: Workspace): Iterable<Pair> {
  yield* ofOneName(workspace);
  const edges = meetingOf(workspace).edges.filter(
    ({ sender, reader }) =>
      sender.message.id !== reader.message.id && versionsMeet(sender.message, reader.message),
  );
  const partners = new Map<NodeId, Set<string>>();
  const note = (id: NodeId, { name, version }: Message) =>
    partners.set(id, (partners.get(id) ?? new Set()).add(`${name} ${version}`));
  for (const { sender, reader } of edges) {
    note(sender.message.id, reader.message);
    note(reader.message.id, sender.message);
  }
  const isSure = (id: NodeId) => partners.get(id)?.size === 1;
  for (const { sender, reader } of edges) {
    const [one, other] = [sender.message, reader.message];
    const isOneVersion = one.name === other.name && one.version === other.version && !isPlaced(one);
    if (isOneVersion || (isSure(one.id) && isSure(other.id))) yield { one: one.id, other: other.id };
  }
}

/** Nodes of one name and version on channels of one address, whether or not anybody has an operation there. */
function* ofOneName(workspace: Workspace): Iterable<Pair> {
  const servers = new Map(
    endpointsOf(workspace).map((it) => [`${it.channel?.id} ${it.message.id}`, it.servers]),
  );
  const messages = new Map(workspace.messages.map((it) => [it.id, it]));
  const places = workspace.channels.flatMap((channel) => {
    const address = addressOf(channel)?.text ?? channel.id;
    return channel.messages.flatMap((id) => {
      const message = messages.get(id);
      if (!message || isPlaced(message)) return [];
      const key = `${address} ${message.name} ${message.version}`;
      return [{ key, id, channel, servers: servers.get(`${channel.id} ${id}`) ?? [] }];
    });
  });
  for (const [first, ...others] of Map.groupBy(places, (it) => it.key).values()) {
    for (const it of others) {
      if (first && serversOverlap(first.servers, it.servers) && carriersOverlap(first.channel, it.channel))
        yield { one: first.id, other: it.id };
    }
  }
}

/** Sets that grow together. */
class Groups {
  readonly #parents = new Map<NodeId, NodeId>();

  of(id: NodeId): NodeId {
    let root = id;
    for (let up = this.#parents.get(root); up !== undefined; up = this.#parents.get(root)) root = up;
    for (let here = id; here !== root; ) {
      const up = this.#parents.get(here) ?? root;
      this.#parents.set(here, root);
      here = up;
    }
    return root;
  }

  join(one: NodeId, other: NodeId): void {
    const [a, b] = [this.of(one), this.of(other)];
    if (a !== b) this.#parents.set(b, a);
  }
}
