import { reachableSchemas, type Workspace } from '@chirograph/contract/model';
import { messagesExchanged } from './source/exchanges.ts';
import type { OutputOptions, Scope } from './source/generator.ts';
import { type Memo, NO_MEMO } from './source/memo.ts';
import { namesFor } from './source/names.ts';

/** What the generators see of a domain. */
export function scopeOf(
  workspace: Workspace,
  domain: string,
  options: OutputOptions,
  memo: Memo = NO_MEMO,
): Scope {
  const services = workspace.services.filter((it) => it.domain === domain);
  const messages = messagesExchanged(workspace, services);
  return {
    workspace,
    domain,
    services,
    messages,
    names: namesFor(workspace, services, messages),
    options,
    memo,
  };
}

/**
 * All that a domain's files depend on, as text: the part of the workspace that our generators look at, and the options.
 * Two scopes with one text have the same files.
 */
export function contentOf({ workspace, domain, messages, options }: Scope): string {
  const { services, operations, channels, schemas } = workspace;
  const ids = new Set(messages.map((it) => it.id));
  const own = new Set(services.filter((it) => it.domain === domain).map((it) => it.id));
  const mentions = (list: readonly string[]) => list.some((it) => ids.has(it));
  const reached = new Set(
    messages.flatMap(({ payload, headers }) =>
      [payload, headers].flatMap((it) => (it === undefined ? [] : reachableSchemas(workspace, it))),
    ),
  );
  return JSON.stringify({
    options,
    domain: workspace.domains.find((it) => it.name === domain),
    services,
    operations: operations.filter((it) => own.has(it.service) || mentions(it.messages)),
    channels: channels.filter((it) => mentions(it.messages)),
    messages: workspace.messages.filter((it) => it.domain === domain || ids.has(it.id)),
    schemas: [...reached].sort().map((it) => schemas[it]),
  });
}
