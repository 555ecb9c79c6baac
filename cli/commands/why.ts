import { perspectiveText } from '@chirograph/compat/perspective';
import { type MeetingProof, type PartProof, proveMeeting } from '@chirograph/compat/readers/proof';
import { suggest } from '@chirograph/contract/diagnostics';
import {
  addressOf,
  carriersOverlap,
  type Edge,
  type Endpoint,
  endpointsOf,
  type Message,
  meetingOf,
  type Server,
  type Service,
  serversOverlap,
  type Workspace,
} from '@chirograph/contract/model';
import { readSettings, type Settings } from '../config/read-config.ts';
import { CommandError, EXIT } from '../exit.ts';
import { positionOf } from '../report/compat-report.ts';
import { witnessLine } from '../report/compat-witness.ts';
import { type Style, styleFor } from '../terminal/style.ts';
import { visible } from '../terminal/visible.ts';
import { openEstate } from '../workspace/open-workspace.ts';
import type { Run } from './command.ts';

/**
 * `chirograph why <message> [service]`: who meets whom over a message and why, what is held against what, by which policy,
 * and what comes of it. 1 where a reader cannot read all that is sent, or nobody knows.
 */
export const run: Run = async ([name = '', service], values, io) => {
  const settings = await readSettings(io.cwd, values.config);
  const { workspace, diagnostics } = await openEstate(settings, values, io);
  const nodes = messagesCalled(workspace, name);
  const only = service === undefined ? undefined : serviceCalled(workspace, service);
  const isMeant = (it: Endpoint) => nodes.has(it.message);
  const edges = meetingOf(workspace).edges.filter(
    ({ sender, reader }) =>
      (isMeant(sender) || isMeant(reader)) && (!only || [sender.service, reader.service].includes(only.id)),
  );
  const meetings = edges.map((edge) => ({ edge, proof: proveMeeting(workspace, edge, settings.compat) }));
  const apart = apartFrom(workspace, nodes, edges, only);
  const view: View = { workspace, settings, style: styleFor(io.color) };
  if (values.format === 'json')
    io.out(`${JSON.stringify(documentOf(view, name, meetings, apart), null, 2)}\n`);
  else io.out(textOf(view, name, meetings, apart));
  const faults = diagnostics.filter((it) => it.severity === 'error').length;
  if (faults > 0)
    io.err(`What could not be read is not told of: ${faults} errors. Run: chirograph validate\n`);
  const isOpen = meetings.some(({ proof }) => [proof.payload, proof.headers].some(isBad));
  return isOpen || faults > 0 ? EXIT.findings : EXIT.clean;
};

interface View {
  readonly workspace: Workspace;
  readonly settings: Settings;
  readonly style: Style;
}

interface Meeting {
  readonly edge: Edge;
  readonly proof: MeetingProof;
}

/** A sender and a reader that look alike and do not meet. */
interface Apart {
  readonly sender: Endpoint;
  readonly reader: Endpoint;
  readonly reason: string;
}

function isBad({ kind }: PartProof): boolean {
  return kind === 'breaks' || kind === 'undecided';
}

