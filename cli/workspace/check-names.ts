import { basename } from 'node:path';
import { suggest } from '@chirograph/contract/diagnostics';
import type { Workspace } from '@chirograph/contract/model';
import { placeOfKey } from '../config/place-of.ts';
import type { Settings } from '../config/read-config.ts';
import { CommandError } from '../exit.ts';
import { isAt } from '../files/perspective.ts';

/**
 * Refuses a config that says something of a domain, a message or a document that there is not: what was meant would go without it, and nobody would
 * know.
 * @param workspaces all in which it may be, each with all that the config means: of a comparison, both states
 */
export function checkNames(settings: Settings, workspaces: readonly Workspace[]): void {
  const domains = namesOf(workspaces, (it) => it.domains);
  refuseUnknown(settings, 'domain', { ...settings.domains, ...settings.compat.domains }, domains);
  checkDocuments(settings, workspaces);
  // A policy names messages as they are named on the wire.
  const messages = namesOf(workspaces, (it) => it.messages);
  refuseUnknown(settings, 'message', settings.compat.messages ?? {}, messages);
}

function checkDocuments({ file, text, documents }: Settings, workspaces: readonly Workspace[]): void {
  const files = [...new Set(workspaces.flatMap((it) => Object.keys(it.sources)))];
  const unknown = Object.keys(documents).find((path) => !files.some(isAt(path)));
  if (unknown === undefined) return;
  const meant = suggest(unknown, files);
  const place = file === undefined ? 'the config' : placeOfKey(unknown, basename(file), text);
  throw new CommandError(
    `${place}: there is no document at \`${unknown}\`${meant ? `; did you mean \`${meant}\`?` : ''}`,
    'Paths are relative to the config.',
  );
}

function namesOf(
  workspaces: readonly Workspace[],
  nodes: (workspace: Workspace) => readonly { readonly name: string }[],
): string[] {
  return [...new Set(workspaces.flatMap((it) => nodes(it).map(({ name }) => name)))];
}

function refuseUnknown(
  { file, text }: Settings,
  what: string,
  named: Readonly<Record<string, unknown>>,
  known: readonly string[],
): void {
  const unknown = Object.keys(named).find((it) => !known.includes(it));
  if (unknown === undefined) return;
  const meant = suggest(unknown, known);
  const place = file === undefined ? 'the config' : placeOfKey(unknown, basename(file), text);
  throw new CommandError(
    `${place}: there is no ${what} \`${unknown}\`${meant ? `; did you mean \`${meant}\`?` : ''}`,
    known.length > 0 && known.length <= MOST ? `There are: ${known.toSorted().join(', ')}.` : undefined,
  );
}

/** So many names are listed. */
const MOST = 30;
