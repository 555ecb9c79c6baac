import type { Channel, NodeId, Service, Workspace } from '@chirograph/contract/model';
import { addressesOf, titleOf } from './addresses.ts';
import type { ChannelRecord, Link, ServerRecord } from './catalog.ts';
import { relationsOf } from './relations.ts';
import { channelRow, summaryOf, usersOf } from './rows.ts';
import { placeText, present, serversOf, writtenAt } from './written.ts';

/** All that the contracts say of a channel. */
export function channelRecord(workspace: Workspace, channel: Channel): ChannelRecord {
  const addresses = addressesOf(workspace);
  const relations = relationsOf(workspace);
  const row = channelRow(workspace, channel);
  return {
    id: row.id,
    title: row.title,
    address: channel.address,
    domain: addresses.domain(row.domain),
    ...present({ neighbour: row.neighbour }),
    ...present({ summary: channel.summary, description: channel.description?.trim() }),
    written: writtenAt(workspace, channel.at),
    parameters: channel.parameters.map(
      ({ name, description, values, default: preset, examples, location }) => ({
        name,
        ...present({ description, values, default: preset }),
        examples,
        ...present({ location: location && placeText(location) }),
      }),
    ),
    protocols: row.protocols,
    servers: distinctServers(usersOf(workspace, channel)),
    ...present({ bindings: channel.bindings }),
    messages: channel.messages.flatMap((id) => {
      const message = relations.message(id);
      if (!message) return [];
      const { name, version, kind } = message;
      return [
        {
          to: addresses.node(id)?.to ?? '',
          title: titleOf(message),
          name,
          version,
          kind,
          ...present({ summary: summaryOf(message) }),
          senders: usersOn(workspace, channel, id, 'send'),
          receivers: usersOn(workspace, channel, id, 'receive'),
        },
      ];
    }),
  };
}

/** The services that send or receive a message on a channel; replies to wherever a request says are not on it. */
function usersOn(
  workspace: Workspace,
  channel: Channel,
  message: NodeId,
  action: 'send' | 'receive',
): Link[] {
  const uses = relationsOf(workspace).usesOfChannel(channel.id, action);
  const services = new Set(uses.flatMap((it) => (it.message === message ? it.operation.service : [])));
  return [...services].sort().flatMap((it) => addressesOf(workspace).node(it) ?? []);
}

/** The brokers that services meet at, each once though each of them writes it down. */
function distinctServers(services: readonly Service[]): ServerRecord[] {
  const servers = services.flatMap(serversOf);
  return [...new Map(servers.map((it) => [`${it.protocol} ${it.address}`, it])).values()];
}
