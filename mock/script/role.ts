import {
  compareVersions,
  type FlowStep,
  type Message,
  type MessagePath,
  messagesOf,
  type NodeId,
  type Operation,
  operationsOf,
  type Service,
  type Workspace,
} from '@chirograph/contract/model';
import { type AddressedChannel, isAddressed, newest } from '../contracts/contracts.ts';

/**
 * The script: what a service does, read from its contract and from the flows that it takes part in. Nothing here sends;
 * all of it is data and functions of data.
 */

/** What one service says and hears. Messages are ids, sorted as in the workspace. */
export interface Role {
  readonly service: Service;
  /** What its document says that it receives. */
  readonly receives: readonly NodeId[];
  readonly sends: readonly NodeId[];
  /**
   * What it also has to hear to know when its turn comes: a flow lets it follow a message that its document does not
   * receive (the real service learns of it in another way, by a call, say).
   */
  readonly overhears: readonly NodeId[];
  /** The addresses of the channels of all that it hears. Channels whose address is not known before are left out. */
  readonly listensOn: readonly string[];
  /** The channel that it sends each message on. */
  readonly sendsOn: ReadonlyMap<NodeId, AddressedChannel>;
  /** What each of its requests says of where its answer is wanted, when no contract says where that is. */
  readonly inboxes: ReadonlyMap<NodeId, Inbox>;
  readonly cues: readonly Cue[];
  /** What it sends that follows from nothing: the beginnings of flows, and what no flow or command mentions. */
  readonly opens: readonly NodeId[];
}

/** An address of the service's own that a request names for its answer. */
export interface Inbox {
  readonly address: string;
  /** Where the request names it. */
  readonly named: MessagePath;
}

/** One thing that the service sends because of another. */
export interface Cue {
  /** The flow that says so; undefined where a command's `leadsTo` does. */
  readonly flow: NodeId | undefined;
  /** One message of each group must have come, the last of them is what is answered. */
  readonly after: readonly (readonly NodeId[])[];
  readonly send: NodeId;
  /** Where the message that is answered says the address for the answer. */
  readonly replyTo?: MessagePath | undefined;
}

export function roleOf(workspace: Workspace, service: Service): Role {
  const received = messagesOf(workspace, service.id, 'receive');
  const sent = messagesOf(workspace, service.id, 'send');
  const receives = received.map((it) => it.id);
  const sends = sent.map((it) => it.id);
  const inFlows = flowCues(workspace, service);
  const replies = replyCues(workspace, service);
  const cues = [...inFlows, ...replies, ...commandCues(received, sent, [...inFlows, ...replies])];
  const known = new Set([...receives, ...sends]);
  const overhears = new Set(cues.flatMap(({ after }) => after.flat()).filter((it) => !known.has(it)));
  const channels = channelsOf(workspace, service);
  const inboxes = inboxesOf(workspace, service);
  const led = ledTo(workspace, cues, received);
  return {
    service,
    receives,
    sends,
    overhears: [...overhears].sort(),
    listensOn: [
      ...new Set([
        ...channels.received,
        ...addressesOf(workspace, overhears),
        ...[...inboxes.values()].map(({ address }) => address),
      ]),
    ],
    sendsOn: channels.sent,
    inboxes,
    cues,
    opens: newestOfEach(sent.filter((it) => !led.has(it.name))).map((it) => it.id),
  };
}

/** A request is answered with the first of its replies, in the newest version. */
function replyCues(workspace: Workspace, service: Service): Cue[] {
  return operationsOf(workspace, service.id, 'receive').flatMap(({ messages, reply }): Cue[] => {
    const [first] = reply?.messages ?? [];
    const name = workspace.messages.find((it) => it.id === first)?.name;
    const send = newest(
      workspace.messages.filter((it) => it.name === name && reply?.messages.includes(it.id)),
    );
    return send && messages.length > 0
      ? [{ flow: undefined, after: [messages], send: send.id, replyTo: reply?.address }]
      : [];
  });
}

interface ServiceChannels {
  readonly received: readonly string[];
  /** By message; the first operation that sends it decides. */
  readonly sent: ReadonlyMap<NodeId, AddressedChannel>;
}

