import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { folderReader, gitReader, isDocument, type Reader, runGit } from '@chirograph/contract/load';
import type { Neighbour } from '../config/neighbour.ts';
import { CACHE } from '../generate/cache.ts';
import { integrityOfFiles, type NeighbourFiles } from './neighbour-files.ts';

/** What a neighbour holds, or why that is not known; of a repository, the commit. */
export type Found =
  | { readonly kind: 'files'; readonly files: NeighbourFiles; readonly commit?: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** What a folder on disk holds now. */
export function readFolder(root: string, from: string): Found {
  const reader = folderReader(root, [from]);
  return filesOf(reader, `there is nothing at ${from}`);
}

/**
 * What a repository holds, asked over the network.
 * @param commit the one that is pinned; the newest of the ref where that is left out
 */
export function fetchRepository(
  root: string,
  { git, ref, path }: Extract<Neighbour, { readonly kind: 'git' }>,
  commit?: string,
): Found {
  const clone = join(root, CACHE, 'git', createHash('sha256').update(git).digest('hex').slice(0, 16));
  mkdirSync(clone, { recursive: true });
  if (runGit(clone, ['init', '--quiet', '--bare', '.']).status !== 0)
    return { kind: 'failed', reason: 'git cannot make a repository in the cache' };
  const has = (revision: string) => runGit(clone, ['cat-file', '-e', `${revision}^{commit}`]).status === 0;
  if (commit === undefined || !has(commit)) {
    // Not every server gives out commits by their hash; then it may be what the ref is still.
    const asked = [commit, ref].filter((it) => it !== undefined);
    const answers = asked.map((it) => () => runGit(clone, fetchOf(git, it)));
    const last = firstThat(answers, ({ status }) => status === 0 && (commit === undefined || has(commit)));
    if (commit !== undefined ? !has(commit) : last.status !== 0)
      return { kind: 'failed', reason: reasonOf(last.stderr, commit, ref) };
  }
  const hash = commit ?? runGit(clone, ['rev-parse', 'FETCH_HEAD']).stdout.toString('utf8').trim();
  const reading = gitReader(clone, hash, [path]);
  if (reading.kind === 'failed') return reading;
  const found = filesOf(reading.reader, `there are no contracts at ${path} in ${ref}`);
  return found.kind === 'files' ? { ...found, commit: hash } : found;
}

function fetchOf(git: string, revision: string): readonly string[] {
  return ['fetch', '--quiet', '--no-tags', '--depth=1', '--end-of-options', git, revision];
}

/** The first answer that will do, else the last one. */
function firstThat<T>(answers: readonly (() => T)[], willDo: (answer: T) => boolean): T {
  let last: T | undefined;
  for (const answer of answers) {
    last = answer();
    if (willDo(last)) break;
  }
  return last as T;
}

function reasonOf(stderr: Buffer, commit: string | undefined, ref: string): string {
  const said = stderr
    .toString('utf8')
    .trim()
    .split('\n')
    .at(0)
    ?.replace(/^(fatal|error): /, '');
  if (said) return said;
  return `the commit ${commit?.slice(0, 12)} that is pinned is not to be had any more, and ${ref} is another one`;
}

function filesOf(reader: Reader, none: string): Found {
  const [unreadable] = reader.unreadable ?? [];
  if (unreadable) return { kind: 'failed', reason: `${unreadable.file}: ${unreadable.reason}` };
  const files = new Map<string, string>();
  for (const file of reader.entries) {
    if (!isDocument(file)) continue;
    try {
      const text = reader.read(file);
      if (text !== undefined) files.set(file, text);
    } catch (error) {
      return { kind: 'failed', reason: `${file}: ${error instanceof Error ? error.message : String(error)}` };
    }
  }
  return files.size === 0 ? { kind: 'failed', reason: none } : { kind: 'files', files };
}

/** What was fetched of a repository before, by what it is to be; undefined where it is not there, or not that. */
export function readStored(root: string, integrity: string): NeighbourFiles | undefined {
  const folder = storedAt(root, integrity);
  try {
    const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((it) => it.isFile())
      .map((it) => join(it.parentPath, it.name));
    const files = new Map(
      paths.map((it) => [relative(folder, it).split(sep).join('/'), readFileSync(it, 'utf8')]),
    );
    return integrityOfFiles(files) === integrity ? files : undefined;
  } catch {
    return undefined;
  }
}

/** By way of another folder, so that a run that is killed leaves no half of one. */
export function store(root: string, files: NeighbourFiles): void {
  const folder = storedAt(root, integrityOfFiles(files));
  const draft = `${folder}.${process.pid}`;
  for (const [path, text] of files) {
    mkdirSync(dirname(join(draft, path)), { recursive: true });
    writeFileSync(join(draft, path), text);
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(draft, folder);
}

function storedAt(root: string, integrity: string): string {
  return join(root, CACHE, 'neighbours', Buffer.from(integrity.slice(7), 'base64').toString('hex'));
}
