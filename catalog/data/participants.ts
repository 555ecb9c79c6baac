import type { Workspace } from '@chirograph/contract/model';
import { addressesOf } from './addresses.ts';
import type { Copy, Participant } from './catalog.ts';
import { fieldNamesOf } from './field-names.ts';
import { ownView } from './joined.ts';
import { relationsOf, type Use } from './relations.ts';
import { firstParagraph, present, writtenAt } from './written.ts';

/**
 * Those who send or receive, each operation once, in the order of the workspace.
 * @param here what goes without saying: the domain and the channel of what they are told of
 */
export function participantsOf(
  workspace: Workspace,
  uses: readonly Use[],
  here: { readonly domain: string; readonly channel?: string | undefined },
): Participant[] {
  const addresses = addressesOf(workspace);
  const relations = relationsOf(workspace);
  const seen = new Set<string>();
  return uses.flatMap((use): Participant[] => {
    const service = relations.service(use.operation.service);
    const link = service && addresses.node(service.id);
    const key = `${use.operation.id} ${use.isReply}`;
    if (!service || !link || seen.has(key)) return [];
    seen.add(key);
    const isHere = use.channel === undefined || use.channel === here.channel;
    const channel = isHere ? undefined : addresses.node(use.channel);
    return [
      {
        service: link,
        // A neighbour's domain is called as its services are marked.
        ...(service.domain !== here.domain &&
          service.neighbour === undefined && { domain: addresses.domain(service.domain) }),
        ...(service.owner !== undefined && { owner: addresses.owner(service.owner) }),
        operation: use.operation.key,
        ...present({ purpose: purposeOf(use) }),
        ...(channel && { channel }),
        ...(use.isReply && { reply: true as const }),
        ...(use.operation.retry && !use.isReply && { retry: use.operation.retry.delays }),
        ...present({ copy: copyOf(workspace, use) }),
      },
    ];
  });
}

/** What the service's own document makes of the message, where it does not refer to the one that is shown. */
function copyOf(workspace: Workspace, { operation, message: id, as }: Use): Copy | undefined {
  const { message: find } = relationsOf(workspace);
  const message = find(id);
  const own =
    as === undefined ? ownView(workspace, operation, id) : (ownView(workspace, operation, as) ?? find(as));
  if (!message || !own) return undefined;
  const named = new Set(fieldNamesOf(workspace, own));
  return {
    written: writtenAt(workspace, own.at),
    ...present({ page: as === undefined ? undefined : addressesOf(workspace).node(as) }),
    version: own.version,
    leavesOut: named.size === 0 ? [] : fieldNamesOf(workspace, message).filter((it) => !named.has(it)),
  };
}

/** What an operation is for, in the contract's words. Of a reply, that is what it replies to. */
export function purposeOf({ operation, isReply }: Use): string | undefined {
  const told = operation.summary ?? operation.title ?? firstParagraph(operation.description);
  return isReply && told !== undefined ? `The reply to: ${told}` : told;
}