function channelsOf(workspace: Workspace, service: Service): ServiceChannels {
  const channels = new Map(workspace.channels.filter(isAddressed).map((it) => [it.id, it]));
  const received: string[] = [];
  const sent = new Map<NodeId, AddressedChannel>();
  const note = (action: Operation['action'], id: NodeId | undefined, messages: readonly NodeId[]): void => {
    const channel = id === undefined ? undefined : channels.get(id);
    if (!channel) return;
    if (action === 'receive') received.push(channel.address);
    else for (const message of messages) if (!sent.has(message)) sent.set(message, channel);
  };
  for (const { action, channel, messages, reply } of operationsOf(workspace, service.id)) {
    note(action, channel, messages);
    if (reply) note(action === 'receive' ? 'send' : 'receive', reply.channel, reply.messages);
  }
  return { received, sent };
}

/** One for all requests of a service, beginning as the addresses of those do. */
function inboxesOf(workspace: Workspace, service: Service): ReadonlyMap<NodeId, Inbox> {
  const addresses = new Map(workspace.channels.map((it) => [it.id, it.address]));
  const requests = operationsOf(workspace, service.id, 'send').flatMap((operation): [NodeId, Inbox][] => {
    const { channel, messages, reply } = operation;
    const named = reply?.address;
    const isKnown = reply?.channel !== undefined && addresses.get(reply.channel) !== null;
    if (named === undefined || isKnown) return [];
    const [, root = '', separator = '.'] = /^(\/?[^./{]*)([./]?)/.exec(addresses.get(channel) ?? '') ?? [];
    const address = [root || service.domain, 'answers', service.name].join(separator || '.');
    return messages.map((it) => [it, { address, named }]);
  });
  return new Map(requests);
}

/** The addresses of all channels that carry one of the messages. */
function addressesOf({ channels }: Workspace, messages: ReadonlySet<NodeId>): string[] {
  return channels
    .filter((channel) => channel.messages.some((it) => messages.has(it)))
    .flatMap(({ address }) => address ?? []);
}

function flowCues(workspace: Workspace, service: Service): Cue[] {
  const operations = new Map(workspace.operations.map((it) => [it.id, it]));
  const carried = (step: FlowStep) => operations.get(step.operation)?.messages ?? [];
  return workspace.flows.flatMap((flow) => {
    const steps = new Map(flow.steps.map((it) => [it.id, it]));
    return flow.steps.flatMap((step): Cue[] => {
      const operation = operations.get(step.operation);
      if (step.action !== 'send' || operation?.service !== service.id || step.after.length === 0) return [];
      const send = newest(workspace.messages.filter((it) => operation.messages.includes(it.id)));
      const after = step.after.flatMap((id) => {
        const before = steps.get(id);
        return before ? [carried(before)] : [];
      });
      return send && after.length > 0 ? [{ flow: flow.id, after, send: send.id }] : [];
    });
  });
}

/**
 * A command that no flow of the service continues leads to the first message of its `leadsTo` that the service sends.
 * The others are what happens instead, or besides under conditions that the contract tells in words.
 */
function commandCues(
  received: readonly Message[],
  sent: readonly Message[],
  inFlows: readonly Cue[],
): readonly Cue[] {
  const continued = new Set(inFlows.flatMap(({ after }) => after.flat()));
  return received.flatMap((command): Cue[] => {
    if (continued.has(command.id)) return [];
    for (const name of command.contract.leadsTo) {
      const send = newest(sent.filter((it) => it.domain === command.domain && it.name === name));
      if (send) return [{ flow: undefined, after: [[command.id]], send: send.id }];
    }
    return [];
  });
}

/** The names of what follows from something: by a cue, or as one of several ends of a command. */
function ledTo(
  { messages }: Workspace,
  cues: readonly Cue[],
  received: readonly Message[],
): ReadonlySet<string> {
  const answers = new Set(cues.map((it) => it.send));
  return new Set([
    ...messages.filter((it) => answers.has(it.id)).map((it) => it.name),
    ...received.flatMap((it) => it.contract.leadsTo),
  ]);
}

export function newestOfEach(messages: readonly Message[]): Message[] {
  const sorted = messages.toSorted((a, b) => compareVersions(b.version, a.version));
  const names = new Set(sorted.map((it) => it.name));
  return [...names].sort().flatMap((name) => sorted.find((it) => it.name === name) ?? []);
}
