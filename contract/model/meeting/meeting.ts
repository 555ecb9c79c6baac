import type { NodeId } from '../location.ts';
import { oncePer } from '../once-per.ts';
import type { Workspace } from '../workspace.ts';
import { addressOf } from './address.ts';
import { AddressIndex } from './address-index.ts';
import { type Endpoint, endpointsOf } from './endpoint.ts';
import { type Edge, matchMessages } from './match-messages.ts';

/** Who meets whom. */
export interface Meeting {
  readonly edges: readonly Edge[];
  /** The readers of what an end sends. */
  readonly readersOf: (sender: Endpoint) => readonly Edge[];
  /** The senders of what an end receives. */
  readonly sendersOf: (reader: Endpoint) => readonly Edge[];
}

/** The ends at one address. */
interface Wire {
  readonly text: string;
  readonly senders: Endpoint[];
  readonly readers: Endpoint[];
}

/**
 * All pairs of a sender and a reader of the workspace, whatever domain, file or repository they stand in. A service that
 * sends and receives a message on one address is its own reader; one that takes it on one address and passes it on on
 * another is not. The time that it takes grows with the number of ends.
 */
export const meetingOf = oncePer((workspace: Workspace): Meeting => {
  const edges = [...plainEdges(workspace)];
  edges.push(...replyEdges(workspace, edges));
  const [bySender, byReader] = [Map.groupBy(edges, (it) => it.sender), Map.groupBy(edges, (it) => it.reader)];
  return {
    edges,
    readersOf: (sender) => bySender.get(sender) ?? [],
    sendersOf: (reader) => byReader.get(reader) ?? [],
  };
});

/** The pairs whose addresses are known. */
function plainEdges(workspace: Workspace): Edge[] {
  const index = new AddressIndex<Wire>();
  const wires = new Map<string, { readonly wire: Wire; readonly others: () => readonly Wire[] }>();
  const hidden = new Map<NodeId, Wire>();
  for (const end of endpointsOf(workspace)) {
    const address = end.channel && addressOf(end.channel);
    const wire = address
      ? index.at(address, () => ({ text: address.text, senders: [], readers: [] }))
      : end.channel && !end.isReply && wireAt(hidden, end.channel.id);
    if (!wire) continue;
    (end.action === 'send' ? wire.senders : wire.readers).push(end);
    const key = address ? `at ${address.text}` : `in ${end.channel?.id}`;
    if (!wires.has(key)) {
      wires.set(key, { wire, others: () => (address ? index.overlapping(address) : [wire]) });
    }
  }
  return [...wires.values()].flatMap(({ wire, others }) => {
    if (wire.senders.length === 0) return [];
    return others().flatMap((it) => {
      if (it.readers.length === 0) return [];
      // Of two that are replies it is the requests that meet.
      return matchMessages(workspace, wire.senders, it.readers, it === wire).filter(
        ({ sender, reader }) => !(sender.isReply && reader.isReply),
      );
    });
  });
}

/** A channel whose address is not known is one wire for all who refer to it. */
function wireAt(wires: Map<NodeId, Wire>, id: NodeId): Wire {
  const known = wires.get(id) ?? { text: id, senders: [], readers: [] };
  wires.set(id, known);
  return known;
}

/** The answers to requests that met, where they can go to one address. */
function replyEdges(workspace: Workspace, requests: readonly Edge[]): Edge[] {
  const answers = Map.groupBy(
    endpointsOf(workspace).filter((it) => it.isReply),
    (it) => it.operation,
  );
  if (answers.size === 0) return [];
  const done = new Set<string>();
  return requests.flatMap(({ sender, reader }) => {
    const key = `${sender.operation.id} ${reader.operation.id}`;
    if (sender.isReply || reader.isReply || done.has(key)) return [];
    done.add(key);
    const [asks, answersThem] = [answers.get(sender.operation) ?? [], answers.get(reader.operation) ?? []];
    if (asks.length === 0 || answersThem.length === 0) return [];
    return matchMessages(workspace, answersThem, asks, true).filter((it) => mayMeet(it.sender, it.reader));
  });
}

function mayMeet({ channel: one }: Endpoint, { channel: other }: Endpoint): boolean {
  const [from, to] = [one && addressOf(one), other && addressOf(other)];
  if (!from || !to || one?.id === other?.id) return true;
  const index = new AddressIndex<true>();
  index.at(to, () => true);
  return index.overlapping(from).length > 0;
}