/** By the name on the wire, the key, or either with a version behind it. */
function messagesCalled({ messages }: Workspace, text: string): ReadonlySet<Message> {
  const names = ({ name, key, version }: Message) => [name, key, `${name} ${version}`, `${key} ${version}`];
  const found = messages.filter((it) => names(it).includes(text));
  if (found.length > 0) return new Set(found);
  const meant = suggest(text, [...new Set(messages.flatMap(({ name, key }) => [name, key]))]);
  throw new CommandError(
    `there is no message \`${text}\`${meant ? `; did you mean \`${meant}\`?` : ''}`,
    'chirograph list shows them all.',
  );
}

function serviceCalled({ services }: Workspace, text: string): Service {
  const found = services.find(
    (it) => it.name === text || it.title === text || `${it.domain}/${it.name}` === text,
  );
  if (found) return found;
  const meant = suggest(text, [...new Set(services.flatMap((it) => [it.name, it.title]))]);
  throw new CommandError(
    `there is no service \`${text}\`${meant ? `; did you mean \`${meant}\`?` : ''}`,
    'chirograph list --format json shows them all.',
  );
}

/** The pairs of which one would think that they meet: one end is of the message, the other is of it or of its address. */
function apartFrom(
  workspace: Workspace,
  nodes: ReadonlySet<Message>,
  edges: readonly Edge[],
  only: Service | undefined,
): Apart[] {
  const ends = endpointsOf(workspace).filter((it) => !it.isReply);
  const met = new Set(edges.map(({ sender, reader }) => `${sender.service} ${reader.service}`));
  const found = new Map<string, Apart>();
  for (const sender of ends.filter((it) => it.action === 'send')) {
    for (const reader of ends.filter((it) => it.action === 'receive')) {
      const key = `${sender.service} ${reader.service}`;
      const isOfMessage = nodes.has(sender.message) || nodes.has(reader.message);
      const isOne = only !== undefined && [sender.service, reader.service].includes(only.id);
      if (!isOfMessage || met.has(key) || found.has(key) || (only && !isOne)) continue;
      const isAlike =
        sender.message.name === reader.message.name || addressText(sender) === addressText(reader);
      if (isAlike) found.set(key, { sender, reader, reason: reasonApart(sender, reader) });
    }
  }
  return [...found.values()];
}

function reasonApart(sender: Endpoint, reader: Endpoint): string {
  const [from, to] = [addressText(sender), addressText(reader)];
  if (!serversOverlap(sender.servers, reader.servers))
    return `they are on different brokers: ${serversText(sender.servers)} and ${serversText(reader.servers)}`;
  if (from !== to) return `they use different addresses: ${from} and ${to}`;
  if (!carriersOverlap(sender.channel, reader.channel))
    return 'their bindings name different places on the broker: an exchange, a virtual host or a namespace';
  if (sender.message.name !== reader.message.name)
    return `their messages have different names: ${sender.message.name} and ${reader.message.name}`;
  return `each of them has the other's version too: ${sender.message.version} and ${reader.message.version}`;
}

function addressText({ channel }: Endpoint): string {
  return channel ? (addressOf(channel)?.text ?? channel.address ?? channel.key) : 'wherever the request says';
}

function serversText(servers: readonly Server[]): string {
  if (servers.length === 0) return 'any';
  return servers.map(({ protocol, address }) => `${protocol} ${address}`).join(', ');
}

const BY: Readonly<Record<Edge['by'], (edge: Edge) => string>> = {
  reference: ({ sender }) => `both refer to one definition of \`${sender.message.name}\``,
  name: ({ sender }) => `both call it \`${sender.message.name}\``,
  type: () => 'the fixed value of a type field is the same in both',
  key: ({ sender, reader }) =>
    `one has no name, and its key is like the other's: ${sender.message.key} and ${reader.message.key}`,
  channel: () => 'neither has a name that says otherwise, and nothing else on the channel can be meant',
};

function serviceOf({ services }: Workspace, id: string): string {
  return services.find((it) => it.id === id)?.name ?? id;
}

function placeText({ sources }: Workspace, at: { readonly file: string; readonly pointer: string }): string {
  const { file, line, column } = positionOf(sources, at);
  return `${file}:${line}:${column}`;
}

function channelText(workspace: Workspace, { sender, reader }: Pick<Edge, 'sender' | 'reader'>): string {
  const places = [sender, reader].flatMap(({ channel }) =>
    channel ? [placeText(workspace, channel.at)] : [],
  );
  const [from, to] = [addressText(sender), addressText(reader)];
  return `${from === to ? from : `${from} and ${to}`}   (${[...new Set(places)].join(' and ')})`;
}

function brokerText({ sender, reader }: Edge): string {
  const [from, to] = [serversText(sender.servers), serversText(reader.servers)];
  if (from === 'any' && to === 'any') return 'neither names a server: they may be on one';
  return from === to ? from : `${from} can be ${to}`;
}

function policyText({ mode, isChosen, terms: { writers, formats } }: MeetingProof): string {
  const read = formats === 'assert' ? '' : `, formats ${formats}`;
  return `writers ${writers}${read}, mode ${mode} (${isChosen ? 'from the config' : 'from who sends and receives it'})`;
}

