import {
  type Channel,
  compareVersions,
  type Flow,
  type Message,
  type NodeId,
  oncePer,
  type Service,
  type Workspace,
} from '@chirograph/contract/model';
import { humanize } from '../text/humanize.ts';
import { slug } from '../text/slug.ts';
import type { Link } from './catalog.ts';
import { markedTitle } from './catalogued.ts';
import { standsFor } from './joined.ts';

/** Where each thing of a workspace stands in the catalog. Addresses depend on the things' own names alone. */
export interface Addresses {
  /** Of a service, channel, message or flow; undefined for what the workspace does not hold. */
  readonly node: (id: NodeId) => Link | undefined;
  readonly domain: (name: string) => Link;
  readonly owner: (name: string) => Link;
  /** The name of a message without a version leads to the newest one: from address to address. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** Gives each thing its address. A number is added only where two things would otherwise share one. */
export const addressesOf = oncePer((workspace: Workspace): Addresses => {
  const taken = new Set<string>();
  const claim = (folder: string, name: string) => {
    const wanted = `${folder}/${cut(name)}`;
    let address = wanted;
    // Not even in another case: some file systems know no case.
    for (let next = 2; taken.has(address.toLowerCase()); next += 1) address = `${wanted}-${next}`;
    taken.add(address.toLowerCase());
    return address;
  };
  const nodes = new Map<NodeId, Link>();
  const domains = new Map<string, Link>();
  const owners = new Map<string, Link>();
  for (const { name, neighbour } of ownFirst(workspace.domains))
    domains.set(name, { to: claim('domains', slug(name)), title: markedTitle(humanize(name), neighbour) });
  for (const service of ownFirst(workspace.services)) nodes.set(service.id, serviceLink(service, claim));
  for (const message of workspace.messages) nodes.set(message.id, messageLink(message, claim));
  const domainOf = channelDomains(workspace);
  for (const channel of workspace.channels) {
    nodes.set(channel.id, channelLink(channel, domainOf(channel), claim));
  }
  for (const flow of workspace.flows) nodes.set(flow.id, flowLink(flow, claim));
  for (const { owner } of workspace.services) {
    if (owner !== undefined && !owners.has(owner)) {
      owners.set(owner, { to: claim('owners', slug(owner.toLowerCase())), title: owner });
    }
  }
  return {
    node: (id) => nodes.get(standsFor(workspace, id)),
    domain: (name) => domains.get(name) ?? { to: 'index', title: humanize(name) },
    owner: (name) => owners.get(name) ?? { to: 'index', title: name },
    aliases: aliasesOf(workspace, nodes, taken),
  };
});

/** That a neighbour comes or goes moves none of our own pages. */
function ownFirst<T extends { readonly neighbour?: string }>(things: readonly T[]): readonly T[] {
  return things.toSorted((a, b) => Number(a.neighbour !== undefined) - Number(b.neighbour !== undefined));
}

type Claim = (folder: string, name: string) => string;

function serviceLink({ domain, name, title, neighbour }: Service, claim: Claim): Link {
  return { to: claim('services', slug(`${domain}.${name}`)), title: markedTitle(title, neighbour) };
}

function messageLink(message: Message, claim: Claim): Link {
  return {
    to: claim('messages', `${slug(wireName(message))}@${slug(message.version)}`),
    title: titleOf(message),
  };
}

function channelLink({ address, key, title }: Channel, domain: string, claim: Claim): Link {
  return {
    to: claim('channels', slug(withDomain(domain, address ?? key))),
    title: address ?? title ?? humanize(key),
  };
}

function flowLink({ domain, name, title }: Flow, claim: Claim): Link {
  return { to: claim('flows', slug(withDomain(domain, name))), title };
}

/** The name on the wire, behind its domain where it does not begin with that. */
function wireName({ domain, name }: Message): string {
  return withDomain(domain, name);
}

function withDomain(domain: string, name: string): string {
  return name.toLowerCase().startsWith(`${domain.toLowerCase()}.`) ? name : `${domain}.${name}`;
}

/** Names of files end somewhere: 255 bytes, and a letter may take four of them. */
function cut(name: string): string {
  const letters = [...name];
  if (letters.length <= 56 || Buffer.byteLength(name) <= 200) return name;
  return letters.slice(0, 50).join('');
}

/** Behind the title stands the version, so a title that ends in it is cut: `Order placed (1.0)`. */
export function titleOf({ title, key, version }: Pick<Message, 'title' | 'key' | 'version'>): string {
  const ending = `${title ?? ''}`.search(/[\s([]+v?[\d.]+[)\]]?$/i);
  const name = title ?? humanize(key.replace(/V\d+(_\d+)*$/, ''));
  return ending > 0 && name.slice(ending).includes(version) ? name.slice(0, ending) : name;
}

function aliasesOf(
  workspace: Workspace,
  nodes: ReadonlyMap<NodeId, Link>,
  taken: Set<string>,
): Map<string, string> {
  const newest = new Map<string, Message>();
  for (const message of workspace.messages) {
    const key = wireName(message);
    const known = newest.get(key);
    if (!known || compareVersions(message.version, known.version) > 0) newest.set(key, message);
  }
  const aliases = new Map<string, string>();
  for (const [name, { id }] of newest) {
    const alias = `messages/${cut(slug(name))}`;
    if (taken.has(alias.toLowerCase())) continue;
    taken.add(alias.toLowerCase());
    aliases.set(alias, nodes.get(id)?.to ?? '');
  }
  return aliases;
}

/** The domain of a channel's document: its service's, else its folder's. */
export function channelDomains({ services, domains }: Workspace): (channel: Pick<Channel, 'at'>) => string {
  const byFile = new Map(services.map(({ at, domain }) => [at.file, domain]));
  const byFolder = new Map(domains.map(({ folder, name }) => [folder, name]));
  const theirs = domains.filter((it) => it.neighbour !== undefined);
  return ({ at }) =>
    byFile.get(at.file) ??
    byFolder.get(at.file.split('/').slice(0, -1).join('/')) ??
    theirs.find(({ folder }) => at.file.startsWith(`${folder}/`))?.name ??
    domains[0]?.name ??
    'default';
}
