import { messagesOf, type Workspace } from '@chirograph/contract/model';
import { GENERATORS } from './generators.ts';
import type { GeneratedFile, Generator, OutputOptions, Scope } from './source/generator.ts';
import { type Memo, NO_MEMO } from './source/memo.ts';
import { namesFor } from './source/names.ts';

/**
 * The source files that a workspace promises, sorted by path. The same workspace gives the same bytes.
 */
export async function generate(
  workspace: Workspace,
  options: OutputOptions,
  generators: readonly Generator[] = GENERATORS,
  memo: Memo = NO_MEMO,
): Promise<GeneratedFile[]> {
  const scopes = workspace.domains.map(({ name }) => scopeOf(workspace, name, options, memo));
  const files = await Promise.all(scopes.flatMap((scope) => generators.map((it) => it.generate(scope))));
  return files.flat().sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What the generators see of a domain. */
export function scopeOf(
  workspace: Workspace,
  domain: string,
  options: OutputOptions,
  memo: Memo = NO_MEMO,
): Scope {
  const services = workspace.services.filter((it) => it.domain === domain);
  const used = new Set(
    services.flatMap(({ id }) => [
      ...messagesOf(workspace, id, 'send'),
      ...messagesOf(workspace, id, 'receive'),
    ]),
  );
  const messages = [...used].sort((a, b) => order(a.id, b.id));
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

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
