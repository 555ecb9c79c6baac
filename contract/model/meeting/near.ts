import type { NodeId } from '../location.ts';
import type { Message } from '../message.ts';
import type { Channel, Workspace } from '../workspace.ts';
import { addressOf } from './address.ts';
import { AddressIndex } from './address-index.ts';
import { endpointsOf } from './endpoint.ts';

/** What services could have to do with, whether or not they meet anybody over it. */
export interface Near {
  readonly channels: ReadonlySet<NodeId>;
  readonly messages: readonly Message[];
}

/**
 * The channels whose address can be one of those at which the services send or receive, and all messages that anybody
 * sends or receives there, replies to them among these.
 */
export function nearTo(workspace: Workspace, services: ReadonlySet<NodeId>): Near {
  const own = workspace.operations.filter((it) => services.has(it.service));
  const used = new Set(own.flatMap((it) => [it.channel, it.reply?.channel].filter((id) => id !== undefined)));
  const index = new AddressIndex<true>();
  for (const channel of workspace.channels) {
    const address = used.has(channel.id) ? addressOf(channel) : undefined;
    if (address) index.at(address, () => true);
  }
  const isNear = (channel: Channel): boolean => {
    const address = addressOf(channel);
    return used.has(channel.id) || (address !== undefined && index.overlapping(address).length > 0);
  };
  const channels = new Set(workspace.channels.filter(isNear).map((it) => it.id));
  for (const { channel, reply } of workspace.operations)
    if (channels.has(channel) && reply?.channel !== undefined) channels.add(reply.channel);
  const carried = new Set([
    ...workspace.channels.filter((it) => channels.has(it.id)).flatMap((it) => it.messages),
    ...endpointsOf(workspace)
      .filter((it) => services.has(it.service) || channels.has(it.operation.channel))
      .map((it) => it.message.id),
  ]);
  return { channels, messages: workspace.messages.filter((it) => carried.has(it.id)) };
}
