import { type Message, versionsOf, type Workspace } from '@chirograph/contract/model';
import { addressesOf } from './addresses.ts';
import type { DomainRecord, Link, Matrix, Neighbour } from './catalog.ts';
import { ownerNamed } from './message-record.ts';
import { relationsOf } from './relations.ts';
import { channelRow, domainRow, flowRow, messageRow, serviceRow, servicesOf } from './rows.ts';
import { termsOf } from './terms.ts';
import { present } from './written.ts';

/** A domain: its services, messages, flows and words, who talks to whom, and its neighbours. */
export function domainRecord(workspace: Workspace, name: string): DomainRecord {
  const relations = relationsOf(workspace);
  const row = domainRow(workspace, name);
  const services = relations.servicesOfDomain(name);
  const messages = relations.messagesOfDomain(name).filter((it) => versionsOf(workspace, it)[0] === it);
  const aggregates = Map.groupBy(messages, (it) => it.contract.aggregate);
  const channels = new Set(relations.messagesOfDomain(name).flatMap((it) => relations.channelsOf(it.id)));
  return {
    id: row.id,
    name,
    title: row.title,
    ...present({ neighbour: row.neighbour }),
    owners: row.owners.flatMap((it) => ownerNamed(workspace, relations.servicesOfOwner(it)) ?? []),
    services: services.map((it) => serviceRow(workspace, it)),
    messages: [...aggregates]
      .sort(([a], [b]) => (a === undefined ? 1 : b === undefined ? -1 : a < b ? -1 : 1))
      .map(([aggregate, own]) => ({
        ...(aggregate !== undefined && { aggregate }),
        rows: own.map((it) => messageRow(workspace, it)),
      })),
    flows: workspace.flows.filter((it) => it.domain === name).map((it) => flowRow(workspace, it)),
    channels: [...channels].map((it) => channelRow(workspace, it)),
    matrix: matrixOf(workspace, name),
    neighbours: neighboursOf(workspace, name),
    terms: termsOf(workspace).filter((it) => it.domain === name),
  };
}

/** Messages between services of the domain, each name once. */
function matrixOf(workspace: Workspace, domain: string): Matrix {
  const relations = relationsOf(workspace);
  const services = relations.servicesOfDomain(domain);
  const numbers = new Map(services.map((it, index) => [it.id, index]));
  const cells = new Map<string, { from: number; to: number; messages: Map<string, Link> }>();
  for (const service of services) {
    for (const { message: id } of relations.usesOfService(service.id, 'send')) {
      const message = relations.message(id);
      if (!message) continue;
      for (const receiver of servicesOf(workspace, message, 'receive')) {
        const [from = -1, to = -1] = [numbers.get(service.id), numbers.get(receiver.id)];
        if (from < 0 || to < 0 || from === to) continue;
        const cell = cells.get(`${from} ${to}`) ?? { from, to, messages: new Map() };
        const link = newestLink(workspace, message);
        cell.messages.set(message.name, link);
        cells.set(`${from} ${to}`, cell);
      }
    }
  }
  return {
    services: services.flatMap((it) => addressesOf(workspace).node(it.id) ?? []),
    cells: [...cells.values()]
      .map(({ messages, ...it }) => ({ ...it, messages: [...messages.values()] }))
      .sort((a, b) => a.from - b.from || a.to - b.to),
  };
}

/** The other domains that this one sends to or receives from. */
function neighboursOf(workspace: Workspace, domain: string): Neighbour[] {
  const relations = relationsOf(workspace);
  const meets = new Map<string, { received: Map<string, Link>; sent: Map<string, Link> }>();
  const meet = (other: string) => {
    const known = meets.get(other) ?? { received: new Map(), sent: new Map() };
    meets.set(other, known);
    return known;
  };
  for (const service of relations.servicesOfDomain(domain)) {
    for (const [action, opposite, way] of [
      ['send', 'receive', 'sent'],
      ['receive', 'send', 'received'],
    ] as const) {
      for (const { message: id } of relations.usesOfService(service.id, action)) {
        const message = relations.message(id);
        if (!message) continue;
        for (const other of servicesOf(workspace, message, opposite)) {
          if (other.domain !== domain)
            meet(other.domain)[way].set(message.name, newestLink(workspace, message));
        }
      }
    }
  }
  return [...meets]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { received, sent }]) => ({
      domain: addressesOf(workspace).domain(name),
      received: [...received.values()],
      sent: [...sent.values()],
    }));
}

function newestLink(workspace: Workspace, message: Message): Link {
  const newest = versionsOf(workspace, message)[0] ?? message;
  return addressesOf(workspace).node(newest.id) ?? { to: '', title: message.name };
}
