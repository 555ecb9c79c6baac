import { type Channel, isNeighbours, type NodeId, oncePer, type Workspace } from '@chirograph/contract/model';

/** The channel that a message's contract names: the first that carries it, of our own documents before those of neighbours. */
export function channelOf(workspace: Workspace, message: NodeId): Channel | undefined {
  return firstChannels(workspace).get(message);
}

const firstChannels = oncePer((workspace: Workspace) => {
  const rank = (it: Channel) => Number(isNeighbours(workspace, it));
  const channels = workspace.channels.toSorted((a, b) => rank(a) - rank(b));
  return new Map(channels.toReversed().flatMap((it) => it.messages.map((id) => [id, it] as const)));
});
