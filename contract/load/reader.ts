import { type Dirent, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';

/**
 * LoadContext turns files into a workspace. A reader is the only thing that knows where files come from; the rest is a
 * function of their texts.
 */
export interface Reader {
  /** The files to begin with, relative to the root, with forward slashes, sorted. References may lead to others. */
  readonly entries: readonly string[];
  /** Those entries that a user named one by one. */
  readonly named?: readonly string[];
  /** What could not be listed. */
  readonly unreadable?: readonly { readonly file: string; readonly reason: string }[];
  /** The text of a file of the workspace, undefined where there is none. Throws when it exists but cannot be read. */
  read(file: string): string | undefined;
  /** The same for as long as the text is; undefined where nobody can tell without reading it. */
  stamp?(file: string): string | undefined;
  /**
   * Whether a document of AsyncAPI 2 is written from the client's side: `publish` is what it sends itself. By default it is what
   * others may send to it.
   */
  readonly isFromClient?: (file: string) => boolean;
  /** What is known of an http(s) URL. Not given where references to the network are refused. */
  readonly remote?: (url: string) => Remote;
}

/** What is known of a URL. LoadContext fetches nothing: what it would need is among `wanted` when it is done. */
export type Remote =
  /** `url` is where the text was found in the end: its own references are read from there. */
  | { readonly kind: 'text'; readonly url: string; readonly text: string }
  | { readonly kind: 'wanted' }
  | { readonly kind: 'failed'; readonly reason: string }
  /** There is something else than what the lock file holds. Both are integrity texts: `sha256-...`. */
  | { readonly kind: 'changed'; readonly locked: string; readonly found: string };

/** A workspace that exists in memory: for tests and for texts that come from elsewhere. */
export function memoryReader(files: Readonly<Record<string, string>>): Reader {
  return { entries: Object.keys(files).sort(), read: (file) => files[file] };
}

/** Beyond this many bytes a file is no contract. */
export const MAX_BYTES = 16 * 1024 * 1024;

/** The bound in words. */
export const BOUND = `a contract has at most ${MAX_BYTES / 1024 / 1024}`;

/**
 * A workspace on disk.
 * @param root the folder that file names are relative to
 * @param paths files and folders to begin with, relative to the root
 */
export function folderReader(root: string, paths: readonly string[]): Reader {
  const listing: Listing = { files: new Set(), named: [], unreadable: [] };
  for (const path of paths) list(root, path, listing);
  // What was asked for may be a link to anywhere; where a reference leads, its author decides.
  const isWithin = (path: string) => {
    const way = relative(realpathSync(root), realpathSync(path));
    return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  };
  return {
    entries: [...listing.files].sort(),
    named: listing.named,
    unreadable: listing.unreadable,
    read: (file) => readText(join(root, file), listing.files.has(file) ? () => true : isWithin),
    stamp: (file) => stampOf(join(root, file)),
  };
}

/** True for files that may hold a contract or a part of one. */
export function isDocument(file: string): boolean {
  return /\.(ya?ml|json)$/.test(file);
}

interface Listing {
  readonly files: Set<string>;
  readonly named: string[];
  readonly unreadable: { readonly file: string; readonly reason: string }[];
}

function list(root: string, path: string, listing: Listing): void {
  const absolute = join(root, path);
  const file = relative(root, absolute).split(sep).join('/');
  try {
    if (statSync(absolute).isDirectory()) listFolder(root, file, listing);
    else {
      listing.files.add(file);
      listing.named.push(file);
    }
  } catch (error) {
    listing.unreadable.push({ file: file || '.', reason: reasonOf(error) });
  }
}

function listFolder(root: string, folder: string, listing: Listing): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    listing.unreadable.push({ file: folder || '.', reason: reasonOf(error) });
    return;
  }
  for (const entry of entries) {
    if (entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
    const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) listFolder(root, file, listing);
    else if (isDocument(entry.name)) listing.files.add(file);
  }
}

function readText(path: string, isWithin: (path: string) => boolean): string | undefined {
  try {
    const stats = statSync(path);
    const { size } = stats;
    // A pipe would be waited for, for ever.
    if (!stats.isFile()) throw new Error(stats.isDirectory() ? 'it is a folder' : 'it is not a regular file');
    if (!isWithin(path)) throw new Error('it is a symbolic link that leads out of the workspace');
    if (size > MAX_BYTES) {
      throw new Error(`it has ${Math.round(size / 1e6)} MB; ${BOUND}`);
    }
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) {
      if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return undefined;
      throw new Error('it is a symbolic link to a file that does not exist', { cause: error });
    }
    throw new Error(reasonOf(error), { cause: error });
  }
}

/** Within this many milliseconds two changes may leave one time in the records of a disk. */
const TICK = 2000;

/** What the disk's records say of a file's last change, once it is long enough ago that another one would show. */
function stampOf(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat || Date.now() - Math.max(stat.mtimeMs, stat.ctimeMs) < TICK) return undefined;
  return `${stat.ino} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'it is a symbolic link that leads back to itself',
  EMFILE: 'too many files are open',
};

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return ('code' in error && REASONS[String(error.code)]) || error.message;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
