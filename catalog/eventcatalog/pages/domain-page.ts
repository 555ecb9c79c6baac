import { consumersOf, type Domain, type Message, messagesOf, type Service } from '@chirograph/contract/model';
import type { GeneratedFile } from '../../generated-file.ts';
import { count, listed } from '../../text/count.ts';
import { summaryOf } from '../../text/summary.ts';
import { type Aggregate, type Atlas, link, pointer } from '../atlas.ts';
import { phrase, prose, section, table } from '../text/markdown.ts';
import { page } from '../text/page.ts';
import { gistOf, messageCells } from './operation-text.ts';

/** The landing page of a domain: its services, messages, aggregates, flows and neighbours. */
export function domainPage(atlas: Atlas, domain: Domain): GeneratedFile {
  const { workspace } = atlas;
  const place = atlas.domain(domain.name);
  const services = workspace.services.filter((it) => it.domain === domain.name);
  const messages = workspace.messages.filter((it) => it.domain === domain.name);
  const flows = workspace.flows.filter((it) => it.domain === domain.name);
  const aggregates = atlas.aggregates.filter((it) => it.domain === domain.name);
  const front = {
    id: place.id,
    name: place.title,
    version: place.version,
    summary: inventory(atlas, services, messages),
    services: services.map((it) => pointer(atlas.node(it.id))),
    flows: flows.map((it) => pointer(atlas.node(it.id))),
    entities: aggregates.map((it) => pointer(atlas.aggregate(it))),
  };
  const body = [
    '<NodeGraph />',
    section('Services', serviceTable(atlas, services)),
    section('Messages', ...messageTables(atlas, aggregates, messages)),
    section('Neighbours', neighbourTable(atlas, domain, services, messages)),
    ...flows.map((flow) =>
      section(
        phrase(flow.title),
        prose(flow.description ?? ''),
        `<Flow id="${atlas.node(flow.id).id}" version="${atlas.node(flow.id).version}" />`,
      ),
    ),
  ];
  return page(`${place.folder}/index.mdx`, front, body);
}

/** What a domain holds, in a sentence. */
function inventory(atlas: Atlas, services: readonly Service[], messages: readonly Message[]): string {
  const names = (kind: Message['kind']) =>
    new Set(messages.filter((it) => it.kind === kind).map((it) => atlas.node(it.id).id)).size;
  const held = [
    [names('event'), 'event'],
    [names('command'), 'command'],
    [names('integration-event'), 'integration event'],
  ] as const;
  const parts = held.filter(([number]) => number > 0).map(([number, noun]) => count(number, noun));
  const people = count(services.length, 'service');
  return parts.length === 0
    ? `${people}.`
    : `${people} that ${services.length === 1 ? 'deals' : 'meet'} in ${listed(parts)}.`;
}

function serviceTable(atlas: Atlas, services: readonly Service[]): string {
  const number = (service: Service, action: 'send' | 'receive') =>
    String(messageCells(atlas, messagesOf(atlas.workspace, service.id, action)).length || '');
  return table(
    ['Service', 'What it does', 'Sends', 'Receives'],
    services.map((it) => [
      link(atlas.node(it.id)),
      phrase(summaryOf(it.description).summary ?? ''),
      number(it, 'send'),
      number(it, 'receive'),
    ]),
  );
}

/** The messages of a domain, those of each aggregate under its name. */
function messageTables(
  atlas: Atlas,
  aggregates: readonly Aggregate[],
  messages: readonly Message[],
): string[] {
  const others = messages.filter((it) => it.contract.aggregate === undefined);
  const titled = aggregates.flatMap((it) => [
    `### ${phrase(atlas.aggregate(it).title)}`,
    messageTable(atlas, it.messages),
  ]);
  if (others.length === 0) return titled;
  return [...titled, ...(titled.length > 0 ? ['### Others'] : []), messageTable(atlas, others)];
}

function messageTable(atlas: Atlas, messages: readonly Message[]): string {
  return table(
    ['Message', 'Versions', 'What it says', 'Receivers'],
    messageCells(atlas, messages).map(({ newest, ...cells }) => [
      cells.link,
      cells.versions,
      gistOf(newest),
      String(consumersOf(atlas.workspace, newest.id).length || ''),
    ]),
  );
}

/** The other domains that this one sends to or receives from, and the messages in which they meet. */
function neighbourTable(
  atlas: Atlas,
  domain: Domain,
  services: readonly Service[],
  own: readonly Message[],
): string {
  const { workspace } = atlas;
  const received = services.flatMap((it) => messagesOf(workspace, it.id, 'receive'));
  const rows = workspace.domains
    .filter((it) => it.name !== domain.name)
    .flatMap((other) => {
      const theirs = workspace.services
        .filter((it) => it.domain === other.name)
        .flatMap((it) => messagesOf(workspace, it.id, 'receive'));
      const from = unique(received.filter((it) => it.domain === other.name));
      const to = unique(own.filter((it) => theirs.includes(it)));
      if (from.length + to.length === 0) return [];
      const links = (messages: readonly Message[]) =>
        messageCells(atlas, messages)
          .map((it) => it.link)
          .join(' · ');
      return [[link(atlas.domain(other.name)), links(from), links(to)]];
    });
  return table(['Domain', 'Received from it', 'Sent to it'], rows);
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}
