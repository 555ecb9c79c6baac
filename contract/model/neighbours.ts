import type { NodeId } from './location.ts';
import { meetingOf } from './meeting/meeting.ts';
import type { Message } from './message.ts';
import { oncePer } from './once-per.ts';
import type { Domain, Operation, Service, Workspace } from './workspace.ts';

/**
 * Neighbours: contracts of other repositories in one workspace with our own. Who they are is known to whoever read them;
 * here they are told apart from our own, so that nothing of theirs passes for ours.
 */

/** The name of the neighbour that a file belongs to, and the folder of its contracts; undefined for a file of our own. */
export type NeighbourOf = (file: string) => { readonly name: string; readonly folder: string } | undefined;

/**
 * The workspace with the services, messages and flows of each neighbour in a domain of its own, called after it, whatever
 * folders it has: a folder of ours may have the same name. Where a domain of ours is called like a neighbour, that
 * neighbour's is `neighbour-<name>`. A workspace without neighbours stays as it is.
 */
export function withNeighbours(workspace: Workspace, neighbourOf: NeighbourOf): Workspace {
  const theirs = workspace.services.filter(({ at }) => neighbourOf(at.file));
  if (theirs.length === 0 && !Object.keys(workspace.sources).some((it) => neighbourOf(it))) return workspace;
  const domains = ownDomains(workspace, neighbourOf);
  const taken = new Set(domains.map(({ name }) => name));
  const found = new Map<string, Domain>();
  const domainOf = (file: string): Domain | undefined => {
    const neighbour = neighbourOf(file);
    if (!neighbour) return undefined;
    const { name, folder } = neighbour;
    const domain = found.get(name) ?? {
      name: taken.has(name) ? `neighbour-${name}` : name,
      folder,
      neighbour: name,
    };
    found.set(name, domain);
    return domain;
  };
  const moved = <T extends { readonly at: { readonly file: string }; readonly domain: string }>(it: T): T => {
    const domain = domainOf(it.at.file);
    return domain ? { ...it, domain: domain.name } : it;
  };
  const services = workspace.services.map((it): Service => {
    const domain = domainOf(it.at.file);
    return domain?.neighbour === undefined ? it : { ...moved(it), neighbour: domain.neighbour };
  });
  const messages = workspace.messages.map(moved);
  const spare = workspace.spare?.map(moved);
  return {
    ...workspace,
    services,
    messages,
    ...(spare && { spare }),
    flows: workspace.flows.map(moved),
    domains: [...domains, ...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
  };
}

/** The domains of our own contracts. One that a neighbour has under the same name may have been read first. */
function ownDomains(
  { domains, services, messages, flows }: Workspace,
  neighbourOf: NeighbourOf,
): readonly Domain[] {
  const own = [...services, ...messages, ...flows].filter(({ at }) => !neighbourOf(at.file));
  const folders = new Map(own.toReversed().map(({ domain, at }) => [domain, folderOf(at.file)]));
  return domains.flatMap((domain) => {
    if (!neighbourOf(`${domain.folder}/`)) return [domain];
    const folder = folders.get(domain.name);
    return folder === undefined ? [] : [{ name: domain.name, folder }];
  });
}

function folderOf(file: string): string {
  return file.split('/').slice(0, -1).join('/');
}

/** Whether something stands in a neighbour's files. */
export function isNeighbours(
  workspace: Workspace,
  { at }: { readonly at: { readonly file: string } },
): boolean {
  return foreignFolders(workspace).some((it) => at.file === it || at.file.startsWith(`${it}/`));
}

const foreignFolders = oncePer(({ domains }: Workspace) =>
  domains.flatMap((it) => (it.neighbour === undefined ? [] : it.folder)),
);

/**
 * What of a workspace with neighbours concerns our own services: these, and those of the neighbours that send them
 * something or receive something from them, with that and nothing else.
 */
export function ownPartOf(workspace: Workspace): Workspace {
  const foreign = new Set(workspace.services.flatMap((it) => (it.neighbour === undefined ? [] : it.id)));
  if (foreign.size === 0 && !workspace.domains.some((it) => it.neighbour !== undefined)) return workspace;
  const met = metBy(workspace, foreign);
  const operations = workspace.operations.flatMap((it) => (foreign.has(it.service) ? met.part(it) : [it]));
  const services = new Set(operations.map((it) => it.service));
  const domains = new Set(workspace.domains.flatMap((it) => (it.neighbour === undefined ? [] : it.name)));
  const carried = new Set(operations.flatMap((it) => [...it.messages, ...(it.reply?.messages ?? [])]));
  const used = new Set(operations.flatMap((it) => [it.channel, it.reply?.channel ?? []].flat()));
  const isOwn = (it: Message) => !domains.has(it.domain);
  const messages = workspace.messages.filter((it) => isOwn(it) || carried.has(it.id));
  const kept = new Set(messages.map((it) => it.id));
  const part = {
    ...workspace,
    services: workspace.services.filter((it) => !foreign.has(it.id) || services.has(it.id)),
    operations,
    messages,
    channels: workspace.channels
      .filter((it) => !isNeighbours(workspace, it) || used.has(it.id))
      .map((it) => ({ ...it, messages: it.messages.filter((id) => kept.has(id)) })),
    flows: workspace.flows.filter((it) => !domains.has(it.domain)),
    ...(workspace.spare && { spare: workspace.spare.filter(isOwn) }),
  };
  const inUse = new Set([...part.services, ...part.messages].map((it) => it.domain));
  return {
    ...part,
    domains: workspace.domains.filter((it) => it.neighbour === undefined || inUse.has(it.name)),
  };
}

/** What the operations of neighbours have to do with ours: with whom they meet, and what our flows name. */
function metBy(workspace: Workspace, foreign: ReadonlySet<NodeId>) {
  const ends = new Set<string>();
  for (const { sender, reader } of meetingOf(workspace).edges) {
    if (foreign.has(sender.service) === foreign.has(reader.service)) continue;
    for (const { operation, message, isReply } of [sender, reader])
      ends.add(`${operation.id} ${message.id} ${isReply}`);
  }
  const named = new Set(
    workspace.flows
      .filter((flow) => workspace.domains.some((it) => it.name === flow.domain && it.neighbour === undefined))
      .flatMap(({ steps }) => steps.map((it) => it.operation)),
  );
  return {
    part(operation: Operation): Operation[] {
      if (named.has(operation.id)) return [operation];
      const among = (ids: readonly NodeId[], isReply: boolean) =>
        ids.filter((id) => ends.has(`${operation.id} ${id} ${isReply}`));
      const { reply, ...rest } = operation;
      const messages = among(operation.messages, false);
      const answers = among(reply?.messages ?? [], true);
      if (messages.length === 0 && answers.length === 0) return [];
      return [
        { ...rest, messages, ...(reply && answers.length > 0 && { reply: { ...reply, messages: answers } }) },
      ];
    },
  };
}
