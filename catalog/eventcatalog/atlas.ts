import {
  type Channel,
  compareVersions,
  type Domain,
  type Message,
  type NodeId,
  type Service,
  sendersOf,
  type Workspace,
} from '@chirograph/contract/model';
import { markedTitle } from '../data/catalogued.ts';
import { relationsOf } from '../data/relations.ts';
import { humanize } from '../text/humanize.ts';
import { slug } from '../text/slug.ts';
import { catalogVersions, filledVersion } from './catalog-version.ts';

/** What EventCatalog calls a page's type in a link. */
export type PageType = 'domain' | 'service' | 'event' | 'command' | 'channel' | 'flow' | 'entity' | 'team';

/** Where a thing stands in the catalog. */
export interface Place {
  readonly type: PageType;
  /** Unique in the whole catalog, whatever the type: EventCatalog's graphs tell nodes apart by id and version alone. */
  readonly id: string;
  readonly version: string;
  /** The page's folder, relative to the project; of a team, the file without its ending. */
  readonly folder: string;
  readonly title: string;
}

/** An aggregate of a domain: what its messages name in `x-contract.aggregate`. */
export interface Aggregate {
  readonly domain: string;
  readonly name: string;
  readonly messages: readonly Message[];
}

/** The workspace as its pages see it: each thing with its place. */
export interface Atlas {
  readonly workspace: Workspace;
  readonly aggregates: readonly Aggregate[];
  /** The names in `info.contact` of all services, each once. */
  readonly owners: readonly string[];
  readonly domain: (name: string) => Place;
  readonly aggregate: (aggregate: Pick<Aggregate, 'domain' | 'name'>) => Place;
  readonly owner: (name: string) => Place;
  /** Of a service, channel, message or flow. */
  readonly node: (id: NodeId) => Place;
}

/** Domains, flows and aggregates have no version of their own; EventCatalog wants one. */
const UNVERSIONED = '1.0.0';

/** Gives each thing of the workspace its place in the catalog. */
export function atlasOf(workspace: Workspace): Atlas {
  const ids = new Ids();
  const places = new Map<string, Place>();
  const aggregates = aggregatesOf(workspace);
  const owners = [...new Set(workspace.services.flatMap((it) => it.owner ?? []))].sort();
  const inDomain = (domain: string) => found(places, `domain ${domain}`).folder;
  const put = (key: string, place: Omit<Place, 'folder'>, parent: string) =>
    places.set(key, { ...place, folder: `${parent}/${folderName(place.id)}` });

  for (const { name, neighbour } of workspace.domains) {
    const place = {
      type: 'domain',
      id: ids.take(name),
      version: UNVERSIONED,
      title: markedTitle(humanize(name), neighbour),
    } as const;
    put(`domain ${name}`, place, 'domains');
  }
  for (const versions of messagesByPage(workspace)) {
    const [{ domain, kind, name }] = versions;
    const type = kind === 'command' ? 'command' : 'event';
    const id = ids.take(name.startsWith(`${domain}.`) ? name : `${domain}.${name}`);
    const shown = catalogVersions(versions.map((it) => it.version));
    for (const [index, message] of versions.entries()) {
      const version = slug(shown.get(message.version) ?? message.version);
      const folder = `${inDomain(domain)}/${type}s/${folderName(id)}${index === 0 ? '' : `/versioned/${version}`}`;
      const title = titleOf(message);
      places.set(message.id, { type, id, version, folder, title });
    }
  }
  for (const service of workspace.services) {
    const { id: node, domain, name, neighbour } = service;
    const title = markedTitle(service.title, neighbour);
    const place = {
      type: 'service',
      id: ids.take(`${domain}-${name}`),
      version: versionOf(service),
      title,
    } as const;
    put(node, place, `${inDomain(domain)}/services`);
  }
  for (const channel of workspace.channels) {
    const { domain, version } = ownerOf(workspace, channel);
    const title = channel.address ?? channel.title ?? humanize(channel.key);
    const place = {
      type: 'channel',
      id: ids.take(`${domain}-${channel.key}-channel`),
      version,
      title,
    } as const;
    put(channel.id, place, `${inDomain(domain)}/channels`);
  }
  for (const { id: node, domain, name, title } of workspace.flows) {
    const place = {
      type: 'flow',
      id: ids.take(`${domain}-${name}-flow`),
      version: UNVERSIONED,
      title,
    } as const;
    put(node, place, `${inDomain(domain)}/flows`);
  }
  for (const { domain, name } of aggregates) {
    const id = ids.take(`${domain}.${name}`);
    const place = { type: 'entity', id, version: UNVERSIONED, title: humanize(name) } as const;
    put(`aggregate ${domain} ${name}`, place, `${inDomain(domain)}/entities`);
  }
  for (const owner of owners) {
    const place = {
      type: 'team',
      id: ids.take(owner.toLowerCase()),
      version: UNVERSIONED,
      title: owner,
    } as const;
    put(`owner ${owner}`, place, 'teams');
  }
  return {
    workspace,
    aggregates,
    owners,
    domain: (name) => found(places, `domain ${name}`),
    aggregate: ({ domain, name }) => found(places, `aggregate ${domain} ${name}`),
    owner: (name) => found(places, `owner ${name}`),
    node: (id) => found(places, id),
  };
}

