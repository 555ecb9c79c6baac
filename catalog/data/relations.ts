import {
  type Channel,
  carriedBy,
  type Endpoint,
  type Flow,
  type Message,
  meetingOf,
  type NodeId,
  type Operation,
  oncePer,
  type Service,
  type Workspace,
} from '@chirograph/contract/model';

/** What pages ask of a workspace, found by key: each list of it is read once, however many pages there are. */
export interface Relations {
  readonly message: (id: NodeId) => Message | undefined;
  readonly service: (id: NodeId) => Service | undefined;
  readonly channel: (id: NodeId) => Channel | undefined;
  readonly operation: (id: NodeId) => Operation | undefined;
  /** What services do with a message, replies among it; in documents with another version or name of it too. */
  readonly uses: (message: NodeId, action: Operation['action']) => readonly Use[];
  readonly usesOfService: (service: NodeId, action: Operation['action']) => readonly Use[];
  readonly usesOfChannel: (channel: NodeId, action: Operation['action']) => readonly Use[];
  readonly channelsOf: (message: NodeId) => readonly Channel[];
  readonly flowsOf: (operation: NodeId) => readonly Flow[];
  readonly messagesOfAggregate: (domain: string, aggregate: string) => readonly Message[];
  readonly messagesOfDomain: (domain: string) => readonly Message[];
  readonly messagesNamed: (domain: string, name: string) => readonly Message[];
  readonly servicesOfFile: (file: string) => readonly Service[];
  readonly servicesOfOwner: (owner: string) => readonly Service[];
  readonly servicesOfDomain: (domain: string) => readonly Service[];
}

/** An operation as far as it carries one message one way. */
export interface Use {
  readonly operation: Operation;
  readonly message: NodeId;
  /** Where it goes; unknown for a reply whose address each request names. */
  readonly channel: NodeId | undefined;
  readonly isReply: boolean;
  /** The message as which the service's document has it, where that is another one. */
  readonly as?: NodeId;
}

export const relationsOf = oncePer((workspace: Workspace): Relations => {
  const { messages, services, channels, operations, flows } = workspace;
  const uses = { send: usesOf(operations, 'send'), receive: usesOf(operations, 'receive') };
  const others = usesElsewhere(workspace);
  const byMessage = both(
    { send: [...uses.send, ...others.send], receive: [...uses.receive, ...others.receive] },
    (it) => it.message,
  );
  const byService = both(uses, (it) => it.operation.service);
  const byChannel = both(uses, (it) => it.channel ?? '');
  const carriers = new Map<NodeId, Channel[]>();
  for (const channel of channels) for (const id of channel.messages) push(carriers, id, channel);
  const flowsBy = new Map<NodeId, Flow[]>();
  for (const flow of flows) {
    for (const operation of new Set(flow.steps.map((it) => it.operation))) push(flowsBy, operation, flow);
  }
  return {
    message: finder(messages),
    service: finder(services),
    channel: finder(channels),
    operation: finder(operations),
    uses: (message, action) => byMessage[action].get(message) ?? [],
    usesOfService: (service, action) => byService[action].get(service) ?? [],
    usesOfChannel: (channel, action) => byChannel[action].get(channel) ?? [],
    channelsOf: (message) => carriers.get(message) ?? [],
    flowsOf: (operation) => flowsBy.get(operation) ?? [],
    messagesOfAggregate: pairs(messages, (it) => [it.domain, it.contract.aggregate ?? '']),
    messagesOfDomain: group(messages, (it) => it.domain),
    messagesNamed: pairs(messages, (it) => [it.domain, it.name]),
    servicesOfFile: group(services, (it) => it.at.file),
    servicesOfOwner: group(services, (it) => it.owner ?? ''),
    servicesOfDomain: group(services, (it) => it.domain),
  };
});

function usesOf(operations: readonly Operation[], action: Operation['action']): Use[] {
  return operations.flatMap((operation) => {
    const isReply = operation.action !== action;
    const carried = carriedBy(operation, action);
    const channel = isReply ? operation.reply?.channel : operation.channel;
    return carried.messages.map((message) => ({ operation, message, channel, isReply }));
  });
}

/** What those do with a message who have it as another one: an older version, or a name of their own. */
function usesElsewhere(workspace: Workspace): Record<Operation['action'], Use[]> {
  const found: Record<Operation['action'], Use[]> = { send: [], receive: [] };
  for (const { sender, reader } of meetingOf(workspace).edges) {
    if (sender.message.id === reader.message.id) continue;
    found.receive.push(useAs(reader, sender.message.id));
    found.send.push(useAs(sender, reader.message.id));
  }
  return found;
}

function useAs({ operation, channel, isReply, message }: Endpoint, as: NodeId): Use {
  return { operation, message: as, channel: channel?.id, isReply, as: message.id };
}

function both(uses: Readonly<Record<Operation['action'], readonly Use[]>>, key: (use: Use) => string) {
  return { send: Map.groupBy(uses.send, key), receive: Map.groupBy(uses.receive, key) };
}

function finder<T extends { readonly id: NodeId }>(items: readonly T[]): (id: NodeId) => T | undefined {
  const byId = new Map(items.map((it) => [it.id, it]));
  return (id) => byId.get(id);
}

function group<T>(items: readonly T[], key: (item: T) => string): (key: string) => readonly T[] {
  const groups = Map.groupBy(items, key);
  return (wanted) => groups.get(wanted) ?? [];
}

function pairs<T>(items: readonly T[], key: (item: T) => readonly [string, string]) {
  const groups = Map.groupBy(items, (it) => JSON.stringify(key(it)));
  return (first: string, second: string): readonly T[] => groups.get(JSON.stringify([first, second])) ?? [];
}

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const known = map.get(key);
  if (known) known.push(item);
  else map.set(key, [item]);
}
