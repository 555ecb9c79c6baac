import type { NodeId } from '../location.ts';
import type { Message } from '../message.ts';
import { oncePer } from '../once-per.ts';
import type { Channel, Operation, Server, Workspace } from '../workspace.ts';

/** One end of the wire: a service that sends or receives a message on a channel. */
export interface Endpoint {
  readonly service: NodeId;
  readonly operation: Operation;
  readonly action: Operation['action'];
  readonly message: Message;
  /** Undefined where a reply goes to wherever the request says. */
  readonly channel: Channel | undefined;
  /** It is the answer to what the operation receives, or is answered to what it sends. */
  readonly isReply: boolean;
  /** The brokers that it may be connected to; none named: any. */
  readonly servers: readonly Server[];
}

/** All ends, in the order of the operations. */
export const endpointsOf = oncePer((workspace: Workspace): readonly Endpoint[] => {
  const messages = new Map(workspace.messages.map((it) => [it.id, it]));
  const channels = new Map(workspace.channels.map((it) => [it.id, it]));
  const serversOf = serverFinder(workspace);
  return workspace.operations.flatMap((operation) => {
    const { service, action, reply } = operation;
    const ends = (
      ids: readonly NodeId[],
      channelId: NodeId | undefined,
      way: Operation['action'],
      isReply: boolean,
    ) => {
      const channel = channelId === undefined ? undefined : channels.get(channelId);
      const servers = serversOf(service, channel);
      return ids.flatMap((id): Endpoint[] => {
        const message = messages.get(id);
        return message ? [{ service, operation, action: way, message, channel, isReply, servers }] : [];
      });
    };
    return [
      ...ends(operation.messages, operation.channel, action, false),
      ...(reply ? ends(reply.messages, reply.channel, action === 'send' ? 'receive' : 'send', true) : []),
    ];
  });
});

/** The ends of one message, as one node describes it. */
export function endsOf(workspace: Workspace, message: NodeId): readonly Endpoint[] {
  return endsByMessage(workspace).get(message) ?? [];
}

const endsByMessage = oncePer((workspace: Workspace) =>
  Map.groupBy(endpointsOf(workspace), (it) => it.message.id),
);

/** The servers of a channel, else those of the service, else those of the document that the channel is written in. */
function serverFinder({ services }: Workspace) {
  const byId = new Map(
    services.flatMap((it) => it.servers).map((it) => [`${it.at.file}#${it.at.pointer}`, it]),
  );
  const byFile = new Map(services.map((it) => [it.at.file, it.servers]));
  const byService = new Map(services.map((it) => [it.id, it.servers]));
  const known = new Map<string, readonly Server[]>();
  return (service: NodeId, channel: Channel | undefined): readonly Server[] => {
    const key = `${service} ${channel?.id}`;
    const found = known.get(key);
    if (found) return found;
    const chosen = channel?.servers?.flatMap((id) => byId.get(id) ?? []) ?? [];
    const own = byService.get(service) ?? [];
    const servers =
      chosen.length > 0 ? chosen : own.length > 0 ? own : (byFile.get(channel?.at.file ?? '') ?? []);
    known.set(key, servers);
    return servers;
  };
}
