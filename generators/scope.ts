import { oncePer, type Service, type Workspace } from '@chirograph/contract/model';
import { reachableSchemas } from '@chirograph/schema';
import { carried } from './source/carried.ts';
import { messagesExchanged } from './source/exchanges.ts';
import type { OutputOptions, Scope } from './source/generator.ts';
import { type Memo, NO_MEMO } from './source/memo.ts';
import { namesFor } from './source/names.ts';

/** What the generators see of a domain. */
export function scopeOf(
  written: Workspace,
  domain: string,
  options: OutputOptions,
  memo: Memo = NO_MEMO,
): Scope {
  const workspace = carried(written);
  const services = servicesOf(workspace, domain);
  const messages = messagesExchanged(workspace, services);
  return {
    workspace,
    domain,
    folder: domain,
    services,
    messages,
    // Worked out when somebody asks: a run that finds the files unchanged does not.
    get names() {
      return namesOf(this);
    },
    options,
    memo,
  };
}

const namesOf = oncePer(({ workspace, services, messages }: Scope) =>
  namesFor(workspace, services, messages),
);

/** A domain as its files are laid out: as a whole, or service by service. `memoOf` remembers for a folder. */
export function scopesOf(
  written: Workspace,
  domain: string,
  options: OutputOptions,
  memoOf: (folder: string) => Memo = () => NO_MEMO,
): Scope[] {
  if (options.layout !== 'service') return [scopeOf(written, domain, options, memoOf(domain))];
  const workspace = carried(written);
  const services = servicesOf(workspace, domain);
  return services.map((service) => {
    const messages = messagesExchanged(workspace, [service]);
    const names = namesFor(workspace, services, messages);
    const folder = `${domain}/${names.fileOf(service)}`;
    return { workspace, domain, folder, services: [service], messages, names, options, memo: memoOf(folder) };
  });
}

function servicesOf(workspace: Workspace, domain: string): Service[] {
  return workspace.services.filter((it) => it.domain === domain);
}

/**
 * All that a scope's files depend on, as text: the part of the workspace that our generators look at, and the options.
 * Two scopes with one text have the same files.
 */
export function contentOf({ workspace, domain, folder, services, messages, options }: Scope): string {
  const { operations, channels, schemas } = workspace;
  const ids = new Set(messages.map((it) => it.id));
  const own = new Set(services.map((it) => it.id));
  const mentions = (list: readonly string[]) => list.some((it) => ids.has(it));
  const reached = new Set(
    messages.flatMap(({ payload, headers }) =>
      [payload, headers].flatMap((it) => (it === undefined ? [] : reachableSchemas(workspace, it))),
    ),
  );
  return JSON.stringify({
    options,
    folder,
    domain: workspace.domains.find((it) => it.name === domain),
    services: workspace.services,
    operations: operations.filter((it) => own.has(it.service) || mentions(it.messages)),
    channels: channels.filter((it) => mentions(it.messages)),
    messages: workspace.messages.filter((it) => it.domain === domain || ids.has(it.id)),
    schemas: [...reached].sort().map((it) => schemas[it]),
  });
}
