import {
  type Channel,
  type Flow,
  type Message,
  oncePer,
  type Service,
  versionsOf,
  type Workspace,
} from '@chirograph/contract/model';
import { addressesOf, channelDomains, titleOf } from './addresses.ts';
import type {
  ChannelRow,
  Deprecated,
  DomainRow,
  FlowRow,
  MessageRow,
  OwnerRow,
  ServiceRow,
} from './catalog.ts';
import { markedTitle, neighbourOf } from './catalogued.ts';
import { personalDataOf } from './personal-data.ts';
import { relationsOf, type Use } from './relations.ts';
import { firstParagraph, present } from './written.ts';

// One row a thing: what lists show.

export function domainRow(workspace: Workspace, name: string): DomainRow {
  const relations = relationsOf(workspace);
  const services = relations.servicesOfDomain(name);
  return {
    id: addressesOf(workspace).domain(name).to,
    name,
    title: addressesOf(workspace).domain(name).title,
    ...present({ neighbour: workspace.domains.find((it) => it.name === name)?.neighbour }),
    services: services.length,
    messages: new Set(relations.messagesOfDomain(name).map((it) => it.name)).size,
    flows: workspace.flows.filter((it) => it.domain === name).length,
    owners: [...new Set(services.flatMap((it) => it.owner ?? []))].sort(),
  };
}

export function serviceRow(workspace: Workspace, service: Service): ServiceRow {
  const relations = relationsOf(workspace);
  const names = (uses: readonly Use[]) =>
    new Set(uses.map(({ message }) => relations.message(message)?.name)).size;
  return {
    id: addressesOf(workspace).node(service.id)?.to ?? '',
    title: markedTitle(service.title, service.neighbour),
    domain: service.domain,
    ...present({ neighbour: service.neighbour }),
    version: service.version,
    ...present({ summary: firstParagraph(service.description), owner: service.owner }),
    sends: names(relations.usesOfService(service.id, 'send')),
    receives: names(relations.usesOfService(service.id, 'receive')),
  };
}

export function messageRow(workspace: Workspace, message: Message): MessageRow {
  const { name, version, kind, domain, contract } = message;
  const [newest] = versionsOf(workspace, message);
  return {
    id: addressesOf(workspace).node(message.id)?.to ?? '',
    name,
    version,
    title: titleOf(message),
    kind,
    domain,
    ...present({ neighbour: neighbourOf(workspace, message) }),
    latest: newest === message || newest?.version === version,
    ...present({ summary: summaryOf(message), aggregate: contract.aggregate, reference: contract.reference }),
    owners: ownersOf(workspace, message),
    ...present({ deprecated: deprecationOf(message) }),
    ...(personalDataOf(workspace, message).length > 0 && { personalData: true as const }),
    senders: servicesOf(workspace, message, 'send').length,
    receivers: servicesOf(workspace, message, 'receive').length,
  };
}

/** What a message is about, in one paragraph: the first of the things that a contract may say. */
export function summaryOf({ summary, description, contract }: Message): string | undefined {
  const told = summary ?? firstParagraph(description) ?? contract.outcome ?? contract.trigger;
  return told?.replace(/\s+/g, ' ').trim();
}

export function deprecationOf({ deprecated, contract }: Message): Deprecated | undefined {
  return contract.deprecation ?? (deprecated ? {} : undefined);
}

/** The owners of a message: of the service whose document defines it, else of its senders. */
export function ownersOf(workspace: Workspace, message: Message): string[] {
  const home = relationsOf(workspace).servicesOfFile(message.at.file);
  const answering = home.length > 0 ? home : servicesOf(workspace, message, 'send');
  return [...new Set(answering.flatMap((it) => it.owner ?? []))].sort();
}

/** The services that send or receive a message, each once, in the order of the workspace. */
export function servicesOf(workspace: Workspace, { id }: Message, action: 'send' | 'receive'): Service[] {
  const relations = relationsOf(workspace);
  const ids = new Set(relations.uses(id, action).map(({ operation }) => operation.service));
  return [...ids].sort().flatMap((it) => relations.service(it) ?? []);
}

export function channelRow(workspace: Workspace, channel: Channel): ChannelRow {
  const { to = '', title = '' } = addressesOf(workspace).node(channel.id) ?? {};
  return {
    id: to,
    title,
    domain: domainsOfChannels(workspace)(channel),
    ...present({ neighbour: neighbourOf(workspace, channel) }),
    protocols: protocolsOf(workspace, channel),
    messages: channel.messages.length,
  };
}

const domainsOfChannels = oncePer(channelDomains);

/** The services that send to a channel or receive from it, replies among it. */
export function usersOf(workspace: Workspace, { id }: Channel): Service[] {
  const relations = relationsOf(workspace);
  const uses = [...relations.usesOfChannel(id, 'send'), ...relations.usesOfChannel(id, 'receive')];
  const services = new Set(uses.map(({ operation }) => operation.service));
  return [...services].sort().flatMap((it) => relations.service(it) ?? []);
}

/** The protocols of the servers that the services on a channel connect to, and of its bindings. */
export function protocolsOf(workspace: Workspace, channel: Channel): string[] {
  const spoken = usersOf(workspace, channel).flatMap((it) => it.servers.map(({ protocol }) => protocol));
  return [...new Set([...spoken, ...Object.keys(channel.bindings ?? {})])].filter((it) => it !== '').sort();
}

export function flowRow(workspace: Workspace, flow: Flow): FlowRow {
  return {
    id: addressesOf(workspace).node(flow.id)?.to ?? '',
    title: flow.title,
    domain: flow.domain,
    ...present({ summary: firstParagraph(flow.description) }),
    steps: flow.steps.length,
  };
}

export function ownerRow(workspace: Workspace, name: string): OwnerRow {
  return {
    id: addressesOf(workspace).owner(name).to,
    name,
    services: relationsOf(workspace).servicesOfOwner(name).length,
  };
}
