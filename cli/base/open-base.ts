import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { folderReader, gitReader, type Reader } from '@chirograph/contract/load';
import type { Settings } from '../config/read-config.ts';
import { Failure } from '../exit.ts';
import { globBase, globToRegExp, isGlob } from '../files/glob.ts';
import { LOCK_FILE, type Lock, parseLock, readLock } from '../remote/lock-file.ts';
import type { Base } from './base.ts';
import { archiveReader, movedReader } from './moved-reader.ts';
import { isRevision, repositoryPrefix } from './repository.ts';
import { readTar } from './tar.ts';

/**
 * Opens what `--against` names: a folder or a tar archive on disk, a git revision, or a folder in one (`main:specs`). What
 * exists on disk comes first.
 */
export function openBase(settings: Settings, cwd: string, against: string): Base {
  const path = resolve(cwd, against);
  if (existsSync(path)) {
    const isFolder = statSync(path).isDirectory();
    return {
      name: against,
      reader: isFolder ? folderBase(settings, path) : tarBase(settings, path, against),
      lock: () => (isFolder ? readLock(path) : undefined),
    };
  }
  const colon = against.indexOf(':');
  const revision = colon < 0 ? against : against.slice(0, colon);
  const folder = colon < 0 ? '' : against.slice(colon + 1).replace(/\/+$/, '');
  const lock = () => lockIn(settings.root, revision);
  const read = (paths: readonly string[]) => {
    const reading = gitReader(settings.root, revision, paths);
    if (reading.kind === 'failed') throw notFound(against, reading.reason);
    return reading.reader;
  };
  if (folder === '') {
    const reader = read(settings.specs.map(baseOf));
    return { name: revision, reader: chosenBy(settings.specs, reader), lock };
  }
  for (const path of spellings(settings, cwd, folder)) {
    const reader = read([path]);
    if (reader.entries.length === 0) continue;
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

/**
 * What a path in a revision may mean, seen from the config: `main:specs` is told from there; git tells it from the root
 * of the repository (`main:contracts/specs` where the config is in `contracts`) or, after a dot, from here.
 */
function spellings({ root }: Settings, cwd: string, folder: string): readonly string[] {
  if (/^\.\.?(\/|$)/.test(folder)) return [relative(root, resolve(cwd, folder)).replaceAll('\\', '/') || '.'];
  const prefix = repositoryPrefix(root);
  return prefix !== '' && `${folder}/`.startsWith(prefix) ? [folder.slice(prefix.length), folder] : [folder];
}

function lockIn(root: string, revision: string): Lock | undefined {
  const { status, stdout } = spawnSync('git', ['show', `${revision}:./${LOCK_FILE}`], {
    cwd: root,
    encoding: 'utf8',
  });
  return status === 0 ? parseLock(stdout) : undefined;
}

function notFound(against: string, reason: string): Failure {
  return new Failure(
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
    specs.some((path) => path === '.' || file === path || file.startsWith(`${path}/`));
  return { ...reader, entries: reader.entries.filter(isChosen) };
}

/** A folder holds the workspace (`specs` within it) or the contracts themselves. */
function folderBase(settings: Settings, folder: string): Reader {
  const inside = settings.specs.map(baseOf).filter((path) => existsSync(join(folder, path)));
  if (inside.length > 0) return chosenBy(settings.specs, folderReader(folder, inside));
  const home = baseOf(settings.specs[0] ?? 'specs');
  const reader = folderReader(folder, ['.']);
  if (reader.entries.length === 0) throw notFound(folder, 'there are no contracts in that folder');
  return movedReader(reader, '', home);
}

function tarBase(settings: Settings, file: string, against: string): Reader {
  const files = readTar(file);
  if (files === undefined) throw notFound(against, 'it is neither a folder nor a tar archive');
  return chosenBy(settings.specs, archiveReader(files, settings.specs.map(baseOf)));
}