function partText(
  { workspace }: View,
  { sender, reader }: Edge,
  part: 'payload' | 'headers',
  proof: PartProof,
): string[] {
  const place = ({ message }: Endpoint) => {
    const at = message[part] === undefined ? undefined : workspace.schemas[message[part]]?.at;
    return at ? placeText(workspace, at) : placeText(workspace, message.at);
  };
  const places = `${place(sender)} (sent) in ${place(reader)} (read)`;
  switch (proof.kind) {
    case 'none':
      return ['neither describes it'];
    case 'shared':
      return [`one schema for both: ${place(sender)}`];
    case 'equal':
      return [`${places}: word for word the same`];
    case 'anything':
      return [`the reader says nothing of it, and takes whatever comes: ${place(sender)} (sent)`];
    case 'holds':
      return [`${places}: every message that may be sent can be read (proved)`];
    case 'undecided':
      return [`${places}: not known, for ${proof.reason}`];
    case 'breaks': {
      const { witness } = proof;
      if (!witness) return [`${places}: not every message can be read`];
      const { text, column, length } = witnessLine(witness);
      return [
        `${places}: this one may be sent and is refused`,
        `  ${text}`,
        `  ${' '.repeat(column)}${'^'.repeat(length)} ${witness.refusal.message}`,
      ];
    }
  }
}

function textOf(view: View, name: string, meetings: readonly Meeting[], apart: readonly Apart[]): string {
  const { workspace, style } = view;
  const sections = meetings.map(({ edge, proof }) => {
    const { sender, reader } = edge;
    const row = (label: string, [first = '', ...rest]: readonly string[]) =>
      [
        `  ${style.dim(label.padEnd(9))}${visible(first)}`,
        ...rest.map((it) => `${' '.repeat(11)}${visible(it)}`),
      ].join('\n');
    const files = new Set([sender, reader].map((it) => it.operation.at.file));
    const read = perspectiveText([workspace], files);
    const isFine = ![proof.payload, proof.headers].some(isBad);
    const label = `${sender.message.name} ${sender.message.version}`;
    const pair = `${serviceOf(workspace, sender.service)} -> ${serviceOf(workspace, reader.service)}`;
    return [
      `${(isFine ? style.green : style.red)(visible(pair))}   ${style.bold(visible(label))}${sender.isReply ? ' (reply)' : ''}`,
      row('channel', [channelText(workspace, edge)]),
      row('broker', [brokerText(edge)]),
      ...(read === '' ? [] : [row('read', [read])]),
      row('message', [BY[edge.by](edge)]),
      row('policy', [policyText(proof)]),
      row('payload', partText(view, edge, 'payload', proof.payload)),
      row('headers', partText(view, edge, 'headers', proof.headers)),
      '',
    ].join('\n');
  });
  const others = apart.map(
    ({ sender, reader, reason }) =>
      `  ${visible(`${serviceOf(workspace, sender.service)} and ${serviceOf(workspace, reader.service)}: ${reason}`)}`,
  );
  return [
    ...sections,
    ...(meetings.length === 0 ? [`Nobody meets over \`${visible(name)}\`.\n`] : []),
    ...(others.length > 0 ? [`These do not meet:\n${others.join('\n')}\n`] : []),
  ].join('\n');
}

function documentOf(
  { workspace }: View,
  name: string,
  meetings: readonly Meeting[],
  apart: readonly Apart[],
): object {
  const end = ({ service, message, operation, channel, servers }: Endpoint) => ({
    service: serviceOf(workspace, service),
    operation: operation.key,
    message: `${message.name} ${message.version}`,
    channel: channel?.address ?? channel?.key,
    servers: servers.map(({ protocol, address }) => `${protocol} ${address}`),
    at: placeText(workspace, operation.at),
  });
  return {
    message: name,
    meetings: meetings.map(({ edge, proof }) => ({
      sender: end(edge.sender),
      reader: end(edge.reader),
      by: edge.by,
      ...proof,
    })),
    apart: apart.map(({ sender, reader, reason }) => ({ sender: end(sender), reader: end(reader), reason })),
  };
}
