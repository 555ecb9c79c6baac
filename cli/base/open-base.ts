import { existsSync, realpathSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { folderReader, gitReader, type Reader, runGit } from '@chirograph/contract/load';
import type { Settings } from '../config/read-config.ts';
import { CommandError } from '../exit.ts';
import { globBase, globToRegExp, isGlob } from '../files/glob.ts';
import { LOCK_FILE, type Lock, parseLock, readLock } from '../remote/lock-file.ts';
import type { Base } from './base.ts';
import { archiveReader, movedReader } from './moved-reader.ts';
import { documentsIn, fetchAdvice, isRevision, repositoryPrefix } from './repository.ts';
import { readTar } from './tar.ts';

/** What a base is looked for with. */
export interface BaseOptions {
  /** The folder that paths are relative to. */
  readonly from: string;
  /** Whether contracts may be new: the revision has some, but not where the config has them. */
  readonly allowNew?: boolean;
}

/**
 * Opens what `--against` names: a folder or a tar archive on disk, a git revision, or a folder in one (`main:specs`). What
 * exists on disk comes first. A base in which the contracts cannot be seen is a CommandError: everything would look new.
 */
export async function openBase(settings: Settings, against: string, options: BaseOptions): Promise<Base> {
  const path = resolve(options.from, against);
  if (existsSync(path)) {
    refuseItself(settings, path, against);
    const isFolder = statSync(path).isDirectory();
    const reader = isFolder ? folderBase(settings, path) : await tarBase(settings, path, against);
    if (reader.entries.length === 0 && (reader.unreadable ?? []).length === 0)
      throw notFound(against, 'there are no contracts in it');
    return { name: against, reader, lock: () => (isFolder ? readLock(path) : undefined) };
  }
  const colon = against.indexOf(':');
  const revision = colon < 0 ? against : against.slice(0, colon);
  const folder = colon < 0 ? '' : against.slice(colon + 1).replace(/\/+$/, '');
  const lock = () => lockIn(settings.root, revision);
  const read = (paths: readonly string[]) => {
    const reading = gitReader(settings.root, revision, paths);
    if (reading.kind === 'reader') return reading.reader;
    throw unknownRevision(settings, revision, against, reading.reason);
  };
  if (folder === '') {
    const reader = chosenBy(settings.specs, read(settings.specs.map(baseOf)));
    if (options.allowNew !== true) refuseElsewhere(settings, revision, reader);
    return { name: revision, reader, lock };
  }
  for (const path of spellings(settings, options.from, folder)) {
    const reader = read([path]);
    if (reader.entries.length === 0 && (reader.unreadable ?? []).length === 0) continue;
    const moved = movedReader(reader, path, baseOf(settings.specs[0] ?? 'specs'));
    return { name: revision, reader: moved, lock };
  }
  throw notFound(against, `${revision} has no contracts at ${folder}`);
}

/** Whether something could be opened under this name: it is on disk, or git knows the revision. */
export function isBase(settings: Settings, cwd: string, name: string): boolean {
  const [revision = ''] = name.split(':');
  return existsSync(resolve(cwd, name)) || isRevision(settings.root, revision);
}

/** Compared with itself, nothing ever breaks: a branch of the folder's name was meant, or an unset variable. */
function refuseItself({ root, specs }: Settings, path: string, against: string): void {
  const own = [root, ...specs.map((it) => join(root, baseOf(it)))].filter(existsSync);
  if (!own.some((it) => realpathSync(it) === realpathSync(path))) return;
  throw new CommandError(
    `\`${against}\` is the workspace itself: compared with itself it never breaks`,
    isRevision(root, against)
      ? `The branch of that name: --against refs/heads/${against}`
      : 'A base is an earlier state: a git revision (main, HEAD~1, v1.2.0), another folder, or a tar archive.',
  );
}

/**
 * Fails where a revision has contracts, but not all where the config has them now: after a renaming everything would be
 * new, and nothing of what was would be looked at.
 */
function refuseElsewhere({ root, specs }: Settings, revision: string, reader: Reader): void {
  const { entries, unreadable = [] } = reader;
  const isMissing = specs.some((path) => chosenBy([path], reader).entries.length === 0);
  if (!isMissing || unreadable.length > 0) return;
  const prefix = repositoryPrefix(root);
  const known = new Set(entries.map((file) => `${prefix}${file}`));
  const top = prefix === '' ? root : resolve(root, relative(join('/', prefix), '/'));
  // Of a workspace that has some, those that stay where they are were never part of it.
  const others = documentsIn(root, revision).filter(
    (file) => !known.has(file) && (entries.length === 0 || !existsSync(join(top, file))),
  );
  const [first] = others;
  if (first === undefined) return;
  const folder = first.includes('/') ? first.slice(0, first.lastIndexOf('/')) : '.';
  const more = others.length > 1 ? ` and ${others.length - 1} more` : '';
  throw new CommandError(
    `${revision} has contracts that are not at ${specs.join(', ')}: ${first}${more}`,
    [
      `If they have been moved, name where they were: --against ${revision}:${specFolder(folder)}`,
      'If they are none of these, and these are new: --allow-new',
    ].join('\n'),
  );
}

/** The folder of all domains, where a document is in the folder of one. */
function specFolder(folder: string): string {
  return folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : folder;
}

/**
 * What a path in a revision may mean, seen from the config: `main:specs` is told from there; git tells it from the root
 * of the repository (`main:contracts/specs` where the config is in `contracts`) or, after a dot, from here.
 */
function spellings({ root }: Settings, from: string, folder: string): readonly string[] {
  if (/^\.\.?(\/|$)/.test(folder))
    return [relative(root, resolve(from, folder)).replaceAll('\\', '/') || '.'];
  const prefix = repositoryPrefix(root);
  return prefix !== '' && `${folder}/`.startsWith(prefix) ? [folder.slice(prefix.length), folder] : [folder];
}

function lockIn(root: string, revision: string): Lock | undefined {
  const { status, stdout } = runGit(root, ['show', `${revision}:./${LOCK_FILE}`]);
  return status === 0 ? parseLock(stdout.toString('utf8')) : undefined;
}

function unknownRevision(
  { root, compat }: Settings,
  revision: string,
  against: string,
  reason: string,
): CommandError {
  if (!reason.startsWith('git knows no revision')) return notFound(against, reason);
  const advice = fetchAdvice(root, revision, compat.tags);
  const tracked = isRevision(root, `origin/${revision}`) ? [`Try: --against origin/${revision}`] : [];
  if (advice === undefined) return notFound(against, reason);
  return new CommandError(
    `cannot compare with \`${against}\`: ${reason}`,
    [...tracked, 'If this clone left it out, fetch it:', `  ${advice}`].join('\n'),
  );
}

function notFound(against: string, reason: string): CommandError {
  return new CommandError(
    `cannot compare with \`${against}\`: ${reason}`,
    'A base is a git revision (main, HEAD~1, v1.2.0, origin/main:specs), a folder, or a tar archive.',
  );
}

/** The folder or file to begin with. */
function baseOf(path: string): string {
  return isGlob(path) ? globBase(path) : path;
}

/** The entries that the config's files, folders and patterns mean. */
function chosenBy(specs: readonly string[], reader: Reader): Reader {
  const patterns = specs.filter(isGlob).map(globToRegExp);
  const isChosen = (file: string) =>
    patterns.some((it) => it.test(file)) ||
    specs.some((path) => path === '.' || file === path || file.startsWith(`${path.replace(/\/+$/, '')}/`));
  return { ...reader, entries: reader.entries.filter(isChosen) };
}

/** A folder holds the workspace (`specs` within it) or the contracts themselves. */
function folderBase(settings: Settings, folder: string): Reader {
  const inside = settings.specs.map(baseOf).filter((path) => existsSync(join(folder, path)));
  if (inside.length > 0) return chosenBy(settings.specs, folderReader(folder, inside));
  return movedReader(folderReader(folder, ['.']), '', baseOf(settings.specs[0] ?? 'specs'));
}

async function tarBase(settings: Settings, file: string, against: string): Promise<Reader> {
  const archive = await readTar(file);
  if (archive.kind === 'refused') throw notFound(against, archive.reason);
  const reader = archiveReader(archive.files, settings.specs.map(baseOf));
  return { ...chosenBy(settings.specs, reader), unreadable: archive.unreadable };
}