/** A link to a page, with its title as the text. */
export function link({ type, id, version }: Place): string {
  return type === 'team' ? `[[team|${id}]]` : `[[${type}|${id}@${version}]]`;
}

/** A reference to a page, as front matter makes it. */
export function pointer({ id, version }: Place): { readonly id: string; readonly version: string } {
  return { id, version };
}

/** The teams that answer for a message: that of the service whose document defines it, else those of its senders. */
export function ownersOf(workspace: Workspace, { id, at }: Message): string[] {
  const home = relationsOf(workspace).servicesOfFile(at.file);
  const answering = home.length > 0 ? home : sendersOf(workspace, id);
  return [...new Set(answering.flatMap((it) => it.owner ?? []))].sort();
}

class Ids {
  readonly #taken = new Set<string>();

  /** The name as an id that nothing else has, not even in another case: some file systems know no case. */
  take(name: string): string {
    const wanted = slug(name);
    let id = wanted;
    for (let next = 2; this.#taken.has(id.toLowerCase()); next += 1) id = `${wanted}-${next}`;
    this.#taken.add(id.toLowerCase());
    return id;
  }
}

/** EventCatalog finds pages by these folders and hides those under `versioned`, wherever in a path they occur. */
const MEANINGFUL =
  /^(agents|adrs|channels|commands|containers|data-products|diagrams|dist|docs|domains|entities|events|flows|pages|queries|services|subdomains|teams|users)$/;

function folderName(id: string): string {
  return MEANINGFUL.test(id) ? `${id}_` : id.replaceAll('versioned', 'version-ed');
}

/** The messages of one page and its older versions, the newest first; two of one version stand on pages of their own. */
function messagesByPage(workspace: Workspace): [Message, ...Message[]][] {
  const pages: [Message, ...Message[]][] = [];
  const named = new Map<string, [Message, ...Message[]][]>();
  for (const message of workspace.messages) {
    const key = JSON.stringify([message.domain, message.name, message.kind === 'command']);
    const known = named.get(key) ?? [];
    named.set(key, known);
    const home = known.find((versions) =>
      versions.every((it) => filledVersion(it.version) !== filledVersion(message.version)),
    );
    if (home) {
      home.push(message);
      continue;
    }
    const page: [Message] = [message];
    known.push(page);
    pages.push(page);
  }
  return pages.map((page) => page.sort((a, b) => compareVersions(b.version, a.version)));
}

/** EventCatalog writes the version behind the title, so a title that ends in it is cut: `Order placed (1.0)`. */
function titleOf({ title, key, version }: Message): string {
  const ending = new RegExp(String.raw`[\s([]+v?${literally(version)}[)\]]?$`);
  return (title ?? humanize(key)).replace(ending, '');
}

/** A pattern that matches this text alone. */
function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}

function aggregatesOf(workspace: Workspace): Aggregate[] {
  return workspace.domains.flatMap(({ name: domain }) => {
    const messages = workspace.messages.filter((it) => it.domain === domain);
    const names = [...new Set(messages.flatMap((it) => it.contract.aggregate ?? []))].sort();
    return names.map((name) => ({
      domain,
      name,
      messages: messages.filter((it) => it.contract.aggregate === name),
    }));
  });
}

/** The domain of a channel's document and the version of the service that it describes. */
function ownerOf(workspace: Workspace, { at }: Channel): { domain: string; version: string } {
  const [service] = relationsOf(workspace).servicesOfFile(at.file);
  if (service) return { domain: service.domain, version: versionOf(service) };
  const folder = at.file.split('/').slice(0, -1).join('/');
  const domain = workspace.domains.find((it: Domain) => it.folder === folder) ?? workspace.domains[0];
  return { domain: domain?.name ?? 'default', version: UNVERSIONED };
}

function versionOf({ version }: Service): string {
  return version === '' ? UNVERSIONED : slug(version);
}

function found(places: ReadonlyMap<string, Place>, key: string): Place {
  const place = places.get(key);
  if (!place) throw new Error(`The workspace refers to ${key}, which it does not hold.`);
  return place;
}
