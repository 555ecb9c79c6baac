import {
  addressOf,
  type Channel,
  carriersOverlap,
  endpointsOf,
  identitiesOf,
  type Message,
  type NodeId,
  type Operation,
  oncePer,
  type Server,
  serversOverlap,
  type Workspace,
} from '@chirograph/contract/model';

/**
 * The workspace as those see it who look something up: a message that several documents describe, each in its own words,
 * is one message, and a channel that several describe is one channel. What stays is the sender's description, since that
 * is what travels. A workspace in which documents refer to one another instead of copying stays as it is.
 */
export const joined = oncePer((workspace: Workspace): Workspace => {
  const messages = new Map<NodeId, Message>();
  for (const { message, views } of identitiesOf(workspace))
    for (const { id } of views) messages.set(id, message);
  const channels = channelsOf(workspace);
  const isWhole =
    workspace.messages.every((it) => messages.get(it.id) === it) &&
    workspace.channels.every((it) => channels.get(it.id) === it.id);
  if (isWhole) return workspace;

  const message = (id: NodeId) => messages.get(id)?.id ?? id;
  const channel = (id: NodeId) => channels.get(id) ?? id;
  const once = (ids: readonly NodeId[]) => [...new Set(ids.map(message))];
  const sharing = Map.groupBy(workspace.channels, ({ id }) => channel(id));
  const whole: Workspace = {
    ...workspace,
    messages: workspace.messages.filter((it) => message(it.id) === it.id),
    channels: workspace.channels
      .filter((it) => channel(it.id) === it.id)
      .map((it) => ({ ...it, messages: once(sharing.get(it.id)?.flatMap((one) => one.messages) ?? []) })),
    operations: workspace.operations.map(({ reply, ...it }) => ({
      ...it,
      channel: channel(it.channel),
      messages: once(it.messages),
      ...(reply && {
        reply: {
          ...reply,
          messages: once(reply.messages),
          ...(reply.channel !== undefined && { channel: channel(reply.channel) }),
        },
      }),
    })),
  };
  joins.set(whole, { views: viewsOf(workspace, message), standsFor: (id) => message(channel(id)) });
  return whole;
});

/** What was joined into a workspace that `joined` made. */
interface Join {
  /** By operation and message. */
  readonly views: ReadonlyMap<string, Message>;
  readonly standsFor: (id: NodeId) => NodeId;
}

const joins = new WeakMap<Workspace, Join>();

/** The message or channel that stands for one of the contracts'; for all else itself. */
export function standsFor(workspace: Workspace, id: NodeId): NodeId {
  return joins.get(workspace)?.standsFor(id) ?? id;
}

/**
 * The message as the document of an operation describes it, where that is another description than the one that stands
 * for all: its own copy, or only what it needs.
 */
export function ownView(workspace: Workspace, operation: Operation, message: NodeId): Message | undefined {
  return joins.get(workspace)?.views.get(`${operation.id} ${message}`);
}

function viewsOf(workspace: Workspace, main: (id: NodeId) => NodeId): Map<string, Message> {
  const found = new Map<string, Message>();
  for (const { operation, message } of endpointsOf(workspace)) {
    const id = main(message.id);
    if (id !== message.id) found.set(`${operation.id} ${id}`, message);
  }
  return found;
}

/** For each channel the one that stands for it: of those at one address of one broker the first that is sent to. */
function channelsOf(workspace: Workspace): Map<NodeId, NodeId> {
  const servers = new Map<NodeId, Server[]>();
  const sentTo = new Set<NodeId>();
  for (const { channel, action, servers: own } of endpointsOf(workspace)) {
    if (!channel) continue;
    servers.set(channel.id, [...(servers.get(channel.id) ?? []), ...own]);
    if (action === 'send') sentTo.add(channel.id);
  }
  const found = new Map<NodeId, NodeId>();
  const addresses = Map.groupBy(workspace.channels, (it) => addressOf(it)?.text ?? it.id);
  for (const at of addresses.values()) {
    const brokers: Channel[][] = [];
    for (const channel of at) {
      const own = servers.get(channel.id) ?? [];
      const same = brokers.find((it) =>
        it.every(
          (other) => serversOverlap(servers.get(other.id) ?? [], own) && carriersOverlap(other, channel),
        ),
      );
      if (same) same.push(channel);
      else brokers.push([channel]);
    }
    for (const same of brokers) {
      const main = same.find(({ id }) => sentTo.has(id)) ?? same[0];
      for (const { id } of same) found.set(id, main?.id ?? id);
    }
  }
  return found;
}
