import type { Workspace } from '@chirograph/contract/model';

/** What must be on a NATS or Kafka server for the channels of a domain. */
export interface StreamOfDomain {
  readonly name: string;
  /** Subjects; wildcards where all that begins so is the domain's own. */
  readonly subjects: readonly string[];
}

/**
 * A stream for each domain that has channels, of its name, for all addresses that begin as its own do. A beginning that several domains share is
 * nobody's: there each has its channels one by one, for a subject belongs to one stream.
 */
export function streamsOf(workspace: Workspace): readonly StreamOfDomain[] {
  const { channels, domains } = workspace;
  const tokensOf = domains.map(({ name, folder }) => {
    const own = channels.flatMap(({ at, address }) =>
      address && at.file.startsWith(`${folder}/`) ? [tokens(address)] : [],
    );
    return { name, own };
  });
  const claimed = new Map<string, Set<string>>();
  for (const { name, own } of tokensOf)
    for (const [root = ''] of own) claimed.set(root, (claimed.get(root) ?? new Set()).add(name));
  // A beginning that is any word may be any other's.
  const isOwn = (root: string): boolean => root !== '*' && !claimed.has('*') && claimed.get(root)?.size === 1;
  return tokensOf.flatMap(({ name, own }) => {
    const subjects = new Set(
      own.flatMap((words) => {
        const [root = ''] = words;
        if (words.length === 1) return isOwn(root) ? [root, `${root}.>`] : [root];
        return [isOwn(root) ? `${root}.>` : words.join('.')];
      }),
    );
    return subjects.size === 0 ? [] : [{ name, subjects: [...subjects].sort() }];
  });
}

/** The tokens of the subject that an address has on NATS: as the runtime's adapter makes it. */
function tokens(address: string): readonly string[] {
  return address
    .split(/[./]/)
    .filter((it) => it !== '')
    .map((it) => (it.includes('{') ? '*' : it));
}
