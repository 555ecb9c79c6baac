import { type Channel, type NodeId, oncePer, type Workspace } from '@chirograph/contract/model';

/** The channel that a message's contract names: the first that carries it. */
export function channelOf(workspace: Workspace, message: NodeId): Channel | undefined {
  return firstChannels(workspace).get(message);
}

const firstChannels = oncePer(
  (workspace: Workspace) =>
    new Map(workspace.channels.toReversed().flatMap((it) => it.messages.map((id) => [id, it] as const))),
);
